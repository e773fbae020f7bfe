"""The diary from a terminal: read, printed, given out as a calendar file, kept up to date; invitations brought in."""

from __future__ import annotations

import platform
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from casefile.cli.given import AsJson
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import Counter, british, day_given, give
from casefile.desk import Desk
from casefile.diary.rows import Diary, DiaryKind, DiaryRow, DiaryState, Wanted
from casefile.errors import Invalid, Unavailable

From = Annotated[str, typer.Option("--from", help="First day, as 2026-11-02; today without it.")]
Until = Annotated[str, typer.Option("--until", help="Last day; four weeks from the first without it.")]
OfFile = Annotated[str, typer.Option("--file", help="Only this file, by its reference.")]
OfTeam = Annotated[str | None, typer.Option("--team", help="A team by its name; “own” for one’s own.")]
For = Annotated[str, typer.Option("--for", help="Whom it is for; the log names them.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="The diary: everything with a date.", no_args_is_help=True)
    group.command("show")(show)
    group.command("print")(print_one)
    group.command("export")(export)
    group.command("invite")(invite)
    group.command("subscribe")(subscribe)
    group.command("refresh")(refresh)
    group.command("unsubscribe")(unsubscribe)
    app.add_typer(group, name="diary")


def show(
    store: Store,
    first: From = "",
    last: Until = "",
    file: OfFile = "",
    team: OfTeam = None,
    kind: Annotated[
        list[DiaryKind] | None, typer.Option(help="Only this kind; may be given several times.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show everything with a date, for you, a file or a team, with what does not go together."""
    from casefile.diary.queries import diary

    with signed_in(store) as opened:
        desk = opened.desk
        found = desk.read(diary, _wanted(desk, first, last, file, team, kind))
    if as_json:
        give(found)
        return
    typer.echo(f"{found.title}, {british(found.from_on)} to {british(found.until_on)}")
    for line in _lines(found):
        typer.echo(line)
    if not found.rows:
        typer.echo("Nothing stands in these days.")
    if found.left_off:
        typer.echo("There is more than one diary can hold: ask for fewer days.")


def print_one(
    store: Store,
    out: Annotated[Path, typer.Option(help="Where the PDF goes.")],
    recipient: For,
    first: From = "",
    last: Until = "",
    file: OfFile = "",
    team: OfTeam = None,
) -> None:
    """Print a diary week by week, as a numbered copy."""
    from casefile.paper.diary import print_diary

    with signed_in(store) as opened:
        desk = opened.desk
        wanted = _wanted(desk, first, last, file, team, None)
        pdf = desk.with_(progress=Counter()).do(print_diary, wanted, recipient).result
    save(out, pdf, "print")
    typer.echo(f"The diary is printed to {out}.")


def export(
    store: Store,
    out: Annotated[Path, typer.Option(help="Where the .ics goes.")],
    recipient: For,
    first: From = "",
    last: Until = "",
    file: OfFile = "",
    team: OfTeam = None,
    names: Annotated[
        bool, typer.Option("--names", help="Name the families; without it only references and kinds.")
    ] = False,
) -> None:
    """Give a diary out as a calendar file (.ics)."""
    from casefile.exchange.diary.give_out import export_diary

    with signed_in(store) as opened:
        desk = opened.desk
        wanted = _wanted(desk, first, last, file, team, None)
        data = desk.do(export_diary, wanted, recipient, with_names=names).result
    save(out, data, "export")
    typer.echo(f"The diary is exported to {out}.")


def invite(
    store: Store,
    reference: Annotated[str, typer.Argument(help="The file’s reference.")],
    invitation: Annotated[Path, typer.Argument(help="The invitation: an .ics, or the mail that carries it.")],
    form: Annotated[str, typer.Option(help="conference, core_group or strategy; found out without it.")] = "",
    number: Annotated[int, typer.Option(help="Which meeting, where the file holds several.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Start the form of a meeting from an invitation; it waits among your drafts to be confirmed."""
    from casefile.exchange.diary.invitation import draft_from_invitation, read_invitations
    from casefile.files.queries.listing import find_file

    try:
        data = invitation.read_bytes()
    except OSError as error:
        raise Unavailable(
            f"{invitation} cannot be read: {error.strerror}.", kept="Nothing was started."
        ) from error
    with signed_in(store) as opened:
        desk = opened.desk
        found = read_invitations(invitation.name, data, desk.now().date())
        if not 1 <= number <= len(found):
            raise Invalid(f"{invitation.name} holds {len(found)} meetings.", kept="Nothing was started.")
        file_id = desk.read(find_file, reference).id
        done = desk.do(draft_from_invitation, file_id, found[number - 1], form).result
    if as_json:
        give(done)
        return
    waits = f"A draft under {done.section} waits to be confirmed and signed."
    typer.echo(f"{done.what} {done.why_not or waits}")
    for doubt in done.doubts:
        typer.echo(f"  {doubt}")
    if len(found) > 1:
        typer.echo(f"  {invitation.name} holds {len(found)} meetings; --number takes another.")


def subscribe(
    store: Store,
    out: Annotated[
        Path, typer.Option(help="Where the .ics is kept, for a calendar program to subscribe to.")
    ],
    team: OfTeam = None,
) -> None:
    """Keep a calendar file up to date on this computer: references and kinds of date, no names of families."""
    from casefile.exchange.diary.feeds import begin_feed

    with signed_in(store) as opened:
        desk = opened.desk
        whose = ("me", "") if team is None else ("team", "" if team == "own" else team)
        feed: Any = desk.do(begin_feed, platform.node(), str(out.resolve()), *whose).result
        _write(desk, feed.id, Path(feed.path))
    typer.echo(f"{feed.path} is kept up to date; `casefile diary refresh` writes it anew when it must be.")


def refresh(store: Store, as_json: AsJson = False) -> None:
    """Write your calendar files of this computer anew where what they hold has changed."""
    from casefile.exchange.diary.feeds import feed_is_due, feeds

    told: list[dict[str, Any]] = []
    with signed_in(store) as opened:
        desk = opened.desk
        for feed in desk.read(feeds):
            if feed.machine != platform.node():
                continue
            path = Path(feed.path)
            due = not path.exists() or desk.read(feed_is_due, feed.id)
            if due:
                _write(desk, feed.id, path)
            told.append({"path": feed.path, "written": due})
    if as_json:
        give(told)
        return
    for one in told:
        typer.echo(f"{one['path']}: {'written' if one['written'] else 'as it should be'}.")
    if not told:
        typer.echo("No calendar file is kept up to date on this computer.")


def unsubscribe(
    store: Store, out: Annotated[Path, typer.Option(help="The calendar file that is kept no longer.")]
) -> None:
    """End a calendar file and take it away from its place."""
    from casefile.errors import Missing
    from casefile.exchange.diary.feeds import end_feed, feeds

    place = str(out.resolve())
    with signed_in(store) as opened:
        desk = opened.desk
        feed = next((one for one in desk.read(feeds) if one.path == place), None)
        if feed is None:
            raise Missing(f"No calendar file is kept up to date at {place}.")
        desk.do(end_feed, feed.id)
    try:
        out.unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(
            f"{out} cannot be taken away: {error.strerror}.",
            kept="It is written no more.",
            remedy="Delete it.",
        ) from error
    typer.echo(f"{place} is kept no longer and was taken away.")


def _write(desk: Desk, feed_id: UUID, path: Path) -> None:
    from casefile.exchange.diary.feeds import forget_writing, put_file, take_feed

    data = desk.do(take_feed, feed_id).result
    try:
        put_file(path, data)
    except Unavailable:
        desk.do(forget_writing, feed_id)
        raise


def _wanted(
    desk: Desk, first: str, last: str, file: str, team: str | None, kinds: list[DiaryKind] | None
) -> Wanted:
    from casefile.files.queries.listing import find_file

    begins = day_given(first) if first else desk.now().date()
    ends: date = day_given(last) if last else begins + timedelta(days=27)
    only = frozenset(kinds or ())
    if file:
        return Wanted(begins, ends, "file", desk.read(find_file, file).id, kinds=only)
    if team is not None:
        return Wanted(begins, ends, "team", team="" if team == "own" else team, kinds=only)
    return Wanted(begins, ends, kinds=only)


def _lines(found: Diary) -> list[str]:
    lines: list[str] = []
    day: date | None = None
    for one in found.rows:
        if one.on != day:
            day = one.on
            lines.append(f"{one.on:%a} {british(one.on)}")
        lines.append(f"  {_line(one)}")
        lines += [f"      ! {words}" for words in one.conflicts]
    return lines


def _line(one: DiaryRow) -> str:
    at = f"{one.at:%H:%M}" if one.at else "     "
    if one.state is DiaryState.AWAY:
        return f"{at}  {one.title}. {one.note}."
    who = f" · {one.officer}" if one.officer else ""
    name = f" {one.family_name.upper()}" if one.family_name else ""
    return f"{at}  {one.kind.label}: {one.title} ({one.state.value}) · {one.reference}{name}{who}"
