"""Scenarios of planned strength on both stores: copied, counted, changed, compared, adopted, printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from casefile.audit.model import LogRow
from casefile.desk import Desk
from casefile.errors import Conflict, Invalid, Missing, Refused
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.restrict import restrict_file
from casefile.paper.strength import preview_strength, print_strength
from casefile.workload.strength.actions import (
    add_planned_team,
    adopt_scenario,
    copy_scenario,
    count_volumes,
    drop_scenario,
    remove_planned_team,
    set_figures,
)
from casefile.workload.strength.queries import (
    compare_scenarios,
    scenario,
    scenarios,
    volumes_of_record,
)
from casefile.workload.strength.rows import ScenarioPage
from tests.casefile.paper.test_campaign import words
from tests.conftest import Clock, officer_of


@pytest.fixture
def desk(sign_in: Callable[[str], Desk]) -> Desk:
    return sign_in("Okafor")


def line(page: ScenarioPage, team: str, post: str) -> tuple[float | None, float | None, float | None, str]:
    found = next(one for one in page.lines if (one.team, one.post) == (team, post))
    need = None if found.need is None else round(found.need, 2)
    return need, found.actual, found.establishment, found.gap


def test_a_scenario_is_copied_counted_from_the_record_changed_compared_and_adopted(
    desk: Desk, sign_in: Callable[[str], Desk], clock: Clock
) -> None:
    today = clock.now.date()
    file_id = desk.do(open_file, "F-1", today - timedelta(days=200)).result
    hidden = desk.do(open_file, "F-2", today - timedelta(days=100)).result
    for one in (file_id, hidden):
        desk.do(allocate, one, "officer", officer_of(desk))
    desk.do(open_file, "F-3", today)
    for happened in (today - timedelta(days=400), today - timedelta(days=30), today):
        day = happened.isoformat()
        desk.do(record_entry, hidden, "conference", {"happened_on": day, "known_on": day, "kind": "review"})
    day = today.isoformat()
    desk.do(record_entry, hidden, "conference", {"happened_on": day, "known_on": day, "kind": "pre_birth"})
    desk.do(record_entry, file_id, "core_group", {"happened_on": day, "known_on": day})
    sign_in("Lindqvist").do(restrict_file, hidden, [], "Need to know.")

    counted = desk.read(volumes_of_record)
    assert (counted.from_on, counted.until_on) == (date(2025, 11, 3), date(2026, 11, 2))
    assert counted.teams == {
        "": {"file": 1},
        "North": {"conference_initial": 1, "conference_review": 2, "file": 2},
    }

    which = str(desk.do(copy_scenario, "starting", "Next year").result)
    desk.do(count_volumes, which)
    page = desk.read(scenario, which)
    assert [one.name for one in page.assumed.teams] == ["North"]
    # (1 × 7 h + 2 × 5 h) over 1,640 h less 15 %
    assert line(page, "North", "pclo") == (0.01, 0.0, None, "enough")
    assert line(page, "North", "dc") == (0.0, 1.0, None, "1.0 over")
    assert "1 initial conferences at 7 h = 7 h; 2 review conferences at 5 h = 10 h" in next(
        one.why for one in page.lines if one.post == "pclo"
    )
    assert page.row.state == "draft"

    desk.do(
        set_figures,
        "next YEAR",
        {"volumes/North/investigation": "230", "establishment/North/dc": "5", "hours/investigation/dc": "40"},
        page.row.revision,
    )
    page = desk.read(scenario, which)
    assert line(page, "North", "dc") == (6.39, 1.0, 5.0, "5.4 short")
    assert next(one.gap for one in page.totals if one.label == "Everybody").endswith("short")
    assert any("1 of 1 team" in one for one in page.basis)

    with pytest.raises(Conflict):
        desk.do(set_figures, which, {"abstraction/dc": "0.3"}, page.row.revision - 1)
    with pytest.raises(Invalid, match="less than 100"):
        desk.do(set_figures, which, {"available/dc": "1", "abstraction/dc": "1"}, page.row.revision)
    assert desk.read(scenario, which) == page

    desk.do(copy_scenario, which, "Fewer courses")
    desk.do(set_figures, "Fewer courses", {"abstraction/dc": "10%"})
    beside = desk.read(compare_scenarios, ("Next year", "Fewer courses"))
    differs = {(one.heading, one.label): one.values for one in beside.lines if one.differs}
    assert differs[("Posts needed in all", "Detective constable")] == ("6.4", "5.7")
    assert differs[("Abstraction", "Detective constable")] == ("20 %", "10 %")
    assert ("Volumes of a year", "North: Section 47 enquiries") not in differs

    inspector = sign_in("Lindqvist")
    inspector.do(adopt_scenario, which, "Decided by the board on 1 November.")
    row = inspector.read(scenarios)[0]
    assert (row.name, row.state, row.in_force, row.adopted_by) == (
        "Next year", "adopted", True, "DI 104 Lindqvist",
    )  # fmt: skip
    for again in (
        lambda: desk.do(set_figures, which, {"abstraction/dc": "10%"}),
        lambda: desk.do(add_planned_team, which, "South"),
        lambda: desk.do(count_volumes, which),
        lambda: desk.do(drop_scenario, which),
        lambda: inspector.do(adopt_scenario, which, "Again."),
    ):
        with pytest.raises(Invalid, match="was adopted and stays as it is"):
            again()
    desk.do(drop_scenario, "Fewer courses")
    assert [one.name for one in desk.read(scenarios)] == [
        "Next year",
        "Report of June 2009",
        "Starting values",
    ]
    with desk.store.reading() as session:
        acts = session.execute(
            select(LogRow.act, LogRow.category).where(LogRow.act.like("workload.%"), LogRow.outcome == "done")
        ).all()
    assert ("workload.adopt_scenario", "administration") in [tuple(one) for one in acts]


def test_what_cannot_be_done_with_a_scenario_is_said_in_words(
    desk: Desk, sign_in: Callable[[str], Desk]
) -> None:
    which = str(desk.do(copy_scenario, "Starting values", "Plan A").result)
    for name in ("plan  a", "Starting Values", "report of june 2009"):
        with pytest.raises(Invalid, match="already a scenario called"):
            desk.do(copy_scenario, which, name)
    with pytest.raises(Invalid, match="a name of 1 to 120"):
        desk.do(copy_scenario, which, " ")
    with pytest.raises(Missing, match="no scenario called Plan B"):
        desk.read(scenario, "Plan B")
    with pytest.raises(Invalid, match="ships with Casefile"):
        desk.do(set_figures, "starting", {"available/dc": "1000"})
    with pytest.raises(Invalid, match="There is no hat"):
        desk.do(set_figures, which, {"available/hat": "1000"})
    with pytest.raises(Invalid, match="The year must have ended"):
        desk.do(count_volumes, which, date(2030, 1, 1))
    with pytest.raises(Refused):
        desk.do(adopt_scenario, which, "No inspector.")
    with pytest.raises(Invalid, match="asks for no posts"):
        sign_in("Lindqvist").do(adopt_scenario, which, "Empty.")
    with pytest.raises(Invalid, match="Choose two to 4"):
        desk.read(compare_scenarios, (which,))
    with pytest.raises(Invalid, match="compared with itself"):
        desk.read(compare_scenarios, (which, "Plan A"))
    with pytest.raises(Refused):
        sign_in("Marsh").do(copy_scenario, which, "Mine")
    desk.do(add_planned_team, which, "South")
    desk.do(set_figures, which, {"volumes/South/file": "3"})
    with pytest.raises(Invalid, match="Say why"):
        sign_in("Lindqvist").do(adopt_scenario, which, " ")
    page = desk.read(scenario, which)
    assert line(page, "South", "researcher") == (0.02, None, None, "")
    assert page.outside == (("North", 5.0),)
    desk.do(remove_planned_team, which, "south")
    assert desk.read(scenario, which).assumed.teams == ()


def test_the_report_prints_with_what_does_not_add_up(desk: Desk) -> None:
    assert "Preview, not a copy" in words(desk.read(preview_strength, "report-2009"))
    desk.do(copy_scenario, "starting", "Plan A")
    desk.do(add_planned_team, "Plan A", "North")
    desk.do(set_figures, "Plan A", {"volumes/North/investigation": "230", "establishment/North/dc": "6"})
    said = words(desk.do(print_strength, "report-2009", "the board", ("Plan A",)).result)
    for told in (
        "Copy 1", "4 of 20 do not add up", "379 against 396 planned: 17 short.", "396 + 38 + 9 is 443, not 459",
        "203 − 154 is 49, not 51", "608 of 44,640 is 1.36 %", "since 2006", "Beside other scenarios",
    ):  # fmt: skip
        assert told in said, told
    planned = words(desk.read(preview_strength, "Plan A"))
    assert "Posts by team" in planned
    assert "230 section 47 enquiries at 38 h = 8,740 h" in planned
    with pytest.raises(Invalid, match="whom the copy is for"):
        desk.do(print_strength, "Plan A", " ")
