"""The police report to a conference on paper, and giving it out: fact first, opinion apart, each line with its source."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from reportlab.platypus import CondPageBreak, Flowable

from casefile.alarms.refresh import refresh_file
from casefile.audit.recipient import recipient_of
from casefile.errors import Fault, Invalid, Missing, Refused
from casefile.files.actions.entries import sign
from casefile.files.reach import case_file
from casefile.paper import parts, sheet
from casefile.paper.book import Section, lay_book
from casefile.paper.model_file import PrintedTable, table_of
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.paper.words import Words, moment
from casefile.record.dates import long_date, short_date
from casefile.record.facts import EntryFact
from casefile.record.remark_rows import Remark, remarks_where
from casefile.record.remarks import RemarkFact, Said
from casefile.sections import SECTIONS
from casefile.sections.hands import who_instead
from casefile.sections.load import thread
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

_UNGIVEN = "Nothing was given."
_NOT_ENDORSED = "◆ No supervisor has endorsed this version: it is not to be given to anybody."
_KINDS = (
    "Kinds of statement: fact, recorded by police or by whoever is named; told, to police and not confirmed by them; "
    "intelligence, graded by source, information and handling, and no evidence; assessment, what somebody judged of it."
)


@dataclass(frozen=True, slots=True)
class Given:
    """To whom a report goes, and on which ground.

    Attributes:
        recipient: Who receives it; the log names them.
        lawful_basis: Code of ``lawful_basis``.
        agency: Code of ``agency``.
        form: Code of ``disclosure_form``: on paper, by secure mail.
    """

    recipient: str
    lawful_basis: str
    agency: str = "social_care"
    form: str = "secure_email"


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_report(work: Work, thread_id: UUID) -> bytes:
    """Look at the pages of a police report; every page says that it is no copy.

    Raises:
        Missing: There is no such report for this officer.
    """
    return _printed(work, _report(work, thread_id), None, "")


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def give_report(work: Work, thread_id: UUID, given: Given) -> bytes:
    """Print the endorsed version of a police report for somebody, and record that it was shared with them.

    Beside the row in the log an entry stands behind *Information sharing*: what was given to whom, on which lawful basis.
    The task to send the report to the conference is done by it.

    Raises:
        Missing: There is no such report for this officer.
        Refused: No supervisor has endorsed the version that stands.
        Invalid: Nobody is named to receive it, or no lawful basis is given.
    """
    report = _report(work, thread_id)
    whom = recipient_of(given.recipient, kept="Nothing was given.")
    if not given.lawful_basis:
        raise Invalid([Fault("lawful_basis", "Say on which lawful basis it is shared.")], kept=_UNGIVEN)
    if _endorsement(work, report) is None:
        raise Refused(
            f"No supervisor has endorsed version {report.version} of this report.",
            kept=_UNGIVEN,
            remedy=who_instead(work, report.file_id, Permission.SIGN_SUPERVISION),
        )
    number = next_number(work.session, f"copy/{report.file_id}")
    work.disclosed_to(whom)
    work.note(copy=number, version=report.version)
    fact = sign(work, report.file_id, "disclosure", _shared(work, report, given, number))
    refresh_file(work, report.file_id, fact.known_on)
    return _printed(work, report, number, whom)


def _report(work: Work, thread_id: UUID) -> EntryFact:
    versions = thread(work.session, SECTIONS, thread_id)
    if not versions or versions[-1].section != "report":
        raise Missing("There is no such police report, or it is not yours to see.", kept=_UNGIVEN)
    work.about(files=[versions[-1].file_id], people=versions[-1].concerns)
    return max(versions, key=lambda one: one.version)


def _endorsement(work: Work, report: EntryFact) -> RemarkFact | None:
    held = remarks_where(work.session, Remark.thread_id == report.thread_id)
    return next((one for one in held if one.what is Said.ENDORSED and one.entry_id == report.id), None)


def _shared(work: Work, report: EntryFact, given: Given, number: int) -> dict[str, object]:
    today = work.today.isoformat()
    return {
        "happened_on": today,
        "known_on": today,
        "concerns": [str(one) for one in report.concerns],
        "kind": "disclosure_out",
        "other_party": given.recipient.strip(),
        "agency": given.agency,
        "what": f"{report.summary}, version {report.version}, copy {number}.",
        "lawful_basis": given.lawful_basis,
        "form": given.form,
        "report_id": str(report.thread_id),
    }


def _printed(work: Work, report: EntryFact, number: int | None, whom: str) -> bytes:
    file = case_file(work, report.file_id)
    stream = io.BytesIO()
    family = f"{file.family_name} family" if file.family_name else "Family not named"
    imprint = Imprint(report.marking, file.reference, family, work.actor.name, work.now, number)
    story = _Story(work, report, whom).parts()
    work.note(pages=lay_book(story, stream, imprint, title="Police report", progress=work.progress))
    return stream.getvalue()


class _Story:
    """The report part by part."""

    def __init__(self, work: Work, report: EntryFact, whom: str) -> None:
        self._words = Words(work.session, work.standards)
        self._report, self._whom = report, whom
        self._endorsed = _endorsement(work, report)

    def parts(self) -> Iterator[Flowable]:
        """Head, what is recorded, what police think, who answers for it."""
        yield Section("Police report")
        yield parts.Heading(self._report.summary, sheet.TITLE, "report", 0)
        yield parts.Gap(6)
        if self._endorsed is None:
            yield parts.words(_NOT_ENDORSED, sheet.STRONG)
            yield parts.Gap(4)
        yield from parts.fields(self._about())
        yield parts.Rule(8, 10)
        yield parts.Heading("Part 1. What is recorded", sheet.RECORD, "facts", 0)
        yield parts.words(_KINDS, sheet.QUIETLY)
        yield parts.Gap(8)
        for table in self._tables():
            yield CondPageBreak(90)
            yield parts.words(table.title, sheet.GROUP)
            yield parts.Gap(2)
            yield from table_of(table)
            yield parts.Gap(10)
        yield from self._said("What police do not know", "not_known", "Nothing is named.")
        yield CondPageBreak(160)
        yield parts.Rule(8, 10)
        yield parts.Heading("Part 2. What police think of it", sheet.RECORD, "opinion", 0)
        yield parts.words("Assessment and opinion, in the words of who signed it.", sheet.QUIETLY)
        yield parts.Gap(8)
        yield from self._said("The risk as police judge it", "risk", "Not stated.")
        asked = self._words.label("report_view", str(self._report.get("view_code") or ""))
        yield parts.words("What police ask for", sheet.GROUP)
        yield parts.words(asked or "Not stated.", sheet.BODY)
        yield parts.Gap(8)
        yield from self._said("The police view, and why", "view", "Not stated.")
        yield from self._said("What should stand in a plan", "asks", "Nothing is asked for.")
        yield from self._signed()

    def _about(self) -> tuple[tuple[str, str], ...]:
        report = self._report
        kind = self._words.label("conference_type", str(report.get("conference_kind") or ""))
        people = ", ".join(self._words.person(one) for one in report.concerns)
        return (
            ("Conference", f"{kind}, {long_date(report.get('conference_on'))}"),
            ("About", people or "Everybody of the family"),
            ("Written", f"{long_date(report.happened_on)}, {report.author}, version {report.version}"),
            *((("For", self._whom),) if self._whom else ()),
        )

    def _tables(self) -> Iterator[PrintedTable]:
        plain = (Column("What is recorded", 58), Column("Kind", 14), Column("Source", 28))
        dated = (Column("Date", 14), Column("What is recorded", 50), Column("Kind", 12), Column("Source", 28))
        checks = (Column("About", 17), Column("What was found", 41), Column("Kind", 16), Column("Source", 28))
        rows = self._report.rows
        yield PrintedTable(
            "family", "The family", plain,
            [(str(one.get("said") or ""), self._kind(one), str(one.get("source") or "–")) for one in rows("family")],
        )  # fmt: skip
        yield PrintedTable(
            "incidents", "What happened", dated,
            [
                (short_date(one.get("said_on")) or "–", str(one.get("said") or ""), self._kind(one),
                 str(one.get("source") or "–"))
                for one in rows("incidents")
            ],
        )  # fmt: skip
        yield PrintedTable(
            "checks", "What research found", checks,
            [
                (self._words.person(one["about"]) if one.get("about") else "–", str(one.get("said") or ""),
                 self._kind(one), str(one.get("source") or "–"))
                for one in rows("checks")
            ],
        )  # fmt: skip

    def _kind(self, row: Mapping[str, Any]) -> str:
        label = self._words.label("report_mark", str(row.get("mark") or ""))
        return f"{label}, {row['graded']}" if row.get("graded") else label

    def _said(self, title: str, key: str, none: str) -> Iterator[Flowable]:
        yield CondPageBreak(50)
        yield parts.words(title, sheet.GROUP)
        yield from parts.prose(str(self._report.get(key) or none))
        yield parts.Gap(8)

    def _signed(self) -> Iterator[Flowable]:
        report, endorsed = self._report, self._endorsed
        yield parts.Rule(6, 8)
        yield CondPageBreak(60)
        yield parts.words(f"Signed by {report.author}, {moment(report.recorded_at)}", sheet.STRONG)
        if endorsed is not None:
            word = f": {endorsed.says}" if endorsed.says else ""
            yield parts.words(
                f"Endorsed by {endorsed.by}, {moment(endorsed.recorded_at)}{word}", sheet.STRONG
            )
        yield parts.words(f"SHA-256 {report.digest}", sheet.QUIETLY)
