"""Case files nobody would write by hand: every section, field kind, group and fact, drawn from the descriptions.

Driven by a :class:`random.Random`, which hypothesis hands over (and shrinks) or a seed makes.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from casefile.record.described import Description, FieldKind, FieldSpec
from casefile.record.people import Allocation
from casefile.record.persons import FACT_KEYS, describe_fact, fact_faults
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.values import read_form
from casefile.standards import Library

SCRIPTS = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x590, 0x6FF), (0x900, 0xDFF),
    (0x1E00, 0x1FFF), (0x200B, 0x202E), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xE000, 0xFFFD),
    (0x1F300, 0x1FAFF), (0x20000, 0x2A6DF),
)  # fmt: skip
NAMES = (
    "Łódź",
    "محمد",
    "O’Brien-Ní Dhálaigh",
    "王小明",
    "Žofie",
    "אברהם",
    "Nguyễn",
    "மலர்",
    "👩‍👧",
    "e\u0301",
    "ﬁn",
    "İpek",
)
FIRST_DAY, LAST_DAY = date(1890, 1, 2), date(2100, 12, 30)
WHY = "The source is torn here."


@dataclass
class AnyFile:
    """One file being invented.

    Attributes:
        chance: What decides.
        standards: For the code lists.
        full: Every field is given; otherwise some of them.
    """

    chance: Random
    standards: Library
    full: bool = False
    people: list[str] = field(default_factory=list[str])
    documents: list[str] = field(default_factory=list[str])
    officers: list[str] = field(default_factory=list[str])

    def whole(self, reference: str) -> dict[str, Any]:
        """A file with everything in it."""
        often = 4 if self.full else 3
        self.people = [f"person {one}" for one in range(self.chance.randint(1, often))]
        self.documents = [f"document {one}" for one in range(self.chance.randint(1, often))]
        self.officers = ["Okafor", *(" ".join(f"Brought {self.line()} {one}".split()) for one in range(2))]
        sections = (
            list(SECTIONS) if self.full else self.chance.choices(list(SECTIONS), k=self.chance.randint(0, 3))
        )
        entries = [self._entry(key, at) for at, key in enumerate(sections)]
        return {
            "format": "casefile/1",
            "reference": reference,
            "opened_on": self.day(),
            "recorded_at": self.moment(),
            "officers": [
                {"name": one, "role": "constable", "number": str(at), "team": self.line()}
                for at, one in enumerate(self.officers[1:], start=900)
            ],
            "people": [self._person(one) for one in self.people],
            "allocations": [self._fact("allocation", describe_fact(Allocation))],
            "documents": [self._document(at, one) for at, one in enumerate(self.documents)],
            "entries": entries,
            "remarks": [remark for entry in entries for remark in self._remarks(entry)],
            "task_events": [self._task_event()],
            "divider_marks": [
                {"divider": self.chance.choice(self.standards.dividers).key, "applies": False, **self._said("reason")}
            ],
            "sources": [
                {"scheme": "cin-census/975", "source_key": f"{reference} {self.line()}", "record": self.people[0],
                 "stated": self.line(), "stated_on": self.day()}
            ],
        }  # fmt: skip

    def line(self) -> str:
        """A line in any script; it may be empty."""
        if self.chance.random() < 0.4:
            return self.chance.choice(NAMES)
        drawn = (self.chance.choice(SCRIPTS) for _ in range(self.chance.randint(0, 8)))
        return "".join(chr(self.chance.randint(*span)) for span in drawn).strip()

    def day(self) -> str:
        """Any day a record may bear."""
        return (FIRST_DAY + timedelta(days=self.chance.randint(0, (LAST_DAY - FIRST_DAY).days))).isoformat()

    def moment(self) -> str:
        """Any moment, in any time zone."""
        zone = self.chance.choice(("Z", "+01:00", "-09:30", "+14:00"))
        return f"{self.day()}T{self.chance.randint(0, 23):02}:{self.chance.randint(0, 59):02}:07.{self.chance.randint(0, 999999):06}{zone}"

    def _said(self, reason: str | None = None) -> dict[str, Any]:
        said = {"recorded_at": self.moment(), "recorded_by": self.chance.choice(self.officers)}
        return {**said, reason: self.line() or "Because."} if reason else said

    def _person(self, key: str) -> dict[str, Any]:
        kinds = list(FACT_KEYS) if self.full else self.chance.sample(list(FACT_KEYS), k=2)
        facts = {kind: [self._fact(kind, describe_fact(FACT_KEYS[kind]))] for kind in kinds}
        facts.setdefault("involvement", [self._fact("involvement", describe_fact(FACT_KEYS["involvement"]))])
        first = {**self._fact("name", describe_fact(FACT_KEYS["name"])), "key": f"name of {key}"}
        withdrawn = {
            **self._fact("name", describe_fact(FACT_KEYS["name"])),
            "replaces": first["key"],
            "withdrawn": True,
        }
        facts["name"] = [first, withdrawn] if self.chance.random() < 0.5 else [first]
        return {"key": key, **self._said(), "facts": facts}

    def _fact(self, kind: str, description: Description) -> dict[str, Any]:
        says, doubts = self._says(description)
        says.setdefault("known_on", self.day())
        typed = read_form(description, says, self.standards, imported=True).values
        for key in fact_faults(kind, typed):
            doubts.setdefault(key, {"stated": self.line(), "why": WHY})
        return {"says": says, "doubts": doubts, **self._said()}

    def _entry(self, section: str, at: int) -> dict[str, Any]:
        versions = [self._version(section) for _ in range(self.chance.randint(1, 2))]
        return {"key": f"entry {at}", "section": section, "versions": versions}

    def _remarks(self, entry: dict[str, Any]) -> list[dict[str, Any]]:
        """Something returned and answered, in the order nobody promises."""
        if not self.full and self.chance.random() < 0.5:
            return []
        of = {"entry": entry["key"], "version": self.chance.randint(1, len(entry["versions"]))}
        key = f"returned {entry['key']}"
        answered = {
            **of,
            "what": self.chance.choice(("answered", "amended", "settled")),
            "answers": key,
            **self._said("says"),
        }
        returned = {"key": key, **of, "what": "returned", **self._said("says")}
        endorsed = {**of, "what": "endorsed", **self._said()}
        return self.chance.sample([answered, returned, endorsed], k=3)

    def _version(self, section: str) -> dict[str, Any]:
        says, doubts = self._says(describe(SECTIONS[section]))
        common = {key: says.pop(key, None) for key in ("happened_on", "happened_at", "known_on")}
        return {
            **common,
            "known_on": common["known_on"] or self.day(),
            "concerns": says.pop("concerns", []),
            "author": self.chance.choice(self.officers),
            "recorded_at": self.moment(),
            "reason": self.line() or "Misread.",
            "origin": self.line() or "an older system",
            "says": says,
            "doubts": doubts,
        }

    def _says(self, description: Description) -> tuple[dict[str, Any], dict[str, Any]]:
        """What a record says, and what of it is doubted: every needed value that is left out, and now and then another."""
        says, doubts = self._fields(description.fields, "")
        for group in description.groups:
            rows: list[dict[str, Any]] = []
            for _ in range(2 if self.full else self.chance.randint(0, 2)):
                row, doubted = self._fields(group.fields, f"{group.key}.{len(rows)}.")
                if row:
                    rows.append(row)
                    doubts |= doubted
            if rows:
                says[group.key] = rows
        return says, doubts

    def _fields(self, specs: tuple[FieldSpec, ...], at: str) -> tuple[dict[str, Any], dict[str, Any]]:
        says: dict[str, Any] = {}
        doubts: dict[str, Any] = {}
        for spec in specs:
            value = self._value(spec) if self.full or self.chance.random() < 0.6 else None
            if value not in (None, "", []):
                says[spec.key] = value
            if (spec.needed and spec.key not in says) or self.chance.random() < 0.05:
                doubts[f"{at}{spec.key}"] = {"stated": self.line(), "why": WHY}
        return says, doubts

    def _value(self, spec: FieldSpec) -> Any:
        chance = self.chance
        makers: dict[FieldKind, Callable[[], Any]] = {
            FieldKind.LINE: self.line,
            FieldKind.PROSE: lambda: "\n".join(self.line() for _ in range(chance.randint(1, 3))).rstrip(),
            FieldKind.DATE: self.day,
            FieldKind.TIME: lambda: f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}",
            FieldKind.MOMENT: lambda: (
                f"{self.day()}T{chance.randint(0, 23):02}:59:07.{chance.randint(1, 999999):06}+00:00"
            ),
            FieldKind.NUMBER: lambda: chance.randint(-(2**31) + 1, 2**31 - 1),
            FieldKind.YES_NO: lambda: chance.random() < 0.5,
            FieldKind.CODE: lambda: chance.choice(self._codes(spec)),
            FieldKind.CODES: lambda: chance.sample(self._codes(spec), k=min(2, len(self._codes(spec)))),
            FieldKind.PERSON: lambda: chance.choice(self.people),
            FieldKind.PEOPLE: lambda: chance.sample(self.people, k=chance.randint(0, len(self.people))),
            FieldKind.OFFICER: lambda: chance.choice(self.officers),
            FieldKind.DOCUMENT: lambda: chance.choice(self.documents),
            FieldKind.ENTRY: lambda: "an entry of the file",
        }
        return makers[spec.kind]()

    def _codes(self, spec: FieldSpec) -> list[str]:
        return [one.code for one in self.standards.codes(str(spec.codes)).codes]

    def _document(self, at: int, key: str) -> dict[str, Any]:
        return {
            "key": key,
            "parent": self.documents[at - 1] if at and self.chance.random() < 0.5 else None,
            "name": self.line() or "scan.pdf",
            "text": self.line(),
            "warnings": [self.line()] if self.chance.random() < 0.3 else [],
            "content": base64.b64encode(self.chance.randbytes(self.chance.randint(0, 40))).decode(),
            **self._said(),
        }

    def _task_event(self) -> dict[str, Any]:
        return {
            "task": "by hand", "what": "opened", "happened_on": self.day(), "known_on": self.day(),
            "title": self.line() or "Ask the school", "officer": self.chance.choice(self.officers),
            "due_on": self.day(), **self._said("reason"),
        }  # fmt: skip
