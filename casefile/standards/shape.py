"""The shape a file of standards must have, checked by pydantic, and the sentence when it has not.

Only shape: what holds between files (overlaps, inverses, agencies) is checked in ``checks.py``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NoReturn, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from casefile.errors import Damaged
from casefile.standards.files import as_text
from casefile.standards.model import ChangedBy, Confidence, DayRule, Severity, Told, Unit

Key = Field(min_length=1, max_length=60, pattern=r"^\S(.*\S)?$")
Words = Field(min_length=1, max_length=2000)


Shape = TypeVar("Shape", bound=BaseModel)


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


class _Dated(_Shape):
    """Anything in force between two days, both included."""

    from_: date | None = Field(None, alias="from")
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:  # noqa: N804 (an after-validator is a method)
        if self.from_ and self.until and self.until < self.from_:
            raise ValueError(f"it ends on {self.until}, before it begins on {self.from_}")
        return self


class StandardShape(_Dated):
    """The ``[standard]`` head of a file of timescales."""

    key: str = Key
    title: str = Words
    kind: Literal["working together", "law", "guidance", "local"]
    precision: Literal["day", "month", "year"] = "day"
    source: str = Words
    confidence: Confidence
    note: str = ""


class TimescaleShape(_Dated):
    """One ``[[timescale]]``."""

    id: str = Field(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=30)
    name: str = Words
    trigger: str = Words
    limit: int | None = Field(None, ge=0, le=10_000)
    unit: Unit
    day_rule: DayRule = "after"
    normal_from: int | None = Field(None, ge=0)
    owed_by: str = Key
    changed_by: ChangedBy
    source: str = Words
    confidence: Confidence
    note: str = ""
    why: str = ""
    no_task: str = ""

    @model_validator(mode="after")
    def _range(self) -> Self:  # noqa: N804 (an after-validator is a method)
        if self.normal_from is not None and (self.limit is None or self.normal_from >= self.limit):
            raise ValueError("normal_from must be less than limit")
        return self


class TimescalesFile(_Shape):
    """A file of timescales: an edition, a statute, local defaults."""

    standard: StandardShape
    timescale: list[TimescaleShape] = []


class DividerShape(_Shape):
    """One ``[[divider]]`` of ``dividers.toml``."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    number: int = Field(ge=1, le=99)
    title: str = Words
    must_hold: str = Words
    minimum: str = Words
    source: str = Words
    confidence: Confidence


class DividersFile(_Shape):
    """``dividers.toml``."""

    divider: list[DividerShape]


class ReviewShape(_Dated):
    """One ``[[review]]`` of ``review_intervals.toml``."""

    risk: str = Key
    days: int = Field(ge=1, le=366)
    normal_from: int | None = Field(None, ge=1)
    inspector_days: int | None = Field(None, ge=1, le=366)
    source: str = Words
    confidence: Confidence
    note: str = ""


class ReviewsFile(_Shape):
    """``review_intervals.toml``."""

    review: list[ReviewShape]


class AlarmShape(_Shape):
    """One ``[[alarm]]`` of ``alarms.toml``."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Words
    means: str = Words
    ends: str = Words
    severity: Severity
    told: Told
    then_told: Told | None = None
    then_after: int = Field(0, ge=0, le=366)
    then_unit: Literal["working_days", "calendar_days"] = "calendar_days"
    late: list[str] = []
    brief: str = "{what} {n} late"
    sections: list[str] = []
    but: list[str] = []
    limits: dict[str, int] = {}
    codes: dict[str, list[str]] = {}
    when_closed: bool = False
    no_acceptance: bool = False
    whole_file: bool = False
    source: str = Words
    confidence: Confidence
    note: str = ""


class AlarmsFile(_Shape):
    """``alarms.toml``."""

    alarm: list[AlarmShape]


class CapacityShape(_Shape):
    """One ``[[capacity]]`` of ``workload.toml``."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    number: int = Field(ge=0, le=1_000)
    means: str = Words
    roles: list[str] = []
    source: str = Words
    confidence: Confidence
    note: str = ""


class WeightShape(_Shape):
    """One ``[[weight]]`` of ``workload.toml``."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Words
    points: int = Field(ge=0, le=1_000)
    each: bool = False
    days: int = Field(0, ge=0, le=366)
    codes: dict[str, list[str]] = {}
    source: str = Words
    confidence: Confidence
    note: str = ""


class WorkloadFile(_Shape):
    """``workload.toml``."""

    capacity: list[CapacityShape] = []
    weight: list[WeightShape] = []


class GapsShape(_Shape):
    """``[gaps]`` of ``staff.toml``."""

    expires_within_days: int = Field(ge=0, le=366)
    source: str = Words
    confidence: Confidence


class AccreditationShape(_Shape):
    """One ``[[accreditation]]`` of ``staff.toml``."""

    key: str = Key
    needed_by: list[str] = []
    taught: str = ""
    lets: str = Words
    source: str = Words
    confidence: Confidence
    note: str = ""


class StaffFile(_Shape):
    """``staff.toml``."""

    gaps: GapsShape | None = None
    accreditation: list[AccreditationShape] = []


class CodeShape(_Dated):
    """One code of a list."""

    code: str = Key
    label: str = Words
    help: str = ""
    group: str = ""
    inverse: str | None = None
    tags: list[str] = []


class CodeListShape(_Shape):
    """One list of a file under ``codes/``."""

    title: str = Words
    about: str = ""
    source: str = Words
    confidence: Confidence
    codes: list[CodeShape] = Field(min_length=1)


class SourcesFile(_Shape):
    """``sources.toml``: what the tags in the sources mean."""

    source: dict[str, str]


def parsed(name: str, data: bytes) -> dict[str, Any]:
    """What a TOML file says, in plain data.

    Raises:
        Damaged: It is not TOML.
    """
    try:
        return tomllib.loads(as_text(name, data))
    except tomllib.TOMLDecodeError as error:
        raise Damaged(f"{name} cannot be read as TOML: {error}.") from error


def shaped(name: str, raw: Mapping[str, Any], shape: type[Shape]) -> Shape:
    """*raw* as *shape*.

    Raises:
        Damaged: With one sentence that names the file, the place in it and what is wrong.
    """
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        _refuse(name, raw, error)


def _refuse(name: str, raw: Mapping[str, Any], error: ValidationError) -> NoReturn:
    """Say the first fault in words; more are counted, since one mended often mends others."""
    faults = error.errors(include_url=False)
    fault = faults[0]
    where = _place(raw, fault["loc"])
    more = f" ({len(faults) - 1} more in this file)" if len(faults) > 1 else ""
    raise Damaged(f"{name}: {where}{_what(fault)}{more}.") from error


def _place(raw: Mapping[str, Any], path: tuple[int | str, ...]) -> str:
    """Where it is wrong, by the names people gave: ``timescale ICPC, unit: ``."""
    at: object = raw
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            rows = cast("list[object]", at) if isinstance(at, list) else []
            at = rows[step] if step < len(rows) else None
            named = _table(at)
            name = next((named[key] for key in ("id", "key", "code", "risk") if key in named), None)
            words.append(str(name) if name is not None else f"number {step + 1}")
        else:
            at = _table(at).get(step)
            words.append(step)
    return f"{' '.join(words)}: " if words else ""


def _table(at: object) -> dict[str, object]:
    return cast("dict[str, object]", at) if isinstance(at, dict) else {}


def _what(fault: Any) -> str:
    value = fault["input"]
    match fault["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not a word this file knows"
        case "literal_error":
            return f"must be {fault['ctx']['expected']}, not {value!r}"
        case "value_error":
            return str(fault["ctx"]["error"])
        case _:
            return f"{fault['msg'][0].lower()}{fault['msg'][1:]}, not {value!r}"
