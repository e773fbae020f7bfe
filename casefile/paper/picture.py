"""The picture of a family on paper and as a file of its own. Both leave the house: numbered or named in the log."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable

from casefile.audit.recipient import recipient_of
from casefile.errors import Invalid, Unavailable
from casefile.files.picture.draw import drawing_of, key_drawing
from casefile.files.picture.layout import layout_of
from casefile.files.picture.model import Basis, Family
from casefile.files.picture.queries import read_family
from casefile.files.picture.shapes import Drawing
from casefile.files.picture.stamp import stamped
from casefile.files.picture.told import Told, family_on
from casefile.paper import fonts, parts, sheet
from casefile.paper.book import Section, lay_book
from casefile.paper.pictured import draw_on, laid
from casefile.paper.sheet import Imprint
from casefile.paper.svg import svg_of
from casefile.record.dates import long_date
from casefile.standards import Library
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

_TITLE = "Picture of the family"


class Form(StrEnum):
    """Formats of a drawing as a file of its own."""

    SVG = "svg"
    PDF = "pdf"


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_picture(
    work: Work, file_id: UUID, recipient: str, day: date | None = None, basis: Basis = Basis.HAPPENED
) -> bytes:
    """Print the picture of a family as a numbered copy.

    Args:
        work: The unit of work.
        file_id: The case file.
        recipient: For whom the copy is; the log names them.
        day: The day shown; today without it.
        basis: As it was on the day, or as police knew it then.

    Raises:
        Missing: There is no such file for this officer.
        Invalid: Nobody is named to receive the copy, or the day is still to come.
    """
    whom = recipient_of(recipient)
    told, on = read_family(work, file_id), day_of(work, day)
    number = next_number(work.session, f"copy/{file_id}")
    work.disclosed_to(whom)
    work.note(copy=number, picture="family", day=on.isoformat(), by=basis.value)
    return _printed(work, told, on, basis, number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_picture(
    work: Work, file_id: UUID, day: date | None = None, basis: Basis = Basis.HAPPENED
) -> bytes:
    """Look at the pages that the picture of a family would have; every page says that it is no copy."""
    return _printed(work, read_family(work, file_id), day_of(work, day), basis, None)


@query(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def export_picture(
    work: Work,
    file_id: UUID,
    form: Form,
    recipient: str,
    day: date | None = None,
    basis: Basis = Basis.HAPPENED,
) -> bytes:
    """Export the picture of a family as one vector drawing, with its marking.

    Raises:
        Missing: There is no such file for this officer.
        Invalid: Nobody is named to receive it, or the day is still to come.
    """
    whom = recipient_of(recipient, kept="Nothing was exported.")
    told, on = read_family(work, file_id), day_of(work, day)
    work.disclosed_to(whom)
    work.note(picture="family", form=form.value, day=on.isoformat(), by=basis.value)
    family = family_on(told, on, basis, work.standards)
    drawing = drawing_of(family, layout_of(family))
    return given_out(stamped(drawing, told.marking, told.reference, imprint_line(work)), form)


def day_of(work: Work, day: date | None) -> date:
    """The day asked for, or today. Invalid for a day that is still to come."""
    if day is not None and day > work.today:
        raise Invalid(
            f"{long_date(day)} is still to come: give a day up to today.", kept="Nothing was drawn."
        )
    return day or work.today


def imprint_line(work: Work) -> str:
    """Who made a drawing that leaves the house, and when."""
    return f"Exported by {work.actor.name}, {long_date(work.today)}"


def given_out(drawing: Drawing, form: Form) -> bytes:
    """A drawing as bytes of its format."""
    if form is Form.SVG:
        return svg_of(drawing).encode()
    fonts.register()
    stream = io.BytesIO()
    canvas: Any = Canvas(stream, pagesize=(drawing.width, drawing.height), invariant=1)
    canvas.setTitle("Drawing")
    draw_on(canvas, drawing)
    canvas.save()
    return stream.getvalue()


def pictured_family(told: Told, day: date, basis: Basis, library: Library) -> Iterator[Flowable]:
    """The picture with its key, as parts of a printed page; a sentence where it cannot be laid out."""
    family = family_on(told, day, basis, library)
    try:
        yield from laid(drawing_of(family, layout_of(family), key=False))
    except Unavailable as error:
        yield parts.words(f"{error.sentence} {error.remedy}".strip(), sheet.QUIETLY)
        return
    yield CondPageBreak(120)
    yield from laid(key_drawing(family, sheet.TEXT_WIDTH))


def _printed(work: Work, told: Told, day: date, basis: Basis, copy: int | None) -> bytes:
    stream = io.BytesIO()
    imprint = Imprint(told.marking, told.reference, _heading(told), work.actor.name, work.now, copy)
    family = family_on(told, day, basis, work.standards)
    story = _story(told, family, work.standards)
    pages = lay_book(story, stream, imprint, title=_TITLE, progress=work.progress)
    work.note(pages=pages)
    return stream.getvalue()


def _heading(told: Told) -> str:
    return f"{told.name.upper()} family" if told.name else "Family not named"


def _story(told: Told, family: Family, library: Library) -> Iterator[Flowable]:
    drawing = drawing_of(family, layout_of(family), key=False)
    yield Section(_TITLE)
    yield parts.Heading(_TITLE, sheet.TITLE, "picture", 0)
    yield parts.words(drawing.title, sheet.QUIETLY)
    yield parts.Gap(8)
    yield from laid(drawing)
    yield CondPageBreak(120)
    yield from laid(key_drawing(family, sheet.TEXT_WIDTH))
    yield parts.Rule(10, 8)
    yield parts.words("The same in words", sheet.GROUP)
    yield parts.Gap(4)
    for line in drawing.told:
        yield parts.words(line)
        yield parts.Gap(2)
