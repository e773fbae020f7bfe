"""Alarms from a terminal: what stands on a day, what began and ended between two, and accepting one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from casefile.cli.given import AsJson
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import Counter, british, day_given, give
from casefile.errors import Invalid


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("alarms")(alarms)
    app.command("accept")(accept)


def alarms(
    store: Store,
    reference: Annotated[str | None, typer.Option("--file", help="Only this file.")] = None,
    as_of: Annotated[str, typer.Option("--as-of", help="The day, as 2026-11-02; today without it.")] = "",
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", help="Two days: every alarm that stood, with the days it began and ended."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Replay which alarms stood on a day, or between two, by what police knew then."""
    from casefile.alarms.queries import alarms_between, alarms_on
    from casefile.files.queries.listing import find_file

    if as_of and between:
        raise Invalid("Give a day with --as-of, or two with --between, not both.", kept="Nothing was read.")
    with signed_in(store) as opened:
        desk = opened.desk.with_(progress=Counter())
        file_id = desk.read(find_file, reference).id if reference else None
        if between:
            first, last = (day_given(one) for one in between)
            found = desk.read(alarms_between, first, last, file_id)
        else:
            last = day_given(as_of) if as_of else opened.desk.now().date()
            found = desk.read(alarms_on, last, file_id)
    if as_json:
        give([_plain(one, last) for one in found])
        return
    if not found:
        typer.echo(f"No alarm stood {'between the two days' if between else f'on {british(last)}'}.")
    for one in found:
        typer.echo("\n".join(_lines(one)))


def accept(
    store: Store,
    reference: Annotated[str, typer.Argument(help="The file's reference.")],
    alarm: Annotated[str, typer.Argument(help="Key of the alarm, as `casefile alarms --json` gives it.")],
    until: Annotated[str, typer.Option(help="Last day on which it may stand, as 2026-11-30.")],
    reason: Annotated[str, typer.Option(help="Why it may stand.")],
    about: Annotated[
        str, typer.Option(help="Which of several of that alarm: `about` in the JSON; not needed for one.")
    ] = "",
) -> None:
    """Accept an alarm until a day: it is silent until then, and comes back if it is still true."""
    from casefile.alarms.actions import accept_alarm
    from casefile.alarms.queries import alarms_now
    from casefile.files.queries.listing import find_file

    with signed_in(store) as opened:
        file_id = opened.desk.read(find_file, reference).id
        rows = [one for one in opened.desk.read(alarms_now, file_id) if one.key == alarm]
        mine = [one for one in rows if one.about == about] if about else rows
        if len(mine) != 1:
            raise Invalid(
                f"{reference} has {len(mine)} alarms called {alarm}."
                + (" Say which with --about." if len(mine) > 1 else ""),
                kept="Nothing was accepted.",
            )
        opened.desk.do(accept_alarm, file_id, alarm, mine[0].about, day_given(until), reason)
    typer.echo(f"Accepted until {british(day_given(until))}: {mine[0].because}")


def _plain(row: Any, day: date) -> dict[str, Any]:
    escalated = row.goes_up_on if row.goes_up_on and row.goes_up_on <= day else None
    return {
        "file": row.reference,
        "alarm": row.key,
        "title": row.title,
        "severity": row.severity,
        "told": row.told,
        "began_on": row.began_on,
        "ended_on": row.ended_on,
        "escalated_on": escalated,
        "because": row.because,
        "about": row.about,
        "source": row.source,
    }


def _lines(row: Any) -> list[str]:
    ended = f" to {british(row.ended_on)}" if row.ended_on else ""
    return [
        f"{row.reference}  {row.severity.upper()}  {row.title} ({row.told}), from {british(row.began_on)}{ended}",
        f"  {row.because}",
    ]
