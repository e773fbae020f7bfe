"""Which editor a field gets, by its kind."""

from __future__ import annotations

from casefile.record.described import FieldKind, FieldSpec
from ui.widgets.choice import Around, code_choices
from ui.widgets.fields.dates import DateEditor, MomentEditor, TimeEditor
from ui.widgets.fields.editor import Editor
from ui.widgets.fields.picks import FEW, PickMany, PickOne, TickMany, YesNo
from ui.widgets.fields.text import LEAST, LineEditor, NumberEditor, ProseEditor

SHORT = frozenset({FieldKind.DATE, FieldKind.TIME, FieldKind.NUMBER, FieldKind.YES_NO})
"""Kinds of which two may stand beside one another."""


def make_editor(spec: FieldSpec, around: Around, *, in_row: bool = False) -> Editor:
    """The editor for one field; in the row of a group, prose starts on one line."""
    made = _made(spec, around, in_row=in_row)
    needed = " Needed before signing." if spec.needed else ""
    made.call(spec.label, f"{spec.help}{needed}".strip())
    return made


def _made(spec: FieldSpec, around: Around, *, in_row: bool) -> Editor:
    match spec.kind:
        case FieldKind.PROSE:
            return ProseEditor(spec.help, 1 if in_row else LEAST)
        case FieldKind.DATE:
            return DateEditor(around.today)
        case FieldKind.TIME:
            return TimeEditor()
        case FieldKind.MOMENT:
            return MomentEditor(around.today)
        case FieldKind.NUMBER:
            return NumberEditor()
        case FieldKind.YES_NO:
            return YesNo()
        case FieldKind.CODE:
            return PickOne(code_choices(around.codes(str(spec.codes)), around.today))
        case FieldKind.CODES:
            choices = code_choices(around.codes(str(spec.codes)), around.today)
            return TickMany(choices) if len(choices) <= FEW and not in_row else PickMany(choices)
        case FieldKind.PERSON:
            return PickOne(around.people)
        case FieldKind.PEOPLE:
            return (
                TickMany(around.people)
                if len(around.people) <= FEW and not in_row
                else PickMany(around.people)
            )
        case FieldKind.OFFICER:
            return PickOne(around.officers)
        case FieldKind.DOCUMENT:
            return PickOne(around.documents)
        case FieldKind.ENTRY:
            return PickOne(around.entries)
        case _:
            return LineEditor(spec.help)
