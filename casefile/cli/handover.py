"""Hand-over, from a terminal: begun, completed, sent; answering is in ``handover_answer``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.cli import handover_answer as answers
from casefile.cli.absence import officer_called
from casefile.cli.given import AsJson
from casefile.cli.handover_found import (
    File,
    Files,
    Handover,
    Reason,
    absence_from,
    fields_in,
    items_called,
    workload_of,
)
from casefile.cli.handover_shown import item_line, sheet_lines
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import Counter, british, give


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="Files go from one officer to another, and come back.", no_args_is_help=True)
    for name, command in {
        "begin": begin,
        "list": list_all,
        "show": show,
        "waiting": waiting,
        "checklist": checklist,
        "to": to,
        "spread": spread,
        "send": send,
        "take-back": take_back,
        "ask": answers.ask,
        "answer": answers.answer,
        "refuse": answers.refuse,
        "accept": answers.accept,
        "except": answers.make_exception,
        "sign": answers.sign,
        "end": answers.end,
        "back": answers.back,
        "outstanding": answers.outstanding,
        "owner": answers.owner,
        "print": answers.print_one,
    }.items():
        group.command(name)(command)
    app.add_typer(group, name="handover")


def begin(
    store: Store,
    name: Annotated[str, typer.Argument(help="Sign-in name of the officer who goes.")],
    absence: Annotated[str, typer.Option(help="First day of the absence it is for, as 2026-11-02.")] = "",
    reason: Annotated[str, typer.Option(help="Why, where there is no absence.")] = "",
    files: Files = None,
    as_json: AsJson = False,
) -> None:
    """Begin handing over the files an officer holds: your own, or as a supervisor those of somebody away."""
    from casefile.files.queries.listing import find_file
    from casefile.handover.begin import start_handover

    with signed_in(store) as opened:
        desk = opened.desk
        officer = officer_called(desk, name)
        wanted = [desk.read(find_file, one).id for one in files] if files else None
        done = desk.do(
            start_handover, officer, absence_from(desk, officer, absence), file_ids=wanted, reason=reason
        )
    if as_json:
        give(done.result)
        return
    hidden = f", {done.result.restricted} of them restricted" if done.result.restricted else ""
    typer.echo(f"{done.result.reference} has begun with {done.result.files} files{hidden}.")


def list_all(
    store: Store,
    ended: Annotated[bool, typer.Option(help="Those that are signed or ended.")] = False,
    as_json: AsJson = False,
) -> None:
    """List hand-overs: your own, those with files for you, and for a supervisor everybody's."""
    from casefile.handover.queries import handovers

    with signed_in(store) as opened:
        found = opened.desk.read(handovers, ended=ended)
    if as_json:
        give(found)
        return
    for one in found:
        late = ", LATE" if one.late else ""
        kind = "back" if one.kind == "hand_back" else "from"
        typer.echo(
            f"{one.reference}  {one.officer}, {kind} {british(one.begins_on)}: "
            f"{one.settled} of {one.files} settled{late}"
        )
    if not found:
        typer.echo("There is no hand-over.")


def show(store: Store, which: Handover, as_json: AsJson = False) -> None:
    """Show a hand-over and how each file of it stands."""
    from casefile.handover.queries import handover
    from casefile.handover.ready import unready

    with signed_in(store) as opened:
        page = opened.desk.read(handover, which)
        wants = opened.desk.read(unready, [one.id for one in page.items])
    if as_json:
        give(page)
        return
    row = page.row
    typer.echo(f"{row.reference}  {row.officer}, from {british(row.begins_on)}: {row.settled} of {row.files}")
    for one in page.items:
        typer.echo(f"  {item_line(one)}")
        for want in wants.get(one.id, ()):
            typer.echo(f"      {want}")
    if row.restricted:
        typer.echo(f"  {row.restricted} restricted, not shown to you")
    if row.signed_on:
        typer.echo(f"Signed by {row.signed_by}, {british(row.signed_on)}. {row.signed_words}".strip())


def waiting(store: Store, as_json: AsJson = False) -> None:
    """List the files of hand-overs that wait for you."""
    from casefile.handover.queries import waiting_for_me

    with signed_in(store) as opened:
        found = opened.desk.read(waiting_for_me)
    if as_json:
        give(found)
        return
    for one in found:
        typer.echo(f"{one.handover}  {item_line(one)}")
    if not found:
        typer.echo("Nothing of a hand-over waits for you.")


def checklist(
    store: Store,
    which: Handover,
    file: File,
    says: Annotated[
        Path | None,
        typer.Option(help="JSON with what you add: safe, safe_words, worry, promises … (docs/hand-over.md)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read the checklist of one file, or complete it; for its receiver the reading is recorded."""
    from casefile.handover.begin import save_checklist
    from casefile.handover.queries import checklist as read_checklist
    from casefile.handover.receive import note_opened

    with signed_in(store) as opened:
        desk = opened.desk
        (item,) = items_called(desk, which, [file])
        page = desk.read(read_checklist, item.id)
        if says is not None:
            desk.do(save_checklist, item.id, fields_in(says), page.revision)
            page = desk.read(read_checklist, item.id)
        elif page.may_receive:
            desk.do(note_opened, item.id)
    if as_json:
        give(page)
    else:
        typer.echo("\n".join(sheet_lines(page)))


def to(
    store: Store,
    which: Handover,
    receiver: Annotated[str, typer.Argument(help="Sign-in name of who is to receive.")],
    files: Files = None,
) -> None:
    """Choose who is to receive files; without --file, all that are not sent."""
    from casefile.handover.begin import choose_receivers

    with signed_in(store) as opened:
        officer = officer_called(opened.desk, receiver)
        found = items_called(opened.desk, which, files, only_open=True)
        opened.desk.do(choose_receivers, {one.id: officer for one in found})
    typer.echo(f"{len(found)} files are to go to {receiver}.")


def spread(
    store: Store,
    which: Handover,
    among: Annotated[list[str], typer.Option(help="Sign-in name of who could receive; as often as needed.")],
    files: Files = None,
    use: Annotated[bool, typer.Option(help="Choose the receivers as suggested.")] = False,
    as_json: AsJson = False,
) -> None:
    """Suggest who receives each file still to be sent, by workload, with a reason for each."""
    from casefile.handover.begin import choose_receivers
    from casefile.handover.suggest import suggest_receivers

    with signed_in(store) as opened:
        desk = opened.desk
        ids = [one.id for one in items_called(desk, which, files, only_open=files is None)]
        loads, points = workload_of(desk, which)
        officers = [officer_called(desk, one) for one in among]
        found = desk.read(suggest_receivers, ids, officers, points=points, loads=loads)
        if use:
            desk.do(choose_receivers, {one.item_id: one.receiver_id for one in found if one.receiver_id})
    if as_json:
        give(found)
        return
    for one in found:
        typer.echo(f"{one.reference}  {one.points:g} points to {one.receiver or 'nobody'}: {one.why}")


def send(store: Store, which: Handover, files: Files = None) -> None:
    """Send files to their receivers with their checklists: all of them, or none with what is missing."""
    from casefile.handover.begin import send as send_files

    with signed_in(store) as opened:
        found = items_called(opened.desk, which, files, only_open=True)
        count = opened.desk.with_(progress=Counter()).do(send_files, [one.id for one in found]).result
    typer.echo(f"{count} files are sent.")


def take_back(store: Store, which: Handover, reason: Reason, files: Files = None) -> None:
    """Take back files that were sent and not yet accepted."""
    from casefile.handover.begin import take_back as take

    with signed_in(store) as opened:
        found = [one for one in items_called(opened.desk, which, files) if one.step.waits_for_receiver]
        opened.desk.do(take, [one.id for one in found], reason)
    typer.echo(f"{len(found)} files are taken back.")
