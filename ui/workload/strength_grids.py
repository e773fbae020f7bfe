"""What the tables of planned strength show: the posts needed, every assumption, stated totals, scenarios side by side."""

from __future__ import annotations

from casefile.workload.strength.assumed import Rate
from casefile.workload.strength.rows import Comparison, ScenarioPage, Strength
from casefile.workload.strength.rules import against_words, number, posts_words
from ui.workload.figures import Cell, Grid, Line

FIGURE = 104
"""Pixels at 100 % of a column of figures."""


def needed(page: ScenarioPage) -> Grid:
    """Posts over all teams, then team by team."""
    headings = ("Team", "Post", "Needed", "Actual", "Establishment", "Against the need")
    lines = [_strength(one) for one in (*page.totals, *page.lines)]
    return Grid(headings, tuple(lines), (150, 0, 88, 88, 112, 150), frozenset({0, 1, 5}))


def _strength(one: Strength) -> Line:
    allowed = "" if one.establishment is None else number(one.establishment)
    tone = "late" if one.gap.endswith("short") else ""
    cells = (one.team, one.label, posts_words(one.need) or "not known", posts_words(one.actual), allowed)
    explains = one.why or "The sum over the teams below."
    return Line((*(Cell(text) for text in cells), Cell(one.gap, tone=tone)), explains)


def volumes(page: ScenarioPage, *, may: bool) -> Grid:
    """How much work comes to each team in a year."""
    kinds = tuple(page.volumes)
    lines = tuple(
        Line(
            (
                Cell(team.name),
                *(
                    _figure(number(team.volumes.get(kind, 0)), f"volumes/{team.name}/{kind}", may=may)
                    for kind in kinds
                ),
            ),
            f"{team.name}: a year’s volumes.",
        )
        for team in page.assumed.teams
    )
    return Grid(("Team", *page.volumes.values()), lines, (180, *(164 for _ in kinds)))


def hours(page: ScenarioPage, *, may: bool) -> Grid:
    """Hours that each piece of work takes of each kind of post."""
    posts = tuple(page.posts)
    lines = tuple(
        Line(
            (
                Cell(words),
                *(
                    _figure(_hours(page.assumed.rate(kind, post)), f"hours/{kind}/{post}", may=may)
                    for post in posts
                ),
            ),
            "; ".join(
                f"{page.posts[one.post]}: {one.basis}"
                for one in page.assumed.rates
                if one.volume == kind and one.basis
            ),
        )
        for kind, words in page.volumes.items()
    )
    return Grid(("Work", *page.posts.values()), lines, (180, *(190 for _ in posts)))


def _hours(rate: Rate | None) -> str:
    return number(rate.hours) if rate is not None and rate.hours else ""


def posts(page: ScenarioPage, *, may: bool) -> Grid:
    """What a full-time post of each kind gives in a year."""
    lines: list[Line] = []
    for key, words in page.posts.items():
        held = page.assumed.post(key)
        given = number(held.hours * (1 - held.abstraction)) if held else ""
        lost = (
            _figure(f"{number(held.abstraction * 100)}%", f"abstraction/{key}", may=may) if held else Cell("")
        )
        cells = (
            Cell(words),
            _figure(number(held.hours) if held else "", f"available/{key}", may=may),
            lost,
            Cell(given),
            Cell(held.basis if held else ""),
        )
        lines.append(Line(cells, held.basis if held else "Type its hours in a year first."))
    headings = ("Post", "Hours in a year", "Abstraction", "Left for work", "Basis")
    return Grid(headings, tuple(lines), (220, 120, FIGURE, FIGURE, 0), frozenset({0, 4}))


def establishment(page: ScenarioPage, *, may: bool) -> Grid:
    """Posts that each team is allowed."""
    kinds = tuple(page.posts)
    lines = tuple(
        Line(
            (
                Cell(team.name),
                *(
                    _figure(
                        _allowed(team.establishment.get(kind)), f"establishment/{team.name}/{kind}", may=may
                    )
                    for kind in kinds
                ),
            ),
            f"{team.name}: posts allowed. Leave a figure empty where none is recorded.",
        )
        for team in page.assumed.teams
    )
    return Grid(("Team", *page.posts.values()), lines, (180, *(190 for _ in kinds)))


def _allowed(value: float | None) -> str:
    return "" if value is None else number(value)


def stated(page: ScenarioPage, *, may: bool) -> Grid:
    """Totals as a source states them, each beside what it comes to, with its parts below."""
    lines = [
        Line(
            (
                Cell(one.label),
                Cell(number(one.planned)),
                Cell(number(one.actual)),
                Cell(""),
                Cell(one.source),
            ),
            against_words(one),
        )
        for one in page.against
    ]
    parts = {one.label: one for one in page.assumed.sums}
    for check in page.checks:
        mark = Cell("agrees", tone="done") if check.agrees else Cell("does not", tone="late")
        held = parts.get(check.label)
        said = _figure(check.stated, f"sum/{held.key}/stated" if held else "", may=may and held is not None)
        lines.append(
            Line((Cell(check.label), said, Cell(check.found), mark, Cell(check.source)), check.words)
        )
        for term in held.terms if held else ():
            path = f"sum/{held.key}/{term.key}" if held else ""
            cells = (
                Cell(f"    {term.label}"),
                Cell(""),
                _figure(number(term.value), path, may=may),
                Cell(""),
                Cell(term.source),
            )
            lines.append(Line(cells, f"{term.label.capitalize()}, a part of: {check.label}."))
    headings = ("What", "Stated, planned", "Comes to, actual", "", "Source")
    return Grid(headings, tuple(lines), (0, 130, 140, 110, 110), frozenset({0, 3, 4}))


def beside(found: Comparison, *, everything: bool = False) -> Grid:
    """Scenarios side by side; what is the same in all is left out unless wanted."""
    lines: list[Line] = []
    heading = ""
    for one in found.lines:
        if not one.differs and not everything:
            continue
        if one.heading != heading:
            heading = one.heading
            lines.append(Line((Cell(heading), *(Cell("") for _ in found.rows)), "", heading=True))
        lines.append(Line((Cell(f"    {one.label}"), *(Cell(text) for text in one.values))))
    if not lines:
        lines.append(Line((Cell("They say the same throughout."), *(Cell("") for _ in found.rows))))
    return Grid(("", *(one.name for one in found.rows)), tuple(lines), (0, *(170 for _ in found.rows)))


def basis(page: ScenarioPage, view: str, *, may: bool, allocates: bool) -> str:
    """What a table rests on, or how it is used.

    Args:
        page: The scenario.
        view: Which table.
        may: Whether its figures can be typed over.
        allocates: Whether this officer may copy it.
    """
    if view == "needed":
        return " ".join(page.basis) or "The scenario has no team with volumes: no posts follow from it."
    if view == "stated":
        wrong = [one.words for one in page.checks if not one.agrees]
        if not wrong:
            return "Every stated total adds up." if page.checks else "Nothing is stated."
        return f"{len(wrong)} of {len(page.checks)} stated totals do not add up. {' '.join(wrong)}"
    if view in ("volumes", "establishment") and not page.assumed.teams:
        return "The scenario has no team yet. Count from the record, or add teams."
    if may:
        return "Figures on a grey ground can be typed over: type, or press Enter or F2."
    return "Copy the scenario to change its figures." if allocates else ""


def _figure(text: str, path: str, *, may: bool) -> Cell:
    return Cell(text, path if may else "")
