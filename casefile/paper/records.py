"""One signed record on paper: what it says, what is doubtful, its earlier versions and its signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reportlab.platypus import CondPageBreak, Flowable

from casefile.paper import parts, sheet
from casefile.paper.rows import Column, Rows

_ABSENT = "–"


@dataclass(frozen=True, slots=True)
class PrintedGroup:
    """A repeated group of a record: who attended, what was decided.

    Attributes:
        title: Heading of the group.
        columns: Heading and share of the width of each column.
        rows: One text for each column.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed.

    Attributes:
        name: Name and number.
        role: Role in words.
        signed_at: When, in words.
        digest: SHA-256 of what was signed, in hexadecimal; "" where none is kept.
    """

    name: str
    role: str
    signed_at: str
    digest: str


@dataclass(frozen=True, slots=True)
class PrintedVersion:
    """One version of an amended record.

    Attributes:
        number: From 1.
        fields: Label and value of every field, groups as text too.
        reason: Why the version before was amended; "" for the first.
        signature: Who signed this version.
    """

    number: int
    fields: tuple[tuple[str, str], ...]
    reason: str
    signature: Signature


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a source states that cannot be so: the field, the words as stated, and why it is doubted."""

    label: str
    stated: str
    why: str


@dataclass(frozen=True, slots=True)
class PrintedRecord:
    """One signed record, in its last version, with its earlier ones.

    Attributes:
        title: What it is, e.g. ``Strategy discussion``.
        when: When it happened and when police knew, in words.
        status: One line on its standing: marking, source, version.
        fields: Label and value of every filled field.
        groups: Repeated groups.
        doubts: What is kept as stated by the source.
        versions: All versions, first to last; empty or one where it was never amended.
        signature: Who signed the last version.
        mark: What a reader must know of who made it, in a sentence; "" for nothing.
    """

    title: str
    when: str
    status: str
    fields: tuple[tuple[str, str], ...]
    groups: tuple[PrintedGroup, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    versions: tuple[PrintedVersion, ...] = ()
    signature: Signature | None = None
    mark: str = ""


def printed_record(record: PrintedRecord, key: str) -> Iterator[Flowable]:
    """The parts of *record*; *key* is its bookmark."""
    yield CondPageBreak(110)
    yield parts.Heading(record.title, sheet.RECORD, key, 1)
    yield parts.words(record.when, sheet.BODY)
    if record.status:
        yield parts.words(record.status, sheet.QUIETLY)
    if record.mark:
        yield parts.words(f"◆ {record.mark}", sheet.STRONG)
    yield parts.Gap(6)
    yield from parts.fields(record.fields)
    for group in record.groups:
        yield parts.Gap(6)
        yield CondPageBreak(70)
        yield parts.words(group.title, sheet.GROUP)
        if group.rows:
            yield Rows(group.columns, group.rows)
        else:
            yield parts.words("None recorded.", sheet.QUIETLY)
    yield from _doubts(record.doubts)
    yield from _versions(record.versions)
    if record.signature is not None:
        yield from _signature(record.signature)


def _doubts(doubts: tuple[Doubt, ...]) -> Iterator[Flowable]:
    if not doubts:
        return
    yield parts.Gap(6)
    yield CondPageBreak(70)
    yield parts.words("◆ Doubtful, kept as stated by the source", sheet.GROUP)
    columns = (Column("Field", 20), Column("As stated", 30), Column("Why it is doubted", 50))
    yield Rows(columns, ((doubt.label, doubt.stated, doubt.why) for doubt in doubts))


def _versions(versions: tuple[PrintedVersion, ...]) -> Iterator[Flowable]:
    for before, after in pairwise(versions):
        yield parts.Gap(8)
        yield CondPageBreak(110)
        yield parts.words(f"Version {after.number} in place of version {before.number}", sheet.GROUP)
        yield from parts.fields(
            (
                ("Reason", after.reason),
                ("Amended by", _signed(after.signature)),
                ("Before it", _signed(before.signature)),
            )
        )
        yield parts.Gap(2)
        columns = (
            Column("Field", 20),
            Column(f"Version {before.number}", 40),
            Column(f"Version {after.number}", 40),
        )
        yield Rows(columns, _changes(before, after))


def _changes(before: PrintedVersion, after: PrintedVersion) -> Iterator[tuple[str, str, str]]:
    """The fields that differ, with both texts whole."""
    old, new = dict(before.fields), dict(after.fields)
    same = True
    for label in dict.fromkeys([*old, *new]):
        if old.get(label) != new.get(label):
            same = False
            yield label, old.get(label) or _ABSENT, new.get(label) or _ABSENT
    if same:
        yield "", "No field differs.", ""


def _signature(signature: Signature) -> Iterator[Flowable]:
    yield parts.Gap(8)
    yield CondPageBreak(40)
    yield parts.words(f"Signed by {_signed(signature)}", sheet.STRONG)
    if signature.digest:
        yield parts.words(f"SHA-256 {signature.digest}", sheet.QUIETLY)


def _signed(signature: Signature) -> str:
    role = f", {signature.role}" if signature.role else ""
    return f"{signature.name}{role}, {signature.signed_at}"
