"""The staff record, from a terminal: hours, probation, accreditations and their gaps, conflicts of interest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

import typer

from casefile.cli.absence import officer_called
from casefile.cli.given import AsJson
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import Code, british, day_given, give
from casefile.errors import Missing

Officer = Annotated[str, typer.Argument(help="The officer's sign-in name.")]
Kind = Annotated[str, typer.Argument(help="Code of the accreditation, e.g. researcher_course.")]
Reason = Annotated[str, typer.Option(help="Why.")]


def group() -> typer.Typer:
    """The commands of ``casefile officer record``."""
    made = typer.Typer(help="The staff record of officers.", no_args_is_help=True)
    made.command("list")(list_all)
    made.command("show")(show)
    made.command("terms")(terms)
    made.command("accredit")(accredit)
    made.command("withdraw")(withdraw)
    made.command("conflict")(conflict)
    made.command("end-conflict")(end)
    return made


def list_all(
    store: Store,
    team: Annotated[str, typer.Option(help="Only this team.")] = "",
    gaps: Annotated[
        bool, typer.Option("--gaps", help="Only who lacks an accreditation, or soon will.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the staff with what they lack; with --gaps the exit code is 1 while anything is lacking now."""
    from casefile.workload.record import staff

    with signed_in(store) as opened:
        found = opened.desk.read(staff, team=team, only_gaps=gaps)
    if as_json:
        give(found)
    else:
        for one in found:
            typer.echo(_row_line(one))
            for gap, told in zip(one.gaps, one.told, strict=True):
                typer.echo(f"  {'▲' if gap.now else '◷'} {told}")
        if not found:
            typer.echo("Nobody lacks an accreditation." if gaps else "There is nobody.")
    if gaps and any(gap.now for one in found for gap in one.gaps):
        raise typer.Exit(Code.FOUND.value)


def show(store: Store, name: Officer, as_json: AsJson = False) -> None:
    """Show the staff record of one officer."""
    from casefile.workload.record import staff_record

    with signed_in(store) as opened:
        found = opened.desk.read(staff_record, officer_called(opened.desk, name))
    if as_json:
        give(found)
    else:
        typer.echo("\n".join(_record_lines(found)))


def terms(
    store: Store,
    name: Officer,
    from_on: Annotated[str, typer.Option("--from", help="First day, as 2026-11-02.")],
    hours: Annotated[int | None, typer.Option(help="Hundredths of full time.")] = None,
    probation: Annotated[str, typer.Option(help="Last day of probation; a day before --from ends it.")] = "",
    post: Annotated[str | None, typer.Option(help="Code of the post, e.g. dc.")] = None,
    area: Annotated[
        list[str] | None, typer.Option(help="A borough or area they cover; may be repeated.")
    ] = None,
    note: Annotated[str, typer.Option(help="A note.")] = "",
) -> None:
    """Record other hours, a probation, another post or other areas from a day on."""
    from casefile.workload.keep import NewTerms, record_terms

    until = day_given(probation) if probation else None
    new = NewTerms(day_given(from_on), hours, until, post, area or None, note)
    with signed_in(store) as opened:
        opened.desk.do(record_terms, officer_called(opened.desk, name), new)
    typer.echo(f"The record of {name} says so from {british(new.from_on)}.")


def accredit(
    store: Store,
    name: Officer,
    kind: Kind,
    granted: Annotated[str, typer.Option(help="First day, as 2026-11-02.")],
    evidence: Annotated[str, typer.Option(help="What shows it.")],
    expires: Annotated[str, typer.Option(help="Last day; without it, it does not expire.")] = "",
) -> None:
    """Record that an officer was accredited."""
    from casefile.workload.keep import NewAccreditation, grant_accreditation

    new = NewAccreditation(kind, day_given(granted), day_given(expires) if expires else None, evidence)
    with signed_in(store) as opened:
        opened.desk.do(grant_accreditation, officer_called(opened.desk, name), new)
    typer.echo(f"The accreditation of {name} is recorded.")


def withdraw(
    store: Store,
    name: Officer,
    kind: Kind,
    on: Annotated[str, typer.Option(help="First day on which it stands no more.")],
    reason: Reason,
) -> None:
    """Record that an accreditation stands no more."""
    from casefile.workload.keep import withdraw_accreditation
    from casefile.workload.record import staff_record

    with signed_in(store) as opened:
        desk = opened.desk
        held = desk.read(staff_record, officer_called(desk, name)).accreditations
        found = [one for one in held if one.kind == kind and one.withdrawn_on is None]
        if not found:
            raise Missing(f"{name} has no accreditation {kind} that stands.")
        desk.do(withdraw_accreditation, found[-1].id, day_given(on), reason)
    typer.echo(f"The accreditation of {name} is withdrawn.")


def conflict(
    store: Store,
    name: Officer,
    words: Annotated[str, typer.Argument(help="With whom and why.")],
    file: Annotated[str, typer.Option(help="Reference of the file it is about.")] = "",
) -> None:
    """Declare a conflict of interest: your own, or as a supervisor that of another."""
    from casefile.files.queries.listing import find_file
    from casefile.workload.keep import declare_conflict

    with signed_in(store) as opened:
        desk = opened.desk
        file_id = desk.read(find_file, file).id if file else None
        done = desk.do(declare_conflict, officer_called(desk, name), words, file_id=file_id)
    typer.echo(f"The conflict of interest of {name} is recorded as {done.result}.")


def end(
    store: Store,
    conflict_id: Annotated[UUID, typer.Argument(help="Its number, as the record shows it in JSON.")],
    reason: Reason,
) -> None:
    """Record that a conflict of interest stands no more."""
    from casefile.workload.keep import end_conflict

    with signed_in(store) as opened:
        opened.desk.do(end_conflict, conflict_id, reason)
    typer.echo("The conflict of interest has ended.")


def _row_line(one: Any) -> str:
    hours = "" if one.fte == 100 else f", {one.fte}% of full time"
    probation = f", on probation until {british(one.probation_until)}" if one.probation_until else ""
    away = f", away: {one.away}" if one.away else ""
    return f"{one.officer}, {one.role_title}, {one.team or 'no team'}{hours}{probation}{away}"


def _record_lines(found: Any) -> Iterator[str]:
    yield _row_line(found.row)
    yield from (
        f"  {'▲' if gap.now else '◷'} {told}"
        for gap, told in zip(found.row.gaps, found.row.told, strict=True)
    )
    yield "Accreditations"
    for one in found.accreditations:
        until = f" to {british(one.expires_on)}" if one.expires_on else ""
        yield f"  {one.title}: {british(one.granted_on)}{until}, {one.state}. {one.evidence}"
    yield "Terms of service"
    yield from (f"  From {british(one.from_on)}: {one.said}" for one in found.terms)
    if found.conflicts:
        yield "Conflicts of interest"
        yield from (
            f"  {one.reference or 'A restricted file' if not one.words else one.words}"
            for one in found.conflicts
        )
