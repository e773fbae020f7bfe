"""The picture of a family through the desk, on both stores: who is in it on which day, and what is not hinted at."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import fromstring

import pytest
from pypdf import PdfReader

from casefile.audit.queries import log_page
from casefile.desk import Desk
from casefile.errors import Invalid
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.files.picture.chart import chart_of
from casefile.files.picture.draw import drawing_of
from casefile.files.picture.knots import KnotKind, associations
from casefile.files.picture.layout import layout_of
from casefile.files.picture.model import Basis, Family
from casefile.files.picture.queries import family_told
from casefile.files.picture.told import family_ever, family_on
from casefile.paper.chart import export_associations, print_associations
from casefile.paper.picture import Form, export_picture, preview_picture, print_picture
from casefile.search.matches import decide_match, matches
from tests.casefile.files.picture_geometry import faults

HOME: dict[str, Any] = {"address": "12 Weir Street", "town": "Northgate"}
AWAY: dict[str, Any] = {"address": "3 Mill Lane", "town": "Ashmere"}


class Marshes:
    """A file with Kayla, her mother Dana, and Lee, of whom police learnt in March and who left in June."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.file = desk.do(open_file, "F-1").result
        self.kayla = self.person("subject", "Kayla", "2019-05-03", "F")
        self.dana = self.person("mother", "Dana", "1994-01-09", "F")
        self.lee = self.person("partner", "Lee", "1990-02-02", "M", known_on="2026-03-01")
        self.tie(self.dana, "mother", self.kayla, verified=True)
        self.tie(self.lee, "father", self.kayla, known_on="2026-03-01")
        self.tie(
            self.lee, "partner", self.dana, from_on="2018-01-01", until_on="2026-06-30", known_on="2026-03-01"
        )
        for who in (self.kayla, self.dana):
            self.fact(who, "residence", kind="home", verified=True, **HOME)
        self.fact(self.lee, "residence", kind="home", until_on="2026-06-30", known_on="2026-03-01", **HOME)
        self.fact(self.lee, "residence", kind="home", from_on="2026-07-01", known_on="2026-09-01", **AWAY)

    def person(
        self, role: str, given: str, born: str, sex: str, file: UUID | None = None, **common: Any
    ) -> UUID:
        common.setdefault("known_on", "2026-01-05")
        facts = {
            "name": {"kind": "legal", "given": given, "family": "Marsh", **common},
            "birth": {"born_on": born, "precision": "exact", **common},
            "involvement": {"role": role, "verified": True, **common},
            "characteristics": {"sex": sex, **common},
        }
        return self.desk.do(add_person, file or self.file, facts).result

    def fact(self, who: UUID, key: str, file: UUID | None = None, **values: Any) -> None:
        values.setdefault("known_on", "2026-01-05")
        self.desk.do(record_fact, file or self.file, who, key, values)

    def tie(self, one: UUID, kind: str, other: UUID, **values: Any) -> None:
        self.fact(one, "relationship", kind=kind, to_person_id=str(other), **values)

    def on(self, day: date, basis: Basis = Basis.HAPPENED) -> Family:
        told = self.desk.read(family_told, self.file)
        return family_on(told, day, basis, self.desk.standards)


def named(family: Family) -> dict[str, str]:
    """What the list says of each person, by first name."""
    drawing = drawing_of(family, layout_of(family))
    return {one.told.split()[0]: one.told for one in drawing.places}


def test_a_day_is_shown_by_what_happened_or_by_what_police_knew(desk: Desk) -> None:
    family = Marshes(desk)
    in_april = named(family.on(date(2026, 4, 1)))
    assert in_april["Kayla"] == (
        "Kayla Marsh, 6, subject child; mother Dana Marsh; father Lee Marsh (not verified); "
        "lives at 12 Weir Street, Northgate (A)"
    )
    assert "partner of Dana Marsh" in in_april["Lee"]
    assert "12 Weir Street" in in_april["Lee"]
    in_august = named(family.on(date(2026, 8, 1)))
    assert "former partner of Dana Marsh" in in_august["Lee"]
    assert "3 Mill Lane" in in_august["Lee"]
    assert "3 Mill Lane" not in named(family.on(date(2026, 8, 1), Basis.KNOWN))["Lee"]
    in_february = named(family.on(date(2026, 2, 1), Basis.KNOWN))
    assert set(in_february) == {"Kayla", "Dana"}
    assert "Lee" not in " ".join(in_february.values())
    assert set(named(family.on(date(2026, 2, 1)))) == {"Kayla", "Dana", "Lee"}
    assert "Kayla" not in named(family.on(date(2019, 5, 2)))


def test_everybody_keeps_their_place_whatever_day_is_shown(desk: Desk) -> None:
    family = Marshes(desk)
    told = desk.read(family_told, family.file)
    ever = family_ever(told, desk.standards)
    layout = layout_of(ever)
    assert faults(ever, layout) == []
    places = [
        {one.key: one.left for one in drawing_of(shown, layout).places}
        for day in told.days
        for basis in Basis
        for shown in [family_on(told, day, basis, desk.standards, ever.letters)]
    ]
    assert any(family.lee in one for one in places)
    assert any(family.lee not in one for one in places)
    stood = {
        key: {one[key] for one in places if key in one} for key in (family.kayla, family.dana, family.lee)
    }
    assert all(len(one) == 1 for one in stood.values())


def test_roles_stand_in_where_nobody_recorded_how_people_are_related(desk: Desk) -> None:
    file = desk.do(open_file, "F-1").result
    for role, given in (("subject", "Wren"), ("mother", "Ada"), ("partner", "Col")):
        name = {"kind": "legal", "given": given, "family": "Ashdown"}
        desk.do(add_person, file, {"name": name, "involvement": {"role": role}})
    told = desk.read(family_told, file)
    said = named(family_on(told, told.today, Basis.HAPPENED, desk.standards))
    assert "mother Ada Ashdown (from the roles in the file)" in said["Wren"]
    assert "partner of Ada Ashdown (from the roles in the file)" in said["Col"]


def test_other_files_are_marked_and_restricted_ones_not_hinted_at(
    sign_in: Callable[[str], Desk],
) -> None:
    desk, sergeant = sign_in("Rhodes"), sign_in("Okafor")
    family = Marshes(desk)
    open_one, hidden = desk.do(open_file, "F-2").result, desk.do(open_file, "F-3").result
    for file in (open_one, hidden):
        desk.do(record_fact, file, family.lee, "involvement", {"role": "father", "known_on": "2026-01-05"})
    child = family.person("subject", "Hidden", "2020-01-01", "M", file=hidden)
    family.fact(child, "relationship", file=hidden, kind="child", to_person_id=str(family.lee), verified=True)
    for who in (family.lee, child):
        family.fact(who, "contact", file=hidden, kind="mobile", value="07700 900999")
    assert "also in F-2, F-3" in named(family.on(date(2026, 11, 2)))["Lee"]
    sergeant.do(restrict_file, hidden, [], "A witness is at risk.")
    said = named(family.on(date(2026, 11, 2)))
    assert "also in F-2" in said["Lee"]
    assert "F-3" not in str(said)
    assert "Hidden" not in said
    chart = desk.read(associations, family.file, steps=4)
    assert "F-3" not in str(chart)
    assert "Hidden" not in str(chart)
    assert "900999" not in str(chart)
    assert "F-3" in str(sergeant.read(associations, family.file, steps=4))


def test_another_record_confirmed_to_be_of_the_same_person_marks_them_too(desk: Desk) -> None:
    family = Marshes(desk)
    other = desk.do(open_file, "F-2").result
    twice = family.person("father", "Lee", "1990-02-02", "M", file=other)
    assert "F-2" not in named(family.on(date(2026, 11, 2)))["Lee"]
    match = next(one for one in desk.read(matches, file_id=family.file) if one.kind == "person")
    desk.do(decide_match, match.id, "confirmed", "The same date of birth and name.")
    assert "also in F-2" in named(family.on(date(2026, 11, 2)))["Lee"]
    threads = desk.read(associations, family.file).threads
    assert ("confirmed to be the same person", f"person:{twice}") in {
        (one.words, one.other) for one in threads
    }
    desk.do(decide_match, match.id, "undone", "Another Lee Marsh.")
    assert "F-2" not in named(family.on(date(2026, 11, 2)))["Lee"]


def test_the_wider_chart_opens_step_by_step(desk: Desk) -> None:
    family = Marshes(desk)
    other = desk.do(open_file, "F-2").result
    rosa = family.person("mother", "Rosa", "1991-01-01", "F", file=other)
    family.fact(rosa, "residence", file=other, address="3, Mill Lane", town="Ashmere", kind="home")
    family.fact(family.lee, "contact", kind="mobile", value="07700 900123")
    family.fact(rosa, "contact", file=other, kind="telephone", value="+44 7700 900 123")
    first = desk.read(associations, family.file)
    assert [one.title for one in first.knots if one.kind is KnotKind.ADDRESS] == [
        "12 Weir Street, Northgate", "3 Mill Lane, Ashmere",
    ]  # fmt: skip
    number = next(one for one in first.knots if one.kind is KnotKind.CONTACT)
    assert not any(one.title == "Rosa Marsh" for one in first.knots)
    opened = desk.read(associations, family.file, (number.key,))
    drawing = chart_of(opened)
    said = {one.key: one.told for one in drawing.places}
    assert said[f"person:{rosa}"].startswith("Rosa Marsh")
    assert "07700 900123" in said[f"person:{rosa}"]
    assert "3 Mill Lane" not in said[f"person:{rosa}"]
    assert [one.title for one in desk.read(associations, family.file, steps=4).knots if one.step == 4] == [
        "F-2"
    ]
    boxes = [(one.left, one.top, one.right, one.bottom) for one in drawing.places]
    assert not any(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        for place, a in enumerate(boxes) for b in boxes[place + 1 :]
    )  # fmt: skip


def test_what_leaves_the_house_is_marked_named_and_logged(sign_in: Callable[[str], Desk]) -> None:
    desk = sign_in("Okafor")
    family = Marshes(desk)
    svg = desk.read(export_picture, family.file, Form.SVG, "The conference chair", date(2026, 4, 1))
    root = fromstring(svg)
    words = " ".join(one.text or "" for one in root.iter() if one.text)
    assert "OFFICIAL-SENSITIVE" in words
    assert "Kayla Marsh" in words
    assert "1 April 2026" in words
    assert b"http" not in svg.replace(b'xmlns="http://www.w3.org/2000/svg"', b"")
    pdf = desk.read(export_picture, family.file, Form.PDF, "The conference chair")
    assert "Dana Marsh" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    printed = desk.do(print_picture, family.file, "The conference chair", None, Basis.KNOWN).result
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)
    assert "Copy 1" in text
    assert "as police knew it that day" in text
    assert "The same in words" in text
    assert b"%PDF" in desk.read(preview_picture, family.file)
    assert b"<svg" in desk.read(export_associations, family.file, Form.SVG, "The inspector")
    assert desk.do(print_associations, family.file, "The inspector").result.startswith(b"%PDF")
    rows = list(sign_in("Lindqvist").read(log_page, category="disclosure"))
    assert [one.details["recipient"] for one in rows] == ["The inspector"] * 2 + ["The conference chair"] * 3
    assert all(family.file in one.files and family.kayla in one.people for one in rows)
    with pytest.raises(Invalid, match="Say whom"):
        desk.read(export_picture, family.file, Form.SVG, " ")
    with pytest.raises(Invalid, match="still to come"):
        desk.do(print_picture, family.file, "The chair", date(2027, 1, 1))
