"""The words the house agrees on: permissions, log categories and kinds of record."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What an officer may be allowed to do. Roles hold sets of these (``casefile.access.roles``)."""

    OWN_ACCOUNT = "own account"
    """Sign out, change one's own password, see one's own drafts."""
    READ_FILES = "read files"
    """List and read case files that are not restricted, or of which one is a named reader."""
    KEEP_FILES = "keep files"
    """Open files, draft, sign and amend entries, record people, add documents."""
    SIGN_SUPERVISION = "sign supervision"
    """Sign what only a supervisor may: supervision notes, endorsements, closure."""
    SIGN_INSPECTION = "sign inspector’s review"
    """Sign an inspector's review of a file."""
    ALLOCATE = "allocate"
    """Give a file to an officer, researcher or supervisor."""
    KEEP_STAFF = "keep staff records"
    """Record officers' hours, probation, accreditations and conflicts of interest."""
    WAIVE_TASK = "waive task"
    """Say that something owed need not be done, and why."""
    RESTRICT_FILES = "restrict files"
    """Limit a file to named readers and name them."""
    BREAK_GLASS = "break glass"
    """Open a restricted file without being a named reader, with a reason; its supervisor is told."""
    IMPORT = "import"
    """Bring in returns, documents and whole files."""
    DISCLOSE = "disclose"
    """Print or export what a file holds."""
    READ_LOG = "read log"
    """Read the log of actions and consultations."""
    ADMINISTER = "administer"
    """Keep officers, roles, settings and backups; reads no case."""


class Logged(StrEnum):
    """Category of a log row: the six of the Data Protection Act 2018, section 62, and our own three."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    ACCESS = "access"
    """Signing in, locking, guesses, rights, refusals: who could reach what."""
    ADMINISTRATION = "administration"
    """Settings, officers, backup: touches no child's record."""
    NOT_PERSONAL = "not personal"
    """Holds nothing about any person of a case; leaves no row. Say so only of code lists and the like."""


class Kind(StrEnum):
    """Kinds of record a write may touch; every open screen hears which."""

    CASE_FILE = "case file"
    PERSON = "person"
    ENTRY = "entry"
    DRAFT = "draft"
    TASK = "task"
    ALARM = "alarm"
    DOCUMENT = "document"
    OFFICER = "officer"
    STAFF = "staff record"
    RESTRICTION = "restriction"
    CAMPAIGN = "campaign"
    HANDOVER = "hand-over"
    STRENGTH = "planned strength"
    MATCH = "match"
    SETTING = "setting"
    PRESENCE = "presence"
    """Who has a file open; no part of the record."""
