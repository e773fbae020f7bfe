"""The picture of a family, and the wider chart across files, from a terminal: in words, or as SVG or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from casefile.cli.given import AsJson
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import british, day_given, give
from casefile.errors import Invalid

if TYPE_CHECKING:
    from casefile.desk import Desk
    from casefile.files.picture.model import Family
    from casefile.files.picture.shapes import Drawing


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("picture")(picture)


def picture(
    store: Store,
    reference: Annotated[str, typer.Argument(help="The file's reference.")],
    as_of: Annotated[str, typer.Option("--as-of", help="The day, as 2026-11-02; today without it.")] = "",
    known: Annotated[
        bool, typer.Option("--known", help="As police knew it that day; else by all that is known now.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Where the drawing goes, as .svg or .pdf; without it in words.")
    ] = None,
    recipient: Annotated[
        str, typer.Option("--for", help="Whom it is for; the log names them.")
    ] = "the file itself",
    wider: Annotated[
        int,
        typer.Option(
            min=0, max=6, help="Instead, whom these people are tied to in other files, so many steps away."
        ),
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Show the family of a file on any day: who is related to whom, and who lives with whom."""
    from casefile.files.queries.listing import find_file

    if wider and (as_of or known):
        raise Invalid(
            "The wider chart shows today: give --as-of and --known without --wider.",
            kept="Nothing was drawn.",
        )
    with signed_in(store) as opened:
        desk = opened.desk
        row = desk.read(find_file, reference)
        if out is not None:
            save(
                out,
                _exported(desk, row.id, out, recipient, as_of, known=known, steps=wider),
                "export",
            )
            lines = [f"The picture of {row.reference} is exported to {out}."]
            found: object = {"exported": str(out)}
        elif wider:
            drawing = _wider(desk, row.id, wider)
            lines, found = [f"{drawing.title}:", *(f"  {one}" for one in drawing.told)], drawing.told
        else:
            family, told = _family(desk, row.id, as_of, known=known)
            lines, found = [f"{british(family.day)}:", *(f"  {one}" for one in told)], family
    if as_json:
        give(found)
    else:
        typer.echo("\n".join(lines))


def _exported(
    desk: Desk, file_id: UUID, out: Path, recipient: str, as_of: str, *, known: bool, steps: int
) -> bytes:
    from casefile.files.picture.model import Basis
    from casefile.paper.chart import export_associations
    from casefile.paper.picture import Form, export_picture

    form = {".svg": Form.SVG, ".pdf": Form.PDF}.get(out.suffix.lower())
    if form is None:
        raise Invalid("A picture is exported as .svg or .pdf.", kept="Nothing was exported.")
    if steps:
        return desk.read(export_associations, file_id, form, recipient, (), steps)
    basis = Basis.KNOWN if known else Basis.HAPPENED
    return desk.read(export_picture, file_id, form, recipient, day_given(as_of) if as_of else None, basis)


def _wider(desk: Desk, file_id: UUID, steps: int) -> Drawing:
    from casefile.files.picture.chart import chart_of
    from casefile.files.picture.knots import associations

    return chart_of(desk.read(associations, file_id, (), steps))


def _family(desk: Desk, file_id: UUID, as_of: str, *, known: bool) -> tuple[Family, tuple[str, ...]]:
    """The family on the day, in words; these need no solver."""
    from casefile.files.picture.model import Basis
    from casefile.files.picture.queries import family_told
    from casefile.files.picture.told import family_on
    from casefile.files.picture.words import told_of

    told = desk.read(family_told, file_id)
    day = day_given(as_of) if as_of else told.today
    if day > told.today:
        raise Invalid(f"{british(day)} is still to come: give a day up to today.", kept="Nothing was drawn.")
    family = family_on(told, day, Basis.KNOWN if known else Basis.HAPPENED, desk.standards)
    return family, told_of(family, ())
