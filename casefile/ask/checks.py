"""Whether what a view names is there: rows, facts, tests that suit them, codes, parameters. Each fault is a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from string import Formatter
from typing import Any

from casefile.ask.clauses import PARAMETER
from casefile.ask.facts import TESTS, Fact, Kind, Subject
from casefile.ask.gathered import facts_of
from casefile.ask.of_entries import ENTRIES, OWN_FIELDS
from casefile.ask.shape import MOST_NUMBER, Clause, Gather, Parameter, View
from casefile.ask.vocabulary import SUBJECTS, names
from casefile.standards import Library

_NEEDS_NUMBER = ("longer_ago", "within", "ahead", "at_least", "at_most")
_SEVERAL = ("one_of", "none_of", "holds", "lacks")
_KINDS = {
    Kind.DAY: "day",
    Kind.NUMBER: "number",
    Kind.TEXT: "text",
    Kind.CODE: "code",
    Kind.CODES: "code",
    Kind.YES_NO: "yes_no",
    Kind.OFFICER: "officer",
}
_TYPES = {"day": date, "number": int, "text": str, "code": str, "yes_no": bool}


def faults(view: View, standards: Library) -> Iterator[str]:
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
        said = {one.key for one in self._view.parameter} | {"officer", "team", "closed"}
        try:
            asked = list(Formatter().parse(self._view.question))
        except ValueError:
            yield "question: a brace stands there alone; write two for one."
            return
        for _, key, form, change in asked:
            if key is not None and (key not in said or form or change):
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
        if clause.test in ("earlier_than", "later_than"):
            other = facts.get(str(value))
            if other is None or other.kind is not Kind.DAY:
                yield f"{where}: {value} is no day to compare {fact.key} with."
        elif isinstance(value, str) and value.startswith(PARAMETER):
            yield from self._asks(where, clause, fact, value.removeprefix(PARAMETER))
        elif value is None and clause.test != "past":
            yield f"{where}: it needs a value."
        elif value is not None:
            yield from self._constant(where, clause, fact)

    def _constant(self, where: str, clause: Clause, fact: Fact) -> Iterator[str]:
        """A value that stands in the view itself."""
        several, wanted = _several(clause), _wanted(clause, fact)
        if wanted == "officer":
            yield f"{where}: an officer is said by a parameter."
        elif not several or not all(type(one) is _TYPES[wanted] for one in several):
            yield f"{where}: {clause.test} needs a {wanted}."
        elif wanted == "number" and max(several) > MOST_NUMBER:
            yield f"{where}: {max(several)} is too large a number."
        elif wanted == "code":
            listed = self._standards.codes(fact.codes)
            for code in several:
                if code not in listed:
                    yield f"{where}: {code} is not in the code list {fact.codes}."

    def _asks(self, where: str, clause: Clause, fact: Fact, key: str) -> Iterator[str]:
        said, wanted = self._view.said(key), _wanted(clause, fact)
        if said is None:
            yield f"{where}: there is no parameter called {key}."
        elif said.kind != wanted and not (wanted == "text" and said.kind == "team"):
            yield f"{where}: {clause.test} needs a {wanted}, and the parameter {key} is a {said.kind}."
        elif wanted == "code" and said.codes != fact.codes:
            yield f"{where}: {fact.key} is of the code list {fact.codes}, and the parameter {key} is not."


def _several(clause: Clause) -> list[Any]:
    """The values of a clause, where its test takes several; else its one value, whatever it is."""
    value: Any = clause.value
    return list(value) if isinstance(value, list) and clause.test in _SEVERAL else [value]  # pyright: ignore[reportUnknownArgumentType]


def _wanted(clause: Clause, fact: Fact) -> str:
    """The kind of value that a test of a fact needs."""
    if clause.test in _NEEDS_NUMBER:
        return "number"
    return "yes_no" if clause.test == "past" else _KINDS[fact.kind]


def _in_bounds(one: Parameter) -> bool:
    """Whether the default of a number is a number, and not too small or large."""
    number = one.default
    return isinstance(number, int) and not isinstance(number, bool) and one.least <= number <= one.most
