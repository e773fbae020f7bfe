"""Bars against a limit: the same drawing for paper and window, with every number in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from reportlab.pdfbase.pdfmetrics import stringWidth

from casefile.paper.charts import PAPER, Bar, bar_drawing, chart_svg, described, longest
from casefile.paper.fonts import REGULAR

BARS = (
    Bar("DC 44 Marsh", 112, 100, "112 of 100, 12 points over capacity"),
    Bar("R & D <Vale>", 22, 50, "22 of 50, room for 28 points"),
    Bar("Unallocated", 8, 0, "8 points in 2 files", alarming=True),
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg.encode())


def test_every_bar_says_its_name_and_number() -> None:
    svg, height = chart_svg(BARS, 600, PAPER)
    root = drawn(svg)
    words = [one.text for one in root.iter(f"{SVG}text")]
    assert words == [
        "DC 44 Marsh", "▲ 112 of 100, 12 points over capacity",
        "R & D <Vale>", "22 of 50, room for 28 points",
        "Unallocated", "▲ 8 points in 2 files",
    ]  # fmt: skip
    assert float(root.attrib["height"]) == height
    assert f"{SVG}clipPath" not in {one.tag for one in root.iter()}


def test_what_is_above_the_limit_begins_behind_a_mark() -> None:
    """Its own piece, and a line: colour never says it alone."""
    over, within = (drawn(chart_svg((one,), 560, PAPER)[0]) for one in BARS[:2])
    wide = [[round(float(box.attrib["width"])) for box in root.iter(f"{SVG}rect")] for root in (over, within)]
    assert wide == [[500, 500, 60], [560, 246]]
    assert [len(list(root.iter(f"{SVG}path"))) for root in (over, within)] == [1, 0]


def test_words_go_below_the_name_where_there_is_no_room() -> None:
    """No line is wider than the chart, and none of the words is lost."""
    svg, tall = chart_svg(BARS, 120, PAPER)
    words = [one.text or "" for one in drawn(svg).iter(f"{SVG}text")]
    assert all(stringWidth(one, REGULAR, PAPER.size) <= 120 for one in words)
    assert " ".join(words).startswith("DC 44 Marsh ▲ 112 of 100, 12 points over capacity")
    assert tall > chart_svg(BARS, 600, PAPER)[1]


def test_all_bars_of_a_chart_share_one_scale_and_nothing_is_no_fault() -> None:
    assert longest(BARS) == 112
    assert longest(()) == longest((Bar("Nobody", 0, 0, "0"),)) == 1
    assert bar_drawing(Bar("Nobody", 0, 0, "0"), 1, 100, 8, PAPER).width == 100
    assert chart_svg((), 300, PAPER)[1] > 0


def test_a_chart_is_told_in_words() -> None:
    assert described("Teams", BARS[:1]) == "Teams. DC 44 Marsh: 112 of 100, 12 points over capacity"
    assert described("Teams", ()) == "Teams: nothing"
