"""What a row says of its children themselves: birth, sex, where they live and learn, their numbers."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from casefile.exchange.docket.days import Day, days_within, read_day, says_expected
from casefile.exchange.docket.says import AS_STATED, MARKED, PersonSays, Said, mark
from casefile.exchange.docket.sheet import Cell
from casefile.exchange.docket.words import NOTE, is_nothing, meaning, normal
from casefile.standards import Library

Cells = dict[str, list[tuple[str, Cell]]]
Tell = Callable[..., None]
_PARTS = re.compile(r"\n|;|&|\+|,|\band\b|\s/\s|(?<=[a-z])/(?=[a-z])", re.IGNORECASE)
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_LATE = timedelta(days=28)
"""How long after the expected day one asks whether the child was born."""
_NUMBERS = {
    "la_child_id": "la_child_id",
    "nhs": "nhs",
    "upn": "upn",
    "merlin": "merlin",
    "crime": "local_police",
}
_WHICH = "The row names several children; the cell does not say which of them it means."
_FOR_ALL = "One value stands for several children; it was put with each."


class ChildReader:
    """Reads what the columns about a child say into the children of the row."""

    def __init__(self, cells: Cells, standards: Library, received_on: date, doubt: Tell) -> None:
        self._cells = cells
        self._standards = standards
        self._received_on = received_on
        self._doubt = doubt

    def read(self, everybody: Sequence[PersonSays]) -> None:
        """Put everything where it belongs; brothers and sisters of another column share only the address."""
        children = [one for one in everybody if one.role != "sibling"] or list(everybody)
        for place, child in enumerate(children):
            self._birth(
                child, self._share("born_on", place, children), self._share("expected_on", place, children)
            )
            self._characteristics(child, self._share("sex", place, children))
        for sibling in everybody:
            if sibling not in children:
                self._birth(sibling, None, None)
        self._residence(list(everybody))
        self._settings(children)
        self._numbers(children)
        if not children:
            self._keep(
                "born_on",
                "expected_on",
                "sex",
                "ethnicity",
                "language",
                "school",
                "gp",
                "telephone",
                *_NUMBERS,
            )

    def _keep(self, *targets: str) -> None:
        """Keep what belongs to nobody as notes."""
        for target in targets:
            for heading, cell in self._cells.get(target, ()):
                self._cells[NOTE].append((heading, cell))

    def _share(self, target: str, place: int, children: Sequence[PersonSays]) -> tuple[str, Cell] | None:
        """What a cell says of one of the children of the row: its own part where there are as many parts."""
        held = self._cells.get(target, [])
        if not held:
            return None
        heading, cell = held[0]
        if place == 0:
            for more, other in held[1:]:
                self._cells[NOTE].append((more, other))
        if len(children) == 1 or is_nothing(cell.text):
            return heading, cell
        parts = [one.strip() for one in _PARTS.split(cell.text) if one.strip()]
        found = days_within(cell.text)
        if target != "sex" and len(found) > 1 and not _words_beside(cell.text, found):
            parts = [*found]
        if len(parts) == len(children):
            return heading, Cell(parts[place], why=cell.why)
        born = [one for one in children if not one.named.unborn]
        if len(parts) == len(born):
            child = children[place]
            return (heading, Cell(parts[born.index(child)], why=cell.why)) if child in born else None
        return heading, Cell(cell.text, why=_WHICH)

    def _birth(
        self, child: PersonSays, born: tuple[str, Cell] | None, expected: tuple[str, Cell] | None
    ) -> None:
        raw: dict[str, Any] = {}
        hoped = says_expected(child.named.stated)
        for day in child.named.days[:1]:
            self._read_birth(child, raw, ("", Cell(day)), hoped=hoped)
        child.notes += [("Date with the name", one) for one in child.named.days[1:]]
        child.notes += [("With the name", one) for one in child.named.beside if not says_expected(one)]
        if born is not None:
            self._read_birth(child, raw, born, hoped=False)
        if expected is not None:
            self._read_birth(child, raw, expected, hoped=True)
        if raw:
            child.facts.append(Said("birth", "", raw))
        if raw.get("born_on") and child.role == "unborn":
            self._was_born(child)
        elif raw.get("expected_on") and child.role == "subject":
            child.role = "unborn"

    def _read_birth(
        self, child: PersonSays, raw: dict[str, Any], given: tuple[str, Cell], *, hoped: bool
    ) -> None:
        """Read one date of a child; *hoped* when its column or words call it expected."""
        heading, cell = given
        if is_nothing(cell.text):
            self._cells[NOTE].append((heading or "Date with the name", cell))
            return
        day = read_day(cell)
        unborn = child.named.unborn and not normal(child.named.stated).startswith("baby")
        on = None if cell.why == _WHICH else day.on
        near = on is None or on > self._received_on - (_LATE if unborn else timedelta(0))
        hoped = hoped or day.expected or (near and (unborn or on is not None))
        field, other = ("expected_on", "born_on") if hoped else ("born_on", "expected_on")
        why = cell.why or day.why or self._odd(child, day, hoped=hoped)
        if on is not None and (raw.get(other) or raw.get(field) not in (None, on)):
            why, on = "Another date stands for the same child.", None
        if on is not None:
            raw[field] = on
            if field == "born_on":
                raw["precision"] = day.precision
        if why or on is None:
            mark(raw, field, cell.text, why or "This is not a date.")
            self._doubt(heading, cell.text, why, MARKED if on else AS_STATED, child.named.shown)

    def _odd(self, child: PersonSays, day: Day, *, hoped: bool) -> str:
        if day.on is None or not hoped:
            return ""
        if day.on < self._received_on - _LATE:
            return "The expected day has passed: was the child born?"
        if not child.named.unborn and not day.expected and day.on > self._received_on:
            return "The day is still to come: taken as the expected date."
        return ""

    def _was_born(self, child: PersonSays) -> None:
        """A child called unborn, or only ``Baby``, whose date of birth is given."""
        baby = normal(child.named.stated).startswith("baby")
        child.role = "subject"
        given = "Baby" if baby else child.named.given
        child.named = replace(child.named, given=given, unborn=False)
        why = "Called unborn, yet the date of birth has passed."
        name = child.fact("name")
        if name is not None:
            name.raw.update(kind="as_stated", given=given)
            if not baby:
                mark(name.raw, "given", child.named.stated, why)
                self._doubt("", child.named.stated, why, who=child.named.shown)

    def _characteristics(self, child: PersonSays, sex: tuple[str, Cell] | None) -> None:
        raw: dict[str, Any] = {}
        if sex is not None:
            self._code(child, raw, "sex", sex, meaning("sex", sex[1].text))
        for heading, cell in self._cells.get("ethnicity", ()):
            self._code(child, raw, "ethnicity", (heading, cell), self._ethnicity(cell.text))
        for _, cell in self._cells.get("language", ()):
            raw["language"] = cell.text.replace("\n", ", ")
        if raw:
            child.facts.append(Said("characteristics", "", raw))

    def _code(
        self, child: PersonSays, raw: dict[str, Any], key: str, given: tuple[str, Cell], code: str | None
    ) -> None:
        heading, cell = given
        if code is not None:
            raw[key] = code
            return
        if is_nothing(cell.text):
            self._cells[NOTE].append(given)
            return
        why = cell.why or f"“{cell.text[:60]}” is not in the list {self._standards.codes(key).title}."
        mark(raw, key, cell.text, why)
        self._doubt(heading, cell.text, why, AS_STATED, child.named.shown)

    def _ethnicity(self, text: str) -> str | None:
        for one in self._standards.codes("ethnicity").codes:
            if normal(text) in (normal(one.code), normal(one.label)):
                return one.code
        return None

    def _residence(self, children: Sequence[PersonSays]) -> None:
        raw: dict[str, Any] = {}
        for key in ("address", "town", "postcode"):
            said = ", ".join(cell.text.replace("\n", ", ") for _, cell in self._cells.get(key, ()))
            if said and not is_nothing(said):
                raw[key] = said
            elif said:
                self._keep(key)
        if not raw:
            return
        if "address" in raw and "postcode" not in raw and (found := _POSTCODE.search(raw["address"])):
            raw["postcode"] = f"{found[1]} {found[2]}".upper()
            rest = (raw["address"][: found.start()] + raw["address"][found.end() :]).strip(" ,")
            raw["address"] = rest or raw["address"]
        if "address" not in raw:
            mark(raw, "address", "", "The index gives no house and street.")
        living = [one for one in children if one.role != "unborn"] or list(children[:1])
        for child in living:
            child.facts.append(Said("residence", "", copy.deepcopy(raw)))
        if not living:
            self._keep("address", "town", "postcode")

    def _settings(self, children: Sequence[PersonSays]) -> None:
        for target in ("school", "gp", "telephone"):
            for heading, cell in self._cells.get(target, ()):
                if is_nothing(cell.text):
                    self._cells[NOTE].append((heading, cell))
                    continue
                said = _setting(target, cell.text.replace("\n", ", "))
                born = [one for one in children if one.role != "unborn"] or children
                for child in born if target != "telephone" else children[:1]:
                    child.facts.append(Said(said.kind, said.part, dict(said.raw)))
                if target == "school" and len(born) > 1:
                    self._doubt(heading, cell.text, _FOR_ALL)

    def _numbers(self, children: Sequence[PersonSays]) -> None:
        for target, kind in _NUMBERS.items():
            for heading, cell in self._cells.get(target, ()):
                if is_nothing(cell.text):
                    self._cells[NOTE].append((heading, cell))
                    continue
                for child in children[:1]:
                    raw: dict[str, Any] = {"kind": kind, "value": cell.text.replace("\n", ", ")}
                    if len(children) > 1:
                        why = "The row names several children; the number was put with the first."
                        mark(raw, "value", cell.text, why)
                        self._doubt(heading, cell.text, why, who=child.named.shown)
                    child.facts.append(Said("identifier", f"{kind}/{raw['value']}", raw))


def _words_beside(text: str, days: Sequence[str]) -> bool:
    """Whether anything but joining words stands with these dates."""
    for one in days:
        text = text.replace(one, " ", 1)
    return any(one not in ("and", "edd", "dob") for one in normal(text).split())


def _setting(target: str, text: str) -> Said:
    if target == "telephone":
        plain = re.sub(r"\D", "", text)
        kind = "mobile" if plain.startswith(("07", "447")) else "telephone"
        return Said("contact", "", {"kind": kind, "value": text})
    kind = target
    if target == "school" and re.search(r"nursery|pre-?school|playgroup|childmind", text, re.IGNORECASE):
        kind = "nursery"
    return Said("setting", target, {"kind": kind, "name": text})
