"""Finding what a command about hand-overs means: files of one by reference, an absence by its first day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from casefile.cli.speak import british, day_given
from casefile.desk import Desk
from casefile.errors import Invalid, Missing, Unavailable
from casefile.work.names import Permission

Handover = Annotated[str, typer.Argument(help="Its reference, as H-2026-014.")]
File = Annotated[str, typer.Argument(help="The file's reference.")]
Files = Annotated[list[str] | None, typer.Option("--file", help="Only this file; as often as needed.")]
Out = Annotated[Path, typer.Option(help="Where the PDF goes.")]
For = Annotated[str, typer.Option("--for", help="Whom the copy is for; the log names them.")]
Reason = Annotated[str, typer.Option(help="Why.")]


def items_called(desk: Desk, which: str, files: list[str] | None, *, only_open: bool = False) -> list[Any]:
    """Files of a hand-over by their references; all of them where none is named."""
    from casefile.handover.queries import handover

    there = desk.read(handover, which).items
    if files is not None:
        wanted = {one.strip().lower() for one in files}
        if missing := wanted - {one.reference.lower() for one in there}:
            raise Missing(f"{which} has no file {', '.join(sorted(missing)).upper()} that you may see.")
        return [one for one in there if one.reference.lower() in wanted]
    if only_open:
        return [one for one in there if not (one.settled or one.step.waits_for_receiver or one.step.ended)]
    return list(there)


def workload_of(desk: Desk, which: str) -> tuple[dict[UUID, tuple[float, float]], dict[UUID, float]]:
    """What officers carry and can carry, and what the giver's files weigh; empty for who may not know that of others."""
    from casefile.handover.queries import handover
    from casefile.workload.queries import files_of, workload

    if not desk.actor.may(Permission.ALLOCATE):
        return {}, {}
    giver = desk.read(handover, which).row.officer_id
    loads: dict[UUID, tuple[float, float]] = {
        one.officer_id: (one.held.points, one.capacity.points) for one in desk.read(workload).officers
    }
    return loads, {one.file_id: one.points for one in desk.read(files_of, giver).files}


def named(there: dict[str, UUID], reference: str) -> UUID:
    """One of the files there, by reference."""
    found = there.get(reference.strip().lower())
    if found is None:
        raise Missing(f"{reference} is not among the files that could come back.")
    return found


def absence_from(desk: Desk, officer: UUID, first: str) -> UUID | None:
    """Identity of the absence of an officer that begins on a day; None where no day is given."""
    from casefile.handover.absence import absences

    if not first:
        return None
    day = day_given(first)
    for one in desk.read(absences, officer):
        if one.from_on == day:
            return one.id
    raise Missing(f"No absence begins on {british(day)}.", remedy="List them with `casefile absence list`.")


def fields_in(path: Path) -> dict[str, Any]:
    """The fields that a JSON file holds."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error.strerror}.", kept="Nothing was done.") from error
    except ValueError as error:
        raise Invalid(f"{path} is no JSON: {error}.", kept="Nothing was done.") from error
    if not isinstance(found, dict):
        raise Invalid(f"{path} holds no object with the fields.", kept="Nothing was done.")
    return found  # pyright: ignore[reportUnknownVariableType]
