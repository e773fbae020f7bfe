"""Planned strength on paper: what each team needs, has and is allowed, with a chart; what it rests on; scenarios beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from casefile.audit.recipient import recipient_of
from casefile.paper import parts, sheet
from casefile.paper.book import Section, lay_book
from casefile.paper.charts import OVER, PAPER, Bar, bar_drawing, longest
from casefile.paper.model_file import PrintedTable, table_of
from casefile.paper.rows import Cell, Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work
from casefile.workload.strength.queries import compare_scenarios, scenario
from casefile.workload.strength.rows import Comparison, ScenarioPage, Strength
from casefile.workload.strength.rules import against_words, gap_words, number, posts_words

MARKING = "OFFICIAL-SENSITIVE"
_BAR = 150.0
"""Points of a bar at its longest."""
_TITLE = "Planned strength"


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_strength(work: Work, which: str, recipient: str, beside: Sequence[str] = ()) -> bytes:
    """Print a scenario of planned strength, with others beside it if wanted, as a numbered copy.

    Raises:
        Invalid: Nobody is named to receive the copy.
    """
    whom = recipient_of(recipient)
    page, others = _read(work, which, beside)
    number_of_copy = next_number(work.session, f"copy/strength/{page.row.which}")
    work.disclosed_to(whom)
    work.note(scenario=page.row.name, copy=number_of_copy)
    return _printed(work, page, others, number_of_copy)


@query(needs=Permission.OWN_ACCOUNT, logs=Logged.NOT_PERSONAL)
def preview_strength(work: Work, which: str, beside: Sequence[str] = ()) -> bytes:
    """Look at the pages that a scenario would have; every page says that it is no copy."""
    return _printed(work, *_read(work, which, beside), None)


def _read(work: Work, which: str, beside: Sequence[str]) -> tuple[ScenarioPage, Comparison | None]:
    return scenario(work, which), compare_scenarios(work, (which, *beside)) if beside else None


def _printed(work: Work, page: ScenarioPage, others: Comparison | None, copy: int | None) -> bytes:
    stream = io.BytesIO()
    imprint = Imprint(MARKING, _TITLE, page.row.name, work.actor.name, work.now, copy)
    pages = lay_book(_story(page, others), stream, imprint, title=_TITLE, progress=work.progress)
    work.note(pages=pages)
    return stream.getvalue()


def _story(page: ScenarioPage, others: Comparison | None) -> Iterator[Flowable]:
    yield Section(page.row.name)
    yield parts.Heading(f"{_TITLE}: {page.row.name}", sheet.TITLE, "strength", 0)
    yield parts.Gap(8)
    yield from parts.fields(_about(page))
    yield parts.Rule(8, 10)
    if page.lines:
        yield from _table("Posts by team", _by_team(page))
        yield from _table("Posts in all", _totals(page))
        yield from _table("Posts by team and kind", _lines(page))
    if page.against:
        yield from _table("Strength as stated, beside its plan", _against(page))
    if page.checks:
        yield from _table("Totals as stated, beside what they come to", _checks(page))
    if page.assumed.posts:
        yield from _table("What a post gives in a year", _posts(page))
        yield from _table("What each piece of work takes", _rates(page))
    if others is not None:
        yield from _table("Beside other scenarios", _others(others))
    if page.lines:
        yield from _table("How each need is reckoned", _reckoned(page))


def _about(page: ScenarioPage) -> tuple[tuple[str, str], ...]:
    row = page.row
    state = {
        "ships": "Ships with Casefile",
        "draft": "Worked on, not adopted",
        "adopted": f"Adopted {long_date(row.adopted_on)} by {row.adopted_by}"
        + (", in force" if row.in_force else ""),
    }[row.state]
    wrong = sum(not one.agrees for one in page.checks)
    found = (
        ("Scenario", row.name),
        ("State", state),
        ("Why", row.reason),
        ("Copied from", row.copied_from),
        ("About", page.assumed.about),
        ("Source", page.assumed.source),
        ("Rests on", " ".join(page.basis)),
        ("Stated totals", f"{wrong} of {len(page.checks)} do not add up" if page.checks else ""),
        ("To be read as", "A tool for judgement: what the assumptions come to, not a target."),
    )
    return tuple((label, words) for label, words in found if words)


def _table(title: str, table: PrintedTable) -> Iterator[Flowable]:
    yield parts.words(title, sheet.GROUP)
    yield parts.Gap(2)
    yield from table_of(table)
    yield parts.Gap(10)


def strength_bars(page: ScenarioPage) -> tuple[Bar, ...]:
    """Each team: posts needed against those there, both in tenths of a post; what is short is told as above the mark."""
    found: list[Bar] = []
    for name in dict.fromkeys(one.team for one in page.lines):
        lines = [one for one in page.lines if one.team == name]
        need = sum(one.need for one in lines if one.need is not None)
        have = [one.actual for one in lines if one.actual is not None]
        allowed = [one.establishment for one in lines if one.establishment is not None]
        said = f"needs {posts_words(need)}"
        said += f", has {posts_words(sum(have))}: {gap_words(sum(have), need)}" if have else ""
        said += f"; establishment {number(sum(allowed))}" if allowed else ""
        found.append(Bar(name, round(need * 10), round(sum(have) * 10), said))
    return tuple(found)


def _by_team(page: ScenarioPage) -> PrintedTable:
    columns = (Column("Team", 34), Column("Needed, and the mark of those there", 58), Column("In words", 60))
    bars = strength_bars(page)
    most = longest(bars)
    rows: Iterator[tuple[Cell, ...]] = (
        (one.name, bar_drawing(one, most, _BAR, 8, PAPER), f"{OVER} {one.said}" if one.over else one.said)
        for one in bars
    )
    return PrintedTable("teams", "", columns, rows)


_POSTS = (
    Column("Needed", 12, number=True),
    Column("Actual", 12, number=True),
    Column("Establishment", 16, number=True),
    Column("", 20),
)


def _figures(one: Strength) -> tuple[str, ...]:
    allowed = "" if one.establishment is None else number(one.establishment)
    return posts_words(one.need) or "not known", posts_words(one.actual), allowed, one.gap


def _totals(page: ScenarioPage) -> PrintedTable:
    rows = ((one.label, *_figures(one)) for one in page.totals)
    return PrintedTable("totals", "", (Column("Post", 40), *_POSTS), rows)


def _lines(page: ScenarioPage) -> PrintedTable:
    rows = ((one.team, one.label, *_figures(one)) for one in page.lines)
    return PrintedTable("lines", "", (Column("Team", 24), Column("Post", 32), *_POSTS), rows)


def _reckoned(page: ScenarioPage) -> PrintedTable:
    columns = (Column("Team", 20), Column("Post", 26), Column("Reckoned", 74))
    rows = ((one.team, one.label, one.why) for one in page.lines if one.need)
    return PrintedTable("reckoned", "", columns, rows, "No work asks for any post.")


def _against(page: ScenarioPage) -> PrintedTable:
    columns = (Column("When", 44), Column("Actual against planned", 56), Column("Source", 12))
    rows = ((one.label, against_words(one), one.source) for one in page.against)
    return PrintedTable("against", "", columns, rows)


def _checks(page: ScenarioPage) -> PrintedTable:
    columns = (
        Column("What", 30),
        Column("Stated", 12, number=True),
        Column("Recomputed", 19, number=True),
        Column("", 14),
        Column("In words", 56),
        Column("Source", 14),
    )
    rows = (
        (one.label, one.stated, one.found, "agrees" if one.agrees else "does not", one.words, one.source)
        for one in page.checks
    )
    return PrintedTable("checks", "", columns, rows)


def _posts(page: ScenarioPage) -> PrintedTable:
    columns = (
        Column("Post", 34),
        Column("Hours", 12, number=True),
        Column("Abstraction", 14, number=True),
        Column("Basis", 60),
    )
    rows = (
        (page.posts[one.post], number(one.hours), f"{number(one.abstraction * 100)} %", one.basis)
        for one in page.assumed.posts
    )
    return PrintedTable("posts", "", columns, rows)


def _rates(page: ScenarioPage) -> PrintedTable:
    columns = (
        Column("Work", 30),
        Column("Post", 32),
        Column("Hours each", 14, number=True),
        Column("Basis", 44),
    )
    rows = (
        (page.volumes[one.volume], page.posts[one.post], number(one.hours), one.basis)
        for one in page.assumed.rates
    )
    return PrintedTable("rates", "", columns, rows)


def _others(found: Comparison) -> PrintedTable:
    columns = (Column("", 44), *(Column(one.name, 22, number=True) for one in found.rows))
    rows = ((f"{one.heading}: {one.label}", *one.values) for one in found.lines if one.differs)
    return PrintedTable("others", "", columns, rows, "They say the same throughout.")
