"""Planned strength, from a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.cli.given import AsJson
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import british, day_given, give
from casefile.errors import Invalid

Which = Annotated[str, typer.Argument(help="Name of the scenario, or key of one that ships.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(
        help="Planned strength: the posts that each team’s work needs, beside those it has.",
        no_args_is_help=True,
    )
    group.command("list")(list_all)
    group.command("show")(show)
    group.command("copy")(copy)
    group.command("set")(change)
    group.command("team")(team)
    group.command("count")(count)
    group.command("compare")(compare)
    group.command("adopt")(adopt)
    group.command("drop")(drop)
    group.command("print")(print_one)
    app.add_typer(group, name="strength")


def list_all(store: Store, as_json: AsJson = False) -> None:
    """List the scenarios: the one in force first, those that ship last."""
    from casefile.workload.strength.queries import scenarios

    with signed_in(store) as opened:
        found = opened.desk.read(scenarios)
    if as_json:
        give(found)
        return
    for one in found:
        if one.adopted_on:
            state = f"adopted {british(one.adopted_on)} by {one.adopted_by}" + (
                ", in force" if one.in_force else ""
            )
        else:
            state = "ships with Casefile" if one.state == "ships" else f"worked on by {one.saved_by}"
        typer.echo(f"{one.name} ({one.which}): {state}")


def show(store: Store, which: Which, as_json: AsJson = False) -> None:
    """Show a scenario: posts needed, there and allowed, how each is reckoned, and stated totals recomputed."""
    from casefile.workload.strength.queries import scenario
    from casefile.workload.strength.rules import against_words, number, posts_words

    with signed_in(store) as opened:
        page = opened.desk.read(scenario, which)
    if as_json:
        give(page)
        return
    typer.echo(page.row.name)
    if page.assumed.about:
        typer.echo(page.assumed.about)
    for one in page.totals:
        have = "" if one.actual is None else f", there {number(one.actual)}"
        allowed = "" if one.establishment is None else f", allowed {number(one.establishment)}"
        gap = f" ({one.gap})" if one.gap else ""
        typer.echo(f"{one.label}: needed {posts_words(one.need) or 'not known'}{have}{allowed}{gap}")
    for one in page.lines:
        typer.echo(f"  {one.team}, {one.label}: {posts_words(one.need) or 'not known'}. {one.why}")
    for one in page.against:
        typer.echo(f"{one.label}: {against_words(one)}")
    for one in page.checks:
        typer.echo(f"{'agrees' if one.agrees else 'DOES NOT ADD UP'}  {one.label}: {one.words}")
    for said in page.basis:
        typer.echo(said)


def copy(
    store: Store, which: Which, name: Annotated[str, typer.Option("--as", help="Name of the copy.")]
) -> None:
    """Copy a scenario, to change the copy."""
    from casefile.workload.strength.actions import copy_scenario

    with signed_in(store) as opened:
        opened.desk.do(copy_scenario, which, name)
    typer.echo(f"{which} is copied to {name}.")


def change(
    store: Store,
    which: Which,
    figures: Annotated[
        list[str],
        typer.Argument(
            help="Figures, as volumes/Team North/referral=900 hours/referral/pclo=1.5 abstraction/dc=25%."
        ),
    ],
) -> None:
    """Change figures of a scenario: all of them, or none."""
    from casefile.workload.strength.actions import set_figures

    given: dict[str, str | float] = {}
    for one in figures:
        path, sign, value = one.rpartition("=")
        if not sign:
            raise Invalid(
                f"“{one}” is no figure. Write it as available/dc=1650.", kept="Nothing was changed."
            )
        given[path] = value
    with signed_in(store) as opened:
        opened.desk.do(set_figures, which, given)
    typer.echo(f"{len(given)} {'figure is' if len(given) == 1 else 'figures are'} changed in {which}.")


def team(
    store: Store,
    which: Which,
    name: Annotated[str, typer.Argument(help="The team.")],
    gone: Annotated[bool, typer.Option("--remove", help="Take it out instead.")] = False,
) -> None:
    """Add a team to a scenario, or take it out."""
    from casefile.workload.strength.actions import add_planned_team, remove_planned_team

    with signed_in(store) as opened:
        opened.desk.do(remove_planned_team if gone else add_planned_team, which, name)
    typer.echo(f"{name} is {'taken out of' if gone else 'added to'} {which}.")


def count(
    store: Store,
    which: Which,
    until: Annotated[str, typer.Option(help="Last day of the year; today without it.")] = "",
) -> None:
    """Count a year’s volumes from the record into a scenario, team by team."""
    from casefile.workload.strength.actions import count_volumes

    day = day_given(until) if until else None
    with signed_in(store) as opened:
        opened.desk.do(count_volumes, which, day)
    typer.echo(f"The volumes of the record stand in {which}.")


def compare(
    store: Store,
    which: Annotated[list[str], typer.Argument(help="Two to four scenarios.")],
    everything: Annotated[bool, typer.Option("--all", help="Also what is the same in all of them.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put scenarios side by side."""
    from casefile.workload.strength.queries import compare_scenarios

    with signed_in(store) as opened:
        found = opened.desk.read(compare_scenarios, tuple(which))
    if as_json:
        give(found)
        return
    typer.echo(" | ".join(("", *(one.name for one in found.rows))))
    heading = ""
    for one in found.lines:
        if one.differs or everything:
            if one.heading != heading:
                heading = one.heading
                typer.echo(heading)
            typer.echo("  " + " | ".join((one.label, *(value or "none" for value in one.values))))


def adopt(
    store: Store, which: Which, reason: Annotated[str, typer.Option(help="Why, by which decision.")]
) -> None:
    """Adopt a scenario as the planned strength. It is never changed again."""
    from casefile.workload.strength.actions import adopt_scenario

    with signed_in(store) as opened:
        opened.desk.do(adopt_scenario, which, reason)
    typer.echo(f"{which} is adopted.")


def drop(store: Store, which: Which) -> None:
    """Throw away a scenario that was never adopted."""
    from casefile.workload.strength.actions import drop_scenario

    with signed_in(store) as opened:
        opened.desk.do(drop_scenario, which)
    typer.echo(f"{which} is thrown away.")


def print_one(
    store: Store,
    which: Which,
    out: Annotated[Path, typer.Option(help="Where the PDF goes.")],
    others: Annotated[
        list[str] | None, typer.Option("--beside", help="Scenarios to print beside it.")
    ] = None,
    recipient: Annotated[str, typer.Option("--for", help="Whom the copy is for.")] = "the command",
) -> None:
    """Print a scenario, with a chart; others beside it if wanted."""
    from casefile.paper.strength import print_strength

    with signed_in(store) as opened:
        pdf = opened.desk.do(print_strength, which, recipient, tuple(others or ())).result
    save(out, pdf, "print")
    typer.echo(f"{which} is printed to {out}.")
