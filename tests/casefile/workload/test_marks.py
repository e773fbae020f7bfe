"""Records by somebody without the accreditation for them are marked on the page, on the divider and on paper, and kept."""

from __future__ import annotations

from datetime import timedelta

from casefile.files.queries.docket import divider_page, open_docket
from casefile.paper.actions import preview_file
from casefile.workload.keep import NewAccreditation, grant_accreditation
from tests.casefile.workload.conftest import Shop

SEARCH = {
    "occasion": "referral",
    "searched_by": "Rhodes",
    "searches": [{"system": "pnc", "result": "no_trace"}],
}


def test_checks_without_the_course_are_marked(shop: Shop) -> None:
    file_id = shop.file()
    first = shop.sign(file_id, "research", by="Rhodes", **SEARCH)
    by_sergeant = shop.sign(file_id, "research", by="Okafor", **SEARCH)
    desk = shop.at("Okafor")
    page = desk.read(divider_page, file_id, "research")
    told = {one.thread_id: page.marks.get(one.id, "") for one in page.entries}
    assert told[first] == (
        "R 101 Rhodes made these checks without the accreditation “researcher course”: none is on the staff record."
    )
    assert told[by_sergeant] == ""
    divider = next(one for one in desk.read(open_docket, file_id).dividers if one.key == "research")
    assert divider.noted == ("1 record was made by somebody without the accreditation for it.",)
    assert not any("accreditation" in one for one in divider.missing)
    assert preview_marked(shop, file_id)
    course = NewAccreditation("researcher_course", shop.day(-30), shop.today, "Certificate 7")
    desk.do(grant_accreditation, shop["Rhodes"], course)
    assert desk.read(divider_page, file_id, "research").marks == {}
    assert not preview_marked(shop, file_id)
    shop.clock.forward(days=1)
    shop.sign(file_id, "research", by="Rhodes", **SEARCH)
    marks = desk.read(divider_page, file_id, "research").marks
    day = (shop.today - timedelta(days=1)).day
    assert [one.rsplit(": ", 1)[1] for one in marks.values()] == [f"it had expired on {day} November 2026."]


def test_a_conference_attended_without_the_course_is_marked(shop: Shop) -> None:
    """Only where police were there, and only who needs the course for it."""
    file_id = shop.file()
    shop.sign(file_id, "conference", by="Marsh", kind="initial", police_attendance="attended", outcome="plan")
    assert shop.at("Okafor").read(divider_page, file_id, "conferences").marks == {}


def preview_marked(shop: Shop, file_id: object) -> bool:
    """Whether the printed research says so."""
    from io import BytesIO

    from pypdf import PdfReader

    pdf = shop.at("Okafor").read(preview_file, file_id, ("research",))  # type: ignore[arg-type]
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    return "without the accreditation" in words
