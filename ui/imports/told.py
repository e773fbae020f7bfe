"""What came of one file, in the same shape whatever it was: sentence, words, and a table of doubts."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.errors import CasefileError
from casefile.exchange.census.report import CensusReport
from casefile.exchange.docket.dockets import WHOLE
from casefile.exchange.docket.report import DocketReport
from casefile.exchange.json_file.report import JsonReport


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One doubtful thing: of whom, in which file, where in the source, what, why, and what was done."""

    who: str
    file: str
    where: str
    stated: str
    why: str
    done: str


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one file.

    Attributes:
        sentence: The whole in a few sentences.
        lines: The report in words.
        doubts: Everything doubtful.
        csv: The doubts as CSV, to be saved; "" if there is nothing to save.
        refused: Whether nothing was brought in.
    """

    sentence: str
    lines: tuple[str, ...] = ()
    doubts: tuple[DoubtRow, ...] = ()
    csv: str = ""
    refused: bool = False


def told_of(report: CensusReport | DocketReport | JsonReport) -> Told:
    """What a report says."""
    if isinstance(report, JsonReport):
        return Told(report.sentence, report.lines())
    doubts = _census(report) if isinstance(report, CensusReport) else _docket(report)
    return Told(report.sentence, report.lines(), doubts, report.as_csv() if doubts else "")


def refused(error: CasefileError) -> Told:
    """What is said when nothing was brought in."""
    return Told(str(error), (str(error),), refused=True)


def _census(report: CensusReport) -> tuple[DoubtRow, ...]:
    files = {one.label: one.reference for one in report.children}
    return tuple(
        DoubtRow(one.child, files.get(one.child, ""), one.path or "Child", one.stated, one.why, one.done)
        for one in report.doubts
    )


def _docket(report: DocketReport) -> tuple[DoubtRow, ...]:
    files = {one.label: one.reference for one in report.files}
    return tuple(
        DoubtRow(
            one.who or (one.file if one.file == WHOLE else ""),
            files.get(one.file, ""),
            ", ".join(part for part in (f"row {one.row}" if one.row else "", one.column) if part),
            one.stated.replace("\n", " / "),
            one.why,
            one.done,
        )
        for one in report.doubts
    )
