"""The review queue from a terminal: narrowed as in the window, kept under a name, printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casefile.cli.absence import officer_called
from casefile.cli.given import AsJson
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import give
from casefile.errors import Invalid, Missing

if TYPE_CHECKING:
    from casefile.desk import Desk
    from casefile.supervision.queue import QueueFilter

_UNREAD = "Nothing was read."


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("queue")(queue)


def queue(  # noqa: PLR0913, PLR0917 (a filter is as wide as what can be asked for)
    store: Store,
    whose: Annotated[
        str, typer.Option(help="`mine`, `told` (gone up to one's rank) or `all`; by role without it.")
    ] = "",
    officer: Annotated[str, typer.Option(help="Only files of this officer, by name.")] = "",
    alarm: Annotated[
        str, typer.Option(help="Only files with this alarm: its key, as in `casefile alarms --json`.")
    ] = "",
    risk: Annotated[
        str, typer.Option(help="Only this level: `high`, `medium`, `standard`, `not_assessed`.")
    ] = "",
    plan: Annotated[
        bool | None,
        typer.Option("--plan/--no-plan", help="Only with a child protection plan, or only without."),
    ] = None,
    text: Annotated[str, typer.Option(help="Words of reference, names or address.")] = "",
    kept: Annotated[str, typer.Option(help="A filter kept under this name, instead of those above.")] = "",
    keep: Annotated[str, typer.Option(help="Keep this filter under a name.")] = "",
    out: Annotated[Path | None, typer.Option(help="Print it: where the PDF goes.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the review queue: files that want a supervisor, by danger and lateness, and why; or print it."""
    from casefile.paper.queue import MOST, print_queue
    from casefile.supervision.queue import QueueFilter, default_whose, review_queue
    from casefile.supervision.saved import keep_filter

    with signed_in(store) as opened:
        desk = opened.desk
        chosen: Any = whose or default_whose(desk.actor.role)
        if chosen not in ("mine", "told", "all"):
            raise Invalid(f"“{whose}” is none of mine, told and all.", kept=_UNREAD)
        _known(desk, alarm, risk)
        held = officer_called(desk, officer) if officer else None
        wanted = QueueFilter(chosen, held, alarm or None, risk or None, plan, text)
        wanted = _kept(desk, kept) if kept else wanted
        if keep:
            desk.do(keep_filter, keep, wanted)
        if out is not None:
            save(out, desk.do(print_queue, wanted).result, "print")
            typer.echo(f"The queue is printed to {out}.")
            return
        page = desk.read(review_queue, wanted, limit=MOST)
    if as_json:
        give(page.rows)
        return
    typer.echo(f"{page.total} {'file wants' if page.total == 1 else 'files want'} a supervisor.")
    for one in page.rows:
        typer.echo(
            f"{one.reference}  {one.severity.upper()}  {one.family_name or 'no name yet'}\n  {one.why}"
        )


def _known(desk: Desk, alarm: str, risk: str) -> None:
    """Refuse an alarm or a level that there is not, instead of finding nothing."""
    if alarm and alarm not in desk.standards.alarms:
        raise Invalid(f"There is no alarm called {alarm}: docs/alarms.md lists their keys.", kept=_UNREAD)
    levels = desk.standards.codes("risk_level")
    if risk and risk not in levels:
        names = ", ".join(one.code for one in levels.codes)
        raise Invalid(f"There is no level of risk called {risk}: they are {names}.", kept=_UNREAD)


def _kept(desk: Desk, name: str) -> QueueFilter:
    from casefile.supervision.saved import kept_filters

    found = {one.name.casefold(): one.filter for one in desk.read(kept_filters)}
    if (wanted := found.get(" ".join(name.split()).casefold())) is None:
        names = ", ".join(found) or "none"
        raise Missing(f"You keep no filter called {name}. You keep: {names}.", kept=_UNREAD)
    return wanted
