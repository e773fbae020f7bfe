"""What a prepared view is: a question over many files, written in TOML. Only its shape is checked here.

That the facts, codes and parameters it names are there is checked against the vocabulary in ``views.py``.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Test = Literal[
    "is", "is_not", "one_of", "none_of", "contains", "holds", "lacks", "at_least", "at_most", "longer_ago", "within",
    "ahead", "past", "since", "before", "earlier_than", "later_than", "known", "unknown",
]  # fmt: skip
Unit = Literal["days", "working_days", "weeks", "months", "years"]
ParameterKind = Literal["number", "text", "day", "code", "officer", "team", "yes_no"]
Value = bool | int | date | str | list[str] | None
"""What a clause compares with: a value, or ``$name`` for what the officer says."""
RESERVED = ("officer", "team", "closed", "as_of", "order")
"""Parameters that every view has, or that are said otherwise."""
MOST_NUMBER = 1_000_000
"""Nobody asks for more of anything, and an engine counts only so far."""
_Key = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
_Words = Field(min_length=1, max_length=500)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Clause(_Part):
    """One thing that must be so of a row; or, with *any*, one thing of several.

    Attributes:
        unit: In what a number of a test on days is counted.
        or_unknown: Whether a row fits too of which nothing is known here.
    """

    fact: str = ""
    test: Test = "is"
    value: Value = None
    unit: Unit = "days"
    or_unknown: bool = False
    any: list[Clause] = []

    @model_validator(mode="after")
    def _one_or_several(self) -> Self:  # noqa: N804 (an after-validator is a method)
        if bool(self.fact) == bool(self.any):
            raise ValueError("name a fact, or several clauses under any")
        return self


class Parameter(_Part):
    """Something the officer says: a number of days, an agency, a name.

    Attributes:
        codes: Of a code: the key of its list.
        default: What it is unless something else is said; "" leaves the clauses that ask for it out.
        needed: Whether nothing can be asked without it.
    """

    key: str = _Key
    title: str = _Words
    kind: ParameterKind = "number"
    codes: str = ""
    default: bool | int | date | str = ""
    least: int = Field(default=0, ge=0)
    most: int = Field(default=100_000, le=MOST_NUMBER)
    needed: bool = False
    help: str = ""

    @model_validator(mode="after")
    def _not_reserved(self) -> Self:  # noqa: N804 (an after-validator is a method)
        if self.key in RESERVED:
            raise ValueError(f"every view has {self.key} already")
        return self


class Gather(_Part):
    """A fact gathered from the records of one section: how many there are, how many different, the first or last day.

    Attributes:
        of: Key of the section.
        field: What is counted or looked for; of a day it is the day it happened unless another is named.
    """

    key: str = _Key
    title: str = _Words
    of: str = _Key
    give: Literal["number", "different", "first", "last"] = "number"
    field: str = ""
    where: list[Clause] = []


class Column(_Part):
    """A column of the table; ``show = "days"`` tells a day as how many days lie between it and the day asked."""

    fact: str = _Key
    title: str = ""
    show: Literal["", "days"] = ""


class View(_Part):
    """A prepared view.

    Attributes:
        group: Under which heading it stands in the list.
        question: What it asks, in a sentence; ``{days}`` is what was said for the parameter *days*.
        about: What to know when reading it.
        of: What its rows are: ``file``, ``child``, ``adult``, ``task``, ``alarm`` or the key of a section.
        order: Facts by which it is ordered; ``-`` before one turns it round.
        opens: Key of the divider to open a row at; "" is where the row's own record stands.
        officer, team: What these two are unless something else is said; ``me`` is whoever asks.
        closed: Whether closed files are asked about too unless something else is said.
    """

    key: str = _Key
    title: str = _Words
    group: str = _Words
    question: str = _Words
    about: str = ""
    source: str = _Words
    of: str = _Key
    parameter: list[Parameter] = []
    gather: list[Gather] = []
    where: list[Clause] = []
    column: list[Column] = Field(min_length=1)
    order: list[str] = []
    opens: str = ""
    officer: str = ""
    team: str = ""
    closed: bool = False

    @model_validator(mode="after")
    def _each_once(self) -> Self:  # noqa: N804 (an after-validator is a method)
        for what, keys in (
            ("parameter", [one.key for one in self.parameter]),
            ("gathered fact", [one.key for one in self.gather]),
            ("column", [one.fact for one in self.column]),
        ):
            if twice := next((one for one in keys if keys.count(one) > 1), None):
                raise ValueError(f"the {what} {twice} stands there twice")
        return self

    def said(self, key: str) -> Parameter | None:
        """The parameter of that key."""
        return next((one for one in self.parameter if one.key == key), None)
