"""The wider chart across files, on paper and as a file of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from uuid import UUID

from reportlab.platypus import CondPageBreak, Flowable

from casefile.audit.recipient import recipient_of
from casefile.files.picture.chart import chart_of
from casefile.files.picture.knots import Associations, read_associations
from casefile.files.picture.stamp import stamped
from casefile.paper import parts, sheet
from casefile.paper.book import Section, lay_book
from casefile.paper.picture import Form, given_out, imprint_line
from casefile.paper.pictured import laid
from casefile.paper.sheet import Imprint
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

_TITLE = "Associations across files"


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_associations(
    work: Work, file_id: UUID, recipient: str, opened: Sequence[str] = (), steps: int = 2
) -> bytes:
    """Print the chart of who the people of a file are tied to in other files, as a numbered copy.

    Raises:
        Missing: There is no such file for this officer.
        Invalid: Nobody is named to receive the copy.
    """
    whom = recipient_of(recipient)
    told = read_associations(work, file_id, opened, steps)
    number = next_number(work.session, f"copy/{file_id}")
    work.disclosed_to(whom)
    work.note(copy=number, picture="associations", knots=len(told.knots))
    return _printed(work, told, number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_associations(work: Work, file_id: UUID, opened: Sequence[str] = (), steps: int = 2) -> bytes:
    """Look at the pages that the chart would have; every page says that it is no copy."""
    return _printed(work, read_associations(work, file_id, opened, steps), None)


@query(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def export_associations(
    work: Work, file_id: UUID, form: Form, recipient: str, opened: Sequence[str] = (), steps: int = 2
) -> bytes:
    """Export the chart across files as one vector drawing, with its marking.

    Raises:
        Missing: There is no such file for this officer.
        Invalid: Nobody is named to receive it.
    """
    whom = recipient_of(recipient, kept="Nothing was exported.")
    told = read_associations(work, file_id, opened, steps)
    work.disclosed_to(whom)
    work.note(picture="associations", form=form.value, knots=len(told.knots))
    return given_out(stamped(chart_of(told), told.marking, told.reference, imprint_line(work)), form)


def _printed(work: Work, told: Associations, copy: int | None) -> bytes:
    stream = io.BytesIO()
    imprint = Imprint(told.marking, told.reference, _TITLE, work.actor.name, work.now, copy)
    pages = lay_book(_story(told), stream, imprint, title=_TITLE, progress=work.progress)
    work.note(pages=pages)
    return stream.getvalue()


def _story(told: Associations) -> Iterator[Flowable]:
    drawing = chart_of(told)
    yield Section(_TITLE)
    yield parts.Heading(_TITLE, sheet.TITLE, "associations", 0)
    yield parts.words(f"{drawing.title}. What only restricted files hold is not in it.", sheet.QUIETLY)
    yield parts.Gap(8)
    yield from laid(drawing)
    yield CondPageBreak(120)
    yield parts.Rule(10, 8)
    yield parts.words("The same in words", sheet.GROUP)
    yield parts.Gap(4)
    for line in drawing.told:
        yield parts.words(line)
        yield parts.Gap(2)
