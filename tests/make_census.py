"""Building census returns for tests: whole ones of any year, and ones with the faults of real returns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from xml.sax.saxutils import escape

from casefile.standards import add_working_days

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn(digits: int) -> str:
    """A pupil number whose check letter is right."""
    rest = f"{digits:012d}"
    check = sum(int(one) * place for place, one in enumerate(rest, start=2)) % 23
    return UPN_LETTERS[check] + rest


def element(name: str, *inside: str | date | None) -> str:
    """An element around text or other elements; nothing at all for None."""
    if inside == (None,):
        return ""
    return f"<{name}>{''.join(one if isinstance(one, str) else str(one) for one in inside if one)}</{name}>"


def text(name: str, value: str | date | bool | None) -> str:
    """An element that holds escaped text."""
    if value is None:
        return ""
    plain = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return element(name, escape(plain))


def sex_element(year: int, code: str = "F") -> str:
    """Sex as the census of that year wants it: ``Gender`` to 2010, ``GenderCurrent``, ``Sex`` from 2025."""
    if year >= 2025:
        return text("Sex", code)
    return text("GenderCurrent" if year >= 2011 else "Gender", {"M": "1", "F": "2", "U": "0"}[code])


def identifiers(
    year: int,
    number: str | None = "LA1001",
    *,
    upn_given: str | None = None,
    born: date | None = date(2015, 3, 27),
    expected: date | None = None,
    died: date | None = None,
    sex: str = "F",
    extra: str = "",
) -> str:
    """``ChildIdentifiers``."""
    return element(
        "ChildIdentifiers",
        text("LAchildID", number),
        text("UPN", upn_given),
        text("PersonBirthDate", born),
        text("ExpectedPersonBirthDate", expected),
        sex_element(year, sex),
        text("PersonDeathDate", died),
        extra,
    )


def characteristics(ethnicity: str = "WBRI", disabilities: Sequence[str] = ()) -> str:
    """``ChildCharacteristics``."""
    listed = (
        element("Disabilities", *(text("Disability", one) for one in disabilities)) if disabilities else ""
    )
    return element("ChildCharacteristics", text("Ethnicity", ethnicity), listed)


def assessment(
    year: int, started: date, finished: date | None = None, factors: Sequence[str] = ("4B",)
) -> str:
    """An assessment: initial up to 2012, single since."""
    if year < 2013:
        return element(
            "InitialAssessments",
            text("InitialAssessmentActualStartDate", started),
            text("InitialAssessmentActualEndDate", finished),
        )
    found = element("FactorsIdentifiedAtAssessment", *(text("AssessmentFactors", one) for one in factors))
    return element(
        "Assessments",
        text("AssessmentActualStartDate", started),
        text("AssessmentAuthorisationDate", finished),
        found if finished else "",
    )


def enquiry(started: date, held: date | None = None, *, not_required: bool = False) -> str:
    """``Section47`` with its target 15 working days on."""
    return element(
        "Section47",
        text("S47ActualStartDate", started),
        text("InitialCPCtarget", add_working_days(started, 15)),
        text("DateOfInitialCPC", held),
        text("ICPCnotRequired", not_required),
    )


def plan(
    started: date, ended: date | None = None, reviews: Iterable[date] = (), category: str = "NEG"
) -> str:
    """``ChildProtectionPlans``."""
    held = [text("CPPreviewDate", one) for one in reviews]
    return element(
        "ChildProtectionPlans",
        text("CPPstartDate", started),
        text("CPPendDate", ended),
        text("InitialCategoryOfAbuse", category),
        text("LatestCategoryOfAbuse", category),
        text("NumberOfPreviousCPP", "0"),
        element("Reviews", *held) if held else "",
    )


def episode(
    referred: date | None,
    *inside: str,
    closed: date | None = None,
    reason: str | None = None,
    nfa: bool = False,
    source: str = "6",
    need: str = "N1",
) -> str:
    """``CINdetails``."""
    return element(
        "CINdetails",
        text("CINreferralDate", referred),
        text("ReferralSource", source),
        text("PrimaryNeedCode", need),
        text("CINclosureDate", closed),
        text("ReasonForClosure", reason),
        *inside,
        text("ReferralNFA", nfa),
    )


def child(*inside: str) -> str:
    """``Child``."""
    return element("Child", *inside)


def census(
    year: int,
    *children: str,
    lea: str = "201",
    reference: date | None = None,
    prologue: str = '<?xml version="1.0" encoding="utf-8"?>',
) -> bytes:
    """A whole return of a census year (the year in which it ends)."""
    return (
        prologue
        + element(
            "Message",
            element(
                "Header",
                element(
                    "CollectionDetails",
                    text("Collection", "CIN"),
                    text("Year", str(year)),
                    text("ReferenceDate", reference or date(year, 3, 31)),
                ),
                element(
                    "Source",
                    text("SourceLevel", "L"),
                    text("LEA", lea),
                    text("SoftwareCode", "Casefile tests"),
                    text("Release", "1"),
                    text("SerialNo", "1"),
                    text("DateTime", f"{year}-06-01T09:30:00"),
                ),
            ),
            element("Children", *children),
        )
    ).encode()


def child_on_plan(year: int, number: str = "LA1001", *, ended: date | None = None, reviews: int = 1) -> str:
    """A child referred in June before the reference date, enquired into, conferenced and put on a plan."""
    referred = date(year - 1, 6, 1)
    started = add_working_days(referred, 2)
    held = add_working_days(started, 12)
    return child(
        identifiers(
            year, number, upn_given=upn(sum(number.encode()) * 7 + 950000178301), born=date(year - 4, 3, 27)
        ),
        characteristics(),
        episode(
            referred,
            assessment(year, add_working_days(referred, 1), add_working_days(referred, 30)),
            enquiry(started, held),
            plan(
                held,
                ended,
                [add_working_days(held + timedelta(days=80 + 170 * one), 1) for one in range(reviews)],
            ),
        ),
    )
