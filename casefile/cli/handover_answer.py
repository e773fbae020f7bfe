"""Answering for files of a hand-over, from a terminal: asked, refused, accepted, excepted, signed, coming back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from casefile.cli.absence import officer_called
from casefile.cli.given import AsJson
from casefile.cli.handover_found import File, Files, For, Handover, Out, Reason, items_called, named
from casefile.cli.handover_shown import outstanding_lines
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import Counter, british, day_given, give
from casefile.errors import Missing


def ask(
    store: Store, which: Handover, file: File, question: Annotated[str, typer.Option(help="The question.")]
) -> None:
    """Ask back before accepting a file."""
    from casefile.handover.receive import ask_back

    with signed_in(store) as opened:
        opened.desk.do(ask_back, items_called(opened.desk, which, [file])[0].id, question)
    typer.echo("The question is sent.")


def answer(
    store: Store, which: Handover, file: File, words: Annotated[str, typer.Option(help="The answer.")]
) -> None:
    """Answer the receiver's question about a file."""
    from casefile.handover.receive import answer_question

    with signed_in(store) as opened:
        opened.desk.do(answer_question, items_called(opened.desk, which, [file])[0].id, words)
    typer.echo("The answer is sent.")


def refuse(store: Store, which: Handover, file: File, reason: Reason) -> None:
    """Refuse a file, and say why."""
    from casefile.handover.receive import refuse as refuse_file

    with signed_in(store) as opened:
        opened.desk.do(refuse_file, items_called(opened.desk, which, [file])[0].id, reason)
    typer.echo(f"{file} is refused; it stays where it was.")


def accept(store: Store, which: Handover, files: Files = None) -> None:
    """Accept files whose checklists you have read; from then on they are yours, with their tasks."""
    from casefile.handover.receive import accept as accept_files

    with signed_in(store) as opened:
        desk = opened.desk
        mine = [
            one
            for one in items_called(desk, which, files)
            if one.step.waits_for_receiver and one.receiver_id == desk.actor.officer_id
        ]
        if not mine:
            raise Missing("No file of it waits for you.")
        count = desk.with_(progress=Counter()).do(accept_files, [one.id for one in mine]).result
    typer.echo(f"{count} files are yours.")


def make_exception(
    store: Store,
    which: Handover,
    reason: Reason,
    interim: Annotated[str, typer.Option(help="Sign-in name of who looks after them meanwhile.")],
    approved_by: Annotated[str, typer.Option(help="Sign-in name of the supervisor who approved.")],
    until: Annotated[str, typer.Option(help="Last day, as 2026-11-30.")],
    files: Files = None,
) -> None:
    """Record that files are not handed over until a day, and why; it comes back when the day has passed."""
    from casefile.handover.settle import record_exception

    with signed_in(store) as opened:
        desk = opened.desk
        found = [one for one in items_called(desk, which, files) if not one.settled]
        desk.do(
            record_exception,
            [one.id for one in found],
            reason,
            approved_by=officer_called(desk, approved_by),
            interim_id=officer_called(desk, interim),
            until_on=day_given(until),
        )
    typer.echo(f"{len(found)} files are excepted until {british(day_given(until))}.")


def sign(
    store: Store, which: Handover, words: Annotated[str, typer.Option(help="What you add.")] = ""
) -> None:
    """Sign a hand-over whose files are all accepted, excepted or to stay."""
    from casefile.handover.queries import handover
    from casefile.handover.settle import sign_handover

    with signed_in(store) as opened:
        opened.desk.do(sign_handover, opened.desk.read(handover, which).row.id, words)
    typer.echo(f"{which} is signed.")


def end(store: Store, which: Handover, reason: Reason) -> None:
    """End a hand-over that is not needed after all."""
    from casefile.handover.begin import end_handover
    from casefile.handover.queries import handover

    with signed_in(store) as opened:
        opened.desk.do(end_handover, opened.desk.read(handover, which).row.id, reason)
    typer.echo(f"{which} has ended.")


def back(
    store: Store,
    name: Annotated[str, typer.Argument(help="Sign-in name of the officer who is back.")],
    files: Files = None,
    why_others_stay: Annotated[str, typer.Option(help="Why files that do not come back stay.")] = "",
    on: Annotated[str, typer.Option(help="First day back, as 2026-11-02; today without it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Begin the return of an officer: all their files, or those named."""
    from casefile.handover.back import start_hand_back, to_come_back

    with signed_in(store) as opened:
        desk = opened.desk
        officer = officer_called(desk, name)
        there = {one.reference.lower(): one.id for one in desk.read(to_come_back, officer)}
        wanted = [named(there, one) for one in files] if files else None
        day: date | None = day_given(on) if on else None
        done = desk.do(start_hand_back, officer, wanted, back_on=day, why_others_stay=why_others_stay)
    if as_json:
        give(done.result)
    elif done.result.files:
        typer.echo(f"{done.result.reference} has begun: {done.result.files} files are on their way back.")
    else:
        typer.echo(f"{name} is back; no file was away.")


def outstanding(
    store: Store,
    team: Annotated[str, typer.Option(help="Only officers of this team.")] = "",
    out: Annotated[Path | None, typer.Option(help="Print it: where the PDF goes.")] = None,
    as_json: AsJson = False,
) -> None:
    """List what of hand-over wants a supervisor, or print it."""
    from casefile.handover.outstanding import outstanding as read_outstanding
    from casefile.paper.handover import print_outstanding

    with signed_in(store) as opened:
        if out is not None:
            save(out, opened.desk.do(print_outstanding, team=team).result, "print")
            typer.echo(f"The list is printed to {out}.")
            return
        found = opened.desk.read(read_outstanding, team=team)
    if as_json:
        give(found)
    else:
        typer.echo("\n".join(outstanding_lines(found)))


def owner(
    store: Store,
    file: File,
    as_of: Annotated[str, typer.Option("--as-of", help="The day, as 2026-11-02; today without it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say who answers for a file today, or answered for it on a day."""
    from casefile.files.queries.listing import find_file
    from casefile.handover.queries import accountable

    with signed_in(store) as opened:
        day = day_given(as_of) if as_of else None
        found = opened.desk.read(accountable, opened.desk.read(find_file, file).id, day)
    if as_json:
        give(found)
    else:
        typer.echo(found.sentence)


def print_one(store: Store, which: Handover, out: Out, recipient: For = "the receiving officers") -> None:
    """Print the pack of a hand-over: index, checklists, signatures."""
    from casefile.paper.handover import print_handover

    with signed_in(store) as opened:
        save(out, opened.desk.do(print_handover, which, recipient).result, "print")
    typer.echo(f"{which} is printed to {out}.")
