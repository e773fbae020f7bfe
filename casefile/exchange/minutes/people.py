"""Who was at a meeting: from tables, lists and lines of names, with apologies and absences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casefile.exchange.minutes.agencies import RANK, agency_of
from casefile.exchange.minutes.lines import Line, heading_of, pairs_of
from casefile.exchange.minutes.proposed import ProposedAttendee
from casefile.exchange.minutes.tables import Table, table_at

MOST = 200
"""Attendees taken from one document."""
_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(rf"^(?:\d[\d.]*\s+)?(?:{pattern})$"))
    for code, pattern in (
        (
            "report_only",
            r"(?:written )?reports? (?:received|only)(?: from)?(?: but did not attend)?|report received but did not attend",
        ),
        (
            "apologies",
            r"(?:sent )?apologies(?: for absence)?(?: (?:were )?received)?(?: from)?|apologies given",
        ),
        (
            "absent",
            r"absent|did not attend|not present|non[ -]attend(?:ees|ance)|invited but (?:did not attend|not present)|not in attendance",
        ),
        ("by_video", r"(?:attended|joined|present) (?:by|via) (?:video|telephone|phone|teams)(?: link)?"),
        (
            "attended",
            (
                r"(?:those |people |persons |members |professionals |family(?: members)? |who was )?(?:present|attending|attended)"
                r"|(?:list of )?(?:attendees|participants|invitees)|attendance(?: list)?|in attendance|who (?:attended|took part|was there)"
                r"|present at (?:the )?(?:meeting|conference)|present and (?:apologies|role)|names? of (?:those )?(?:present|attendees)"
            ),
        ),
    )
)
_WORDS = (
    ("report_only", r"report\s+only|report\s+(?:sent|received|provided)|written\s+report"),
    ("apologies", r"apolog"),
    ("absent", r"absent|did\s+not\s+attend|\bdna\b|not\s+present|^no$|^n$|^x$|^✗$"),
    ("not_invited", r"not\s+invited"),
    ("excluded", r"exclu"),
    ("by_video", r"video|teams|zoom|telephone|phone|virtual|remote|online|dial"),
    ("attended", r"attend|present|in\s+person|^y(?:es)?$|^[✓✔☒]$"),
)
_ATTENDANCE = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _WORDS)
_TITLE = rf"(?:{RANK}|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Prof\.?|Professor|Rev\.?|Cllr\.?|Sister)"
_PART = r"(?:[^\W\d_a-z][\w’'.-]*|de|da|del|van|von|der|den|bin|bint|ibn|al|el|ap|ferch|la|le|di)"
_NAME = re.compile(rf"^(?:{_TITLE}\s+)?(?:\d{{2,6}}\s+)?{_PART}(?:\s+{_PART}){{0,4}}$")
_TITLED = re.compile(rf"^{_TITLE}\s+(?:\d{{2,6}}\s+)?{_PART}")
_OFFICE = re.compile(
    r"^((?:Independent|Conference|Social|Team|Practice|Service|Head|Deputy|Assistant|Senior|Health|School|Class|Family|"
    r"Support|Named|Designated|Duty|Minute|Principal|Consultant|Community|Specialist)\s+(?:\w+\s+)?"
    r"(?:Chair|Worker|Manager|Leader|Lead|Teacher|Visitor|Nurse|Taker|Midwife|Doctor|Paediatrician|Practitioner|Officer))\s+(?=[^\W\d_a-z])"
)
_NOBODY = re.compile(
    r"^(?:none|nil|n/?a|no apologies|not applicable|as above|see (?:below|attached).*|-+|—)\.?$",
    re.IGNORECASE,
)
_OFFICES = re.compile(
    r"\b(?:chair|manager|worker|officer|visitor|teacher|midwife|paediatrician|consultant|practitioner|services?|care|hospital"
    r"|school|nursery|police|probation|trust|surgery|centre|council|unit|team|partnership|department|homes|housing|academy"
    r"|college|constabulary|agency|mother|father|parent|guardian|taker|coordinator|lead|leader|taken)$",
    re.IGNORECASE,
)
"""Last words of an office or a house; nobody is called so in minutes."""
_COLUMNS = re.compile(r"\b(?:name|role|agency|attended|attendance|apologies|present)\b", re.IGNORECASE)
"""Words at the head of tables and in their cells, where a page has lost its columns."""
_PROSE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        (
            "apologies",
            r"\bapologies (?:were |had been |have been )?(?:received |given |sent )?(?:from|by)\b:?\s*([^\W_].+)",
        ),
        (
            "attended",
            r"\b(?:present|attending|in attendance|taking part)(?: at the [a-z ]{4,40})? (?:were|was)\b:?\s*([^\W_].+)",
        ),
        ("attended", r"\bthe (?:meeting|conference|discussion|group) was attended by\b:?\s*([^\W_].+)"),
    )
)
_CLERK = re.compile(r"minute\s*-?\s*taker|note\s*-?\s*taker|minutes\s+(?:taken\s+)?by", re.IGNORECASE)


def attendees_of(lines: tuple[Line, ...]) -> tuple[ProposedAttendee, ...]:
    """Everybody named as present, by video, with apologies, absent or by report; each once."""
    found: dict[str, ProposedAttendee] = {}
    for one in _all(lines):
        key = " ".join(one.name.casefold().split())
        if key not in found and len(found) < MOST:
            found[key] = one
    return tuple(found.values())


def attendance_of(words: str) -> str:
    """Code of the list ``attendance`` for a cell of a table; "" when it does not tell."""
    return next((code for code, pattern in _ATTENDANCE if pattern.search(words.strip())), "")


def is_name(words: str) -> bool:
    """Whether these words may be the name of a person."""
    if _OFFICES.search(words) or _COLUMNS.search(words):
        return False
    return bool(_NAME.match(words)) and len(words) < 80


def person(words: str) -> tuple[str, str, str]:
    """Name, role and organisation of ``Name (role, organisation)``, ``Name – role`` or ``Name, role, organisation``.

    All empty when the words name nobody.
    """
    said = words.strip(" .;,\u00a0")
    if _NOBODY.match(said):
        return "", "", ""
    office = _OFFICE.match(said)
    rest = said[office.end() :] if office else said
    name, more = _split(rest)
    parts = [office[1]] if office else []
    parts += [part.strip() for part in re.split(r",|\s[–—-]\s", more) if part.strip()]
    if not is_name(name) or (len(name.split()) == 1 and not parts and not _TITLED.match(name)):
        return "", "", ""
    return name, parts[0] if parts else "", ", ".join(parts[1:])


def _split(said: str) -> tuple[str, str]:
    if (at := said.find("(")) > 0:
        inside = said[at + 1 :].rpartition(")")
        return said[:at].strip(" ,–-"), (inside[0] or inside[2]) + (
            "," + inside[2] if inside[0] and inside[2] else ""
        )
    cut = re.search(r"\s[–—-]+\s|,\s*|\s{3,}|:\s", said)
    return (said[: cut.start()].strip(), said[cut.end() :]) if cut else (said, "")


def _all(lines: tuple[Line, ...]) -> Iterator[ProposedAttendee]:
    attendance, place = "", 0
    while place < len(lines):
        line = lines[place]
        table = table_at(lines, place)
        if (
            table is not None
            and table.has("name")
            and (attendance or table.has("role", "agency", "attendance"))
        ):
            yield from _rows(table, attendance or "attended")
            place = table.end
            continue
        place += 1
        said, rest = _opens(line)
        told = [] if said else list(_told(line))
        if said or told:
            attendance = said
            yield from told or _named(line, rest, attendance)
        elif attendance:
            some = list(_listed(line, attendance))
            attendance = attendance if some or _passes(line) else ""
            yield from some


def _opens(line: Line) -> tuple[str, str]:
    """The attendance that a heading opens, and what stands behind it on the same line."""
    heading = heading_of(line)
    pairs = pairs_of(line)
    label, rest = pairs[0] if pairs and len(pairs) == 1 else ("", "")
    for code, pattern in _HEADINGS:
        if label and pattern.match(label):
            return code, rest
        if heading and pattern.match(heading):
            return code, ""
    return "", ""


def _told(line: Line) -> Iterator[ProposedAttendee]:
    """Names in a sentence: ``Present were …``, ``Apologies were received from …``."""
    for sentence in re.split(r"(?<=[^\W\d_A-Z][^\W\d_])\.\s+|(?<=\))\.\s+", line.text):
        for code, pattern in _PROSE:
            if said := pattern.search(sentence):
                yield from _named(line, said[1], code)
                break


def _passes(line: Line) -> bool:
    """A line that says nobody, or who took the minutes, does not end a list of names."""
    return bool(_NOBODY.match(line.body)) or bool(_CLERK.search(line.text)) or bool(line.cells)


def _named(line: Line, words: str, attendance: str) -> Iterator[ProposedAttendee]:
    """Names that stand on one line."""
    for part in _pieces(words):
        name, role, organisation = person(part)
        if name:
            yield _attendee(line, (name, role, organisation), attendance)


def _pieces(words: str) -> list[str]:
    """Names apart: by semicolons; else by commas outside brackets, where each part is a name by itself."""
    if ";" in words:
        return words.split(";")
    parts = re.split(r",\s*(?:and\s+)?(?![^()]*\))|\s+and\s+(?![^()]*\))", words)
    alone = [part for part in parts if person(part)[0] and (len(part.split()) > 1 or "(" in part)]
    return parts if len(alone) == len(parts) else [words]


def _listed(line: Line, attendance: str) -> Iterator[ProposedAttendee]:
    """Somebody on a line of their own, or on a row of a table without a head."""
    if _CLERK.search(line.text):
        return
    if line.cells:
        filled = [cell for cell in line.cells if cell]
        if filled and is_name(filled[0]) and " " in filled[0]:
            own = [cell for cell in filled[1:] if not attendance_of(cell)]
            said = next((code for cell in filled[1:] if (code := attendance_of(cell))), attendance)
            yield _attendee(line, (filled[0], own[0] if own else "", ", ".join(own[1:])), said)
        return
    pairs = pairs_of(line)
    if len(pairs) == 1 and is_name(pairs[0][1].split(",")[0].split("(")[0].strip()):
        name, role, organisation = person(pairs[0][1])
        if name or is_name(pairs[0][1]):
            office = line.body.partition(":")[0].strip()
            more = ", ".join(part for part in (role, organisation) if part)
            yield _attendee(line, (name or pairs[0][1], office, more), attendance)
        return
    if len(line.text) < 200:
        yield from _named(line, line.body, attendance)


def _rows(table: Table, attendance: str) -> Iterator[ProposedAttendee]:
    for line in table.rows:
        said = table.of(line)
        name, role, organisation = person(said.get("name", ""))
        if not name and is_name(said.get("name", "")):
            name = said["name"]
        heading = _opens(Line(line.number, line.cells[0])) if not any(line.cells[1:]) else ("", "")
        attendance = heading[0] or attendance
        if not name:
            continue
        shown = _shown(said, attendance)
        yield _attendee(line, (name, said.get("role") or role, said.get("agency") or organisation), shown)


def _shown(said: dict[str, str], otherwise: str) -> str:
    """How somebody attended, by the cell that says it or the columns that are ticked; *otherwise* where none does."""
    ticked = {key for key in ("present", "apologies", "report_only", "absent") if _tick(said.get(key, ""))}
    stated = attendance_of(said.get("attendance", ""))
    if "present" in ticked or stated in ("attended", "by_video"):
        return stated or "attended"
    for code in ("apologies", "report_only"):
        if code in ticked:
            return code
    return stated or ("absent" if "absent" in ticked or "present" in said else otherwise)


def _tick(cell: str) -> bool:
    return bool(cell.strip()) and attendance_of(cell) != "absent"


def _attendee(line: Line, who: tuple[str, str, str], attendance: str) -> ProposedAttendee:
    name, role, organisation = who
    shown = ", ".join(part for part in (role, organisation) if part)
    agency = agency_of(name, role, organisation)
    return ProposedAttendee(name, shown, agency, attendance, line.number, line.text)


def of_police(attendees: Iterable[ProposedAttendee]) -> tuple[ProposedAttendee, ...]:
    """Those of them who are police."""
    return tuple(one for one in attendees if one.agency == "police")
