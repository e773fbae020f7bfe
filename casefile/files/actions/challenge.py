"""Challenging a partner from the entry it is about: the form starts with what that entry says."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from casefile.errors import Invalid, Missing
from casefile.files.actions.drafts import start_draft
from casefile.files.queries.drafts import DraftRow
from casefile.record.facts import EntryFact
from casefile.sections import SECTIONS
from casefile.sections.challenge import ABOUT
from casefile.sections.load import thread
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

_AGENCIES = {"legal": "la_legal"}
"""Whose word a section holds where the entry names no agency; else social care's."""
_SAID = {"conference": "dissent", "assessment": "police_view", "social_care_closure": "police_view"}
"""Fields in which police have said already what they disagree with."""


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def start_challenge(work: Work, thread_id: UUID) -> DraftRow:
    """Start the challenge of a conference, plan, decision, contact or the like: a draft, filled in from that entry.

    Raises:
        Missing: There is no such entry for this officer.
        Invalid: It is of a kind that no partner answers for.
    """
    versions = thread(work.session, SECTIONS, thread_id)
    if not versions:
        raise Missing("What you want to challenge is not there, or not yours to see.")
    entry = max(versions, key=lambda one: one.version)
    if entry.section not in ABOUT:
        title = SECTIONS[entry.section].title
        raise Invalid(f"{title} is no decision of a partner: nobody there could answer a challenge.")
    return start_draft(work, entry.file_id, "challenge", values=_from(entry, work))


def _from(entry: EntryFact, work: Work) -> dict[str, Any]:
    agency = entry.get("agency") if entry.section == "contact" else None
    said = str(entry.get(_SAID.get(entry.section, "")) or "")
    found: dict[str, Any] = {
        "happened_on": work.today.isoformat(),
        "about": ABOUT[entry.section],
        "about_entry": str(entry.thread_id),
        "agency": agency if agency not in (None, "police") else _AGENCIES.get(entry.section, "social_care"),
        "stages": [{"stage": "1", "begun_on": work.today.isoformat(), "our_officer": work.actor.name}],
    }
    found |= {"disagreement": said} if said else {}
    return found | ({"concerns": [str(one) for one in entry.concerns]} if entry.concerns else {})
