"""A record described once: its columns carry label, help, code list and what the standard asks.

The form, the read view, the page on paper, the JSON and its schema, the completeness mark
and the search text are all drawn from the :class:`Description` that :func:`describe` reads
off a mapped class. A description is plain frozen data: the window may hold it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Integer, Text, Time, Uuid
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

from casefile.store.base import Moment


class FieldKind(StrEnum):
    """What a field holds, and so how it is typed in, shown, printed and written as JSON."""

    LINE = "line"
    PROSE = "prose"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    NUMBER = "number"
    YES_NO = "yes or no"
    CODE = "code"
    CODES = "codes"
    PERSON = "person"
    PEOPLE = "people"
    OFFICER = "officer"
    DOCUMENT = "document"
    ENTRY = "entry"
    """Another entry of the same file, by the identity of its thread: it points at whatever version stands."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field as described.

    Attributes:
        key: Column name; the key in JSON.
        label: As shown, in sentence case.
        kind: What it holds.
        help: What to write here and why, shown beside the field.
        codes: Key of the code list for CODE and CODES.
        needed: An entry cannot be signed without it.
        asked: The standard asks for it: the divider is incomplete without it.
        prefill: Where the value comes from if the file already knows it, e.g. ``officer``,
            ``today``, ``last.chair`` (the same field of the latest entry of the section), ``strategy.s47_kind``
            (of the latest entry of another section), ``home``, ``residents``, ``invited``, ``systems``,
            ``report_given`` (``casefile.files.prefill``), ``note.bail`` (``casefile.files.prefill_note``),
            ``drafted.family`` (``casefile.files.prefill_report``).
        beside: Of a yes or no: key of the prose that follows and says more; in a form it stands beside it.
    """

    key: str
    label: str
    kind: FieldKind
    help: str = ""
    codes: str | None = None
    needed: bool = False
    asked: bool = False
    prefill: str | None = None
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """A repeated group of fields: who attended, what was decided, which systems were searched."""

    key: str
    label: str
    row: str
    fields: tuple[FieldSpec, ...]
    help: str = ""
    needed: bool = False
    asked: bool = False
    prefill: str | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """Everything the house knows about one kind of record.

    Attributes:
        key: Short key, e.g. ``strategy``.
        divider: Key of the divider it stands behind.
        title: Title of one record, e.g. ``Strategy discussion``.
        about: What it means in police terms (the class's docstring).
        fields: Its fields in order; for entries the common ones come first.
        groups: Its repeated groups in order.
        per: ``file`` for entries and facts of a file, ``person`` for facts about a person.
    """

    key: str
    divider: str
    title: str
    about: str
    fields: tuple[FieldSpec, ...]
    groups: tuple[GroupSpec, ...] = ()
    per: str = "file"

    def field(self, key: str) -> FieldSpec:
        """The field called *key*; KeyError if there is none."""
        for spec in self.fields:
            if spec.key == key:
                return spec
        raise KeyError(key)

    def group(self, key: str) -> GroupSpec:
        """The group called *key*; KeyError if there is none."""
        for spec in self.groups:
            if spec.key == key:
                return spec
        raise KeyError(key)


def field(
    label: str,
    *,
    help: str = "",  # noqa: A002 (the word forms use)
    codes: str | None = None,
    kind: FieldKind | None = None,
    needed: bool = False,
    asked: bool = False,
    prefill: str | None = None,
    dated: bool = False,
) -> MappedColumn[Any]:
    """A column that carries its own description. The kind follows the type unless given.

    A *dated* column holds a day to come that the diary asks for across all files: it has an index.

    Columns are nullable in the store: what a source did not give is kept as not given and
    marked doubtful; a person cannot sign without what is *needed*.
    """
    return mapped_column(
        nullable=True,
        index=dated,
        info={
            "field": {
                "label": label,
                "help": help,
                "codes": codes,
                "kind": kind,
                "needed": needed,
                "asked": asked,
                "prefill": prefill,
                "beside": None,
            }
        },
    )


def yes_or_no(label: str, beside: str, *, needed: bool = False, asked: bool = False) -> MappedColumn[Any]:
    """A yes or no with the prose that follows it, called *beside*, next to it in a form."""
    column = field(label, needed=needed, asked=asked)
    column.column.info["field"]["beside"] = beside
    return column


@dataclass(frozen=True, slots=True)
class Rows:
    """A repeated group as declared on a section (see :func:`rows`)."""

    label: str
    row: type
    help: str = ""
    needed: bool = False
    asked: bool = False
    prefill: str | None = None


def rows(
    label: str,
    row: type,
    *,
    help: str = "",  # noqa: A002 (the word forms use)
    needed: bool = False,
    asked: bool = False,
    prefill: str | None = None,
) -> Rows:
    """A repeated group of *row* (a class of ``casefile.record.groups``) on a section."""
    return Rows(label, row, help, needed, asked, prefill)


_KINDS: dict[type[TypeEngine[Any]], FieldKind] = {
    Text: FieldKind.LINE,
    Date: FieldKind.DATE,
    Time: FieldKind.TIME,
    Moment: FieldKind.MOMENT,
    Boolean: FieldKind.YES_NO,
    Integer: FieldKind.NUMBER,
}


class Described:
    """Mixin of every mapped class whose columns are described with :func:`field`."""

    __described__: dict[str, dict[str, Any]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Keep what was declared in the class body, before the mapper replaces it."""
        cls.__described__ = {
            key: declared
            for key, value in vars(cls).items()
            if isinstance(value, MappedColumn) and (declared := _info(value).get("field")) is not None
        }
        super().__init_subclass__(**kwargs)


@cache
def described_fields(cls: type) -> tuple[FieldSpec, ...]:
    """The fields declared on a mapped class and its bases, bases first, in order of writing."""
    found: dict[str, FieldSpec] = {}
    for base in reversed(cls.__mro__):
        for key, declared in base.__dict__.get("__described__", {}).items():
            found[key] = _spec(key, declared, _type_of(cls, key))
    return tuple(found.values())


def described_groups(cls: type) -> tuple[GroupSpec, ...]:
    """The repeated groups declared on a section, in order of writing."""
    return tuple(
        GroupSpec(
            key, value.label, value.row.__name__, described_fields(value.row),
            value.help, value.needed, value.asked, value.prefill,
        )
        for key, value in group_classes(cls).items()
    )  # fmt: skip


@cache
def group_classes(cls: type) -> dict[str, Rows]:
    """The repeated groups as declared, by key: the store needs the row classes."""
    return {
        key: value
        for base in reversed(cls.__mro__)
        for key, value in vars(base).items()
        if isinstance(value, Rows)
    }


def _type_of(cls: Any, key: str) -> TypeEngine[Any]:
    return getattr(cls, key).type


def _info(column: Any) -> dict[str, Any]:
    return column.column.info


def _spec(key: str, declared: dict[str, Any], column_type: TypeEngine[Any]) -> FieldSpec:
    kind = declared["kind"]
    if kind is None:
        listed = isinstance(column_type, JSON)
        if declared["codes"]:
            kind = FieldKind.CODES if listed else FieldKind.CODE
        elif listed:
            kind = FieldKind.PEOPLE
        elif isinstance(column_type, Uuid):
            raise TypeError(
                f"{key}: say whether the identity is a person, an officer, a document or an entry"
            )
        else:
            kind = next(found for type_, found in _KINDS.items() if isinstance(column_type, type_))
    return FieldSpec(
        key,
        declared["label"],
        kind,
        declared["help"],
        declared["codes"],
        declared["needed"],
        declared["asked"],
        declared["prefill"],
        declared["beside"],
    )
