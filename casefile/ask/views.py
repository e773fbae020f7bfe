"""The views there are: those that ship, then a force's own; each checked against the vocabulary before it is offered.

A view that does not load says why and keeps no other from loading. A force's view of the same key takes the place
of the one that ships.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from platformdirs import site_config_path, user_config_path
from pydantic import ValidationError

from casefile.ask.clauses import PARAMETER
from casefile.ask.facts import TESTS, Fact, Kind, Subject
from casefile.ask.gathered import gathered
from casefile.ask.of_entries import ENTRIES, OWN_FIELDS
from casefile.ask.shape import RESERVED, Clause, Gather, Parameter, View
from casefile.ask.vocabulary import SUBJECTS, names
from casefile.errors import Missing
from casefile.standards import Library

APPLICATION = "casefile"
OWN = "CASEFILE_VIEWS"
"""Names a folder with the views of a force, on a network perhaps."""
SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "views"
"""The views that ship with the app."""
MOST_BYTES = 100_000
"""A file of a view that is larger is none."""
_SAID = {"missing": "it is missing", "extra_forbidden": "nothing of that name can be said"}
"""What the library says of a shape, in words of ours."""
_DAYS = ("longer_ago", "within", "ahead")
_NEEDS_NUMBER = (*_DAYS, "at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Broken:
    """A view that does not load: the name of its file, and why in a sentence."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Views:
    """The views there are, in the order of their files, and those that do not load."""

    ready: tuple[View, ...] = field(default=())
    broken: tuple[Broken, ...] = field(default=())

    def called(self, key: str) -> View:
        """The view of that key.

        Raises:
            Missing: There is none, or it does not load.
        """
        for one in self.ready:
            if one.key == key:
                return one
        file = key.replace("_", "-")
        why = next((one.why for one in self.broken if one.name.removesuffix(".toml").endswith(file)), "")
        raise Missing(
            f"There is no view called {key}. {why}".strip(), remedy="List them to see what can be asked."
        )


def folders() -> tuple[Path, ...]:
    """Where a force and an officer keep views of their own: of the force, of this computer, then of this person."""
    named = os.environ.get(OWN)
    return (
        *((Path(named),) if named else ()),
        site_config_path(APPLICATION, appauthor=False) / "views",
        user_config_path(APPLICATION, appauthor=False) / "views",
    )


def load_views(standards: Library, own: Sequence[Path] | None = None) -> Views:
    """Read every view: those that ship, and those of the force's folders; a folder that is not there holds none."""
    held: dict[str, View] = {}
    broken: list[Broken] = []
    for folder in (SHIPPED, *(folders() if own is None else own)):
        here: set[str] = set()
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            try:
                view = _read(path, standards)
                if view.key in here:
                    raise ValueError(f"another file of this folder already has the key {view.key}.")
            except ValueError as error:
                broken.append(Broken(path.name, f"{path.name}: {error}"))
                continue
            here.add(view.key)
            held[view.key] = view
    return Views(tuple(held.values()), tuple(broken))


def _read(path: Path, standards: Library) -> View:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"it is larger than {MOST_BYTES:,} bytes.")
        view = View.model_validate(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except OSError as error:
        raise ValueError(f"it cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not a text file in UTF-8 (byte {error.start}).") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"it is no TOML: {error}.") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = " ".join(str(part + 1) if isinstance(part, int) else str(part) for part in first["loc"])
        words = _SAID.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        raise ValueError(f"{place}: {words}." if place else f"{words}.") from None
    if fault := next(_faults(view, standards), None):
        raise ValueError(fault)
    return view


def facts_of(view: View, said: Mapping[str, object] | None = None) -> Mapping[str, Fact]:
    """Every fact that the view may speak of: those of its rows, and what it gathers."""
    return {**SUBJECTS[view.of].facts, **{one.key: gathered(one, said or {}) for one in view.gather}}


def undated(view: View) -> tuple[str, ...]:
    """What keeps the view from being asked as of a past day: titles of facts that are known for today only."""
    facts = facts_of(view)
    asked = [fact for clause in view.where for fact in _named(clause)]
    asked += [one.fact for one in view.column] + [one.removeprefix("-") for one in view.order]
    found = [facts[one].title for one in dict.fromkeys(asked) if not facts[one].dated]
    subject = SUBJECTS[view.of]
    return tuple(found) if subject.dated else (subject.many.capitalize(),)


def _named(clause: Clause) -> Iterator[str]:
    if clause.fact:
        yield clause.fact
    for one in clause.any:
        yield from _named(one)


def _faults(view: View, standards: Library) -> Iterator[str]:
    """What a view names that is not there, in sentences."""
    if view.of not in SUBJECTS:
        yield f"of: there are no rows called {view.of}. There are: {', '.join(SUBJECTS)}."
        return
    checks = _Checks(view, standards)
    yield from checks.parameters()
    subject = SUBJECTS[view.of]
    for one in view.gather:
        yield from checks.gather(one, subject)
    facts = facts_of(view)
    for place, clause in enumerate(view.where, start=1):
        yield from checks.clause(f"where {place}", clause, facts)
    shown = [("column", one.fact) for one in view.column]
    for what, key in (*shown, *(("order", one.removeprefix("-")) for one in view.order)):
        if key not in facts:
            yield f"{what}: there is no fact called {key} of {subject.many}. There are: {names(facts)}."
    for one in view.column:
        if one.show == "days" and facts[one.fact].kind is not Kind.DAY:
            yield f"column {one.fact}: only a day can be shown as days."
    for key in view.order:
        if facts[key.removeprefix("-")].kind in (Kind.NAMES, Kind.CODES):
            yield f"order: {key} cannot be ordered by."
    if view.opens and view.opens not in [one.key for one in standards.dividers]:
        yield f"opens: there is no divider called {view.opens}."


class _Checks:
    """Checks the parts of one view."""

    def __init__(self, view: View, standards: Library) -> None:
        self._view, self._standards = view, standards

    def parameters(self) -> Iterator[str]:
        """Codes and defaults of parameters, and the names in the question."""
        for one in self._view.parameter:
            yield from self._parameter(one)
        said = {one.key for one in self._view.parameter} | set(RESERVED)
        try:
            asked = [key for _, key, _, _ in Formatter().parse(self._view.question) if key is not None]
        except ValueError:
            yield "question: a brace stands there alone; write two for one."
            return
        for key in asked:
            if key not in said:
                yield f"question: there is no parameter called {key or 'nothing'}."

    def _parameter(self, one: Parameter) -> Iterator[str]:
        where = f"parameter {one.key}"
        if (one.kind == "code") != bool(one.codes):
            yield f"{where}: a code names its list under codes, and nothing else does."
        elif one.codes and one.codes not in self._standards.code_lists:
            yield f"{where}: there is no code list called {one.codes}."
        elif one.codes and one.default and one.default not in self._standards.codes(one.codes):
            yield f"{where}: {one.default} is not in the code list {one.codes}."
        if one.kind == "number" and one.default != "" and not _in_bounds(one):
            yield f"{where}: the default is no number from {one.least} to {one.most}."

    def gather(self, one: Gather, subject: Subject) -> Iterator[str]:
        """A fact that is gathered."""
        where = f"gather {one.key}"
        if one.key in subject.facts:
            yield f"{where}: {subject.many} have a fact of that name already."
        facts = ENTRIES[one.of].facts if one.of in ENTRIES else None
        if facts is None:
            yield f"{where}: there is no section called {one.of}. There are: {', '.join(ENTRIES)}."
            return
        own = {key: facts[key] for key in ("summary", *OWN_FIELDS[one.of])}
        if one.field and one.field not in own:
            yield f"{where}: there is no field called {one.field}. There are: {names(own)}."
        elif one.field and one.give in ("first", "last") and own[one.field].kind is not Kind.DAY:
            yield f"{where}: {one.field} is no day, so there is no first or last."
        for place, clause in enumerate(one.where, start=1):
            yield from self.clause(f"{where}, where {place}", clause, own)

    def clause(self, where: str, clause: Clause, facts: Mapping[str, Fact]) -> Iterator[str]:
        """One clause, or each of several."""
        if clause.any:
            for one in clause.any:
                yield from self.clause(where, one, facts)
            return
        fact = facts.get(clause.fact)
        if fact is None:
            yield f"{where}: there is no fact called {clause.fact}. There are: {names(facts)}."
            return
        if clause.test in ("known", "unknown") and fact.kind is not Kind.NAMES:
            return
        if clause.test not in TESTS[fact.kind]:
            takes = ", ".join(sorted(TESTS[fact.kind])) or "no test"
            yield f"{where}: {fact.key} is a {fact.kind.value}, which takes {takes}; not {clause.test}."
            return
        yield from self._value(where, clause, fact, facts)

    def _value(self, where: str, clause: Clause, fact: Fact, facts: Mapping[str, Fact]) -> Iterator[str]:
        value = clause.value
        if isinstance(value, str) and value.startswith(PARAMETER):
            yield from self._asks(where, clause, fact, value.removeprefix(PARAMETER))
        elif clause.test in ("earlier_than", "later_than"):
            other = facts.get(str(value))
            if other is None or other.kind is not Kind.DAY:
                yield f"{where}: {value} is no day to compare {fact.key} with."
        elif value is None and clause.test != "past":
            yield f"{where}: it needs a value."
        elif clause.test in _NEEDS_NUMBER and (isinstance(value, bool) or not isinstance(value, int)):
            yield f"{where}: {clause.test} needs a number."
        elif fact.kind in (Kind.CODE, Kind.CODES):
            listed = self._standards.codes(fact.codes)
            for code in value if isinstance(value, list) else [value]:
                if code not in listed:
                    yield f"{where}: {code} is not in the code list {fact.codes}."

    def _asks(self, where: str, clause: Clause, fact: Fact, key: str) -> Iterator[str]:
        said = self._view.said(key)
        wanted = "number" if clause.test in _NEEDS_NUMBER else ""
        wanted = wanted or {Kind.DAY: "day", Kind.OFFICER: "officer", Kind.YES_NO: "yes_no"}.get(
            fact.kind, ""
        )
        if said is None:
            yield f"{where}: there is no parameter called {key}."
        elif wanted and said.kind != wanted:
            yield f"{where}: {clause.test} needs a {wanted}, and the parameter {key} is a {said.kind}."
        elif fact.kind in (Kind.CODE, Kind.CODES) and said.codes != fact.codes:
            yield f"{where}: {fact.key} is of the code list {fact.codes}, and the parameter {key} is not."


def _in_bounds(one: Parameter) -> bool:
    """Whether the default of a number is a number, and not too small or large."""
    number = one.default
    return isinstance(number, int) and not isinstance(number, bool) and one.least <= number <= one.most
