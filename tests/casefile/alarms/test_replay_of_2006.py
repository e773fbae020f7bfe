"""The replay of 2006 and 2007: for every row of the timeline the alarm goes up on the day, to the rank.

The case file is ``resources/samples/replay/2006-2007.json``: the public timeline of the report of June 2009,
with invented names. What happened here stands beside it in ``docs/replay-2006-2007.md``, which this test
holds equal to what the alarms say; ``CASEFILE_WRITE_DOCS=1`` writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casefile.alarms.queries import AlarmRow, alarms_between, alarms_on
from casefile.desk import Desk
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.record.dates import long_date

ROOT = Path(__file__).resolve().parents[3]
CASE = ROOT / "resources" / "samples" / "replay" / "2006-2007.json"
PAGE = ROOT / "docs" / "replay-2006-2007.md"
FIRST, LAST = date(2006, 12, 1), date(2007, 8, 3)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the timeline: when, what, and the alarm that must stand, from when, and when it goes up."""

    when: str
    event: str
    alarm: str
    began: date
    told: str
    up: date | None = None
    ended: date | None = None


ROWS = (
    Row("11 December 2006", "Children’s services tell police of injuries to a baby; nobody photographs them [S 33, 35]",
        "photographs_missing", date(2006, 12, 14), "sergeant", date(2006, 12, 18)),
    Row("11 December 2006", "No supervisor looks at the file", "never_supervised", date(2006, 12, 15), "sergeant",
        date(2006, 12, 22)),
    Row("11 December 2006", "The action to photograph is not done", "plan_action_undelivered", date(2006, 12, 13),
        "sergeant", date(2006, 12, 27)),
    Row("December 2006", "The mother is bailed; the risk is not judged again", "risk_not_reassessed",
        date(2006, 12, 29), "sergeant", date(2007, 1, 15)),
    Row("January 2007", "Police favour removal, then agree to the plan; nobody takes it further [S 37]",
        "dissent_unchallenged", date(2007, 1, 12), "sergeant", date(2007, 1, 19)),
    Row("January 2007", "Nobody sees the children for weeks after Christmas", "child_not_seen", date(2007, 1, 10),
        "sergeant", date(2007, 1, 24), date(2007, 3, 2)),
    Row("throughout", "The plan is not fully delivered [S 37]", "plan_action_undelivered", date(2007, 3, 1), "sergeant",
        date(2007, 3, 15)),
    Row("March to May 2007", "The final medical report is weeks late and nobody chases it [S 35]",
        "medical_report_late", date(2007, 3, 10), "sergeant", date(2007, 4, 7), date(2007, 5, 11)),
    Row("March to May 2007", "The evidence is not chased", "evidence_late", date(2007, 3, 17), "sergeant",
        date(2007, 4, 14), date(2007, 6, 29)),
    Row("May 2007", "Both errors are found by chance; the mother is still on bail [S 35]", "bail_running_out",
        date(2007, 5, 14), "sergeant", date(2007, 5, 21), date(2007, 5, 25)),
    Row("1 June 2007", "Second referral, within six months of the first [S 33]", "repeat_referral", date(2007, 6, 1),
        "inspector", date(2007, 6, 15)),
    Row("1 June 2007", "New bruises, again no photographs", "photographs_missing", date(2007, 6, 4), "sergeant",
        date(2007, 6, 8)),
    Row("1 June 2007", "Police stand in the home; nobody records who lives there [S 36]", "household_not_confirmed",
        date(2007, 6, 9), "sergeant", date(2007, 6, 22)),
    Row("4 June 2007", "Police favour removal a second time; no challenge [S 37]", "dissent_unchallenged",
        date(2007, 6, 6), "sergeant", date(2007, 6, 13)),
    Row("5 June 2007", "Legal advice is asked for; normally seven to ten days, it comes six weeks late [S 37]",
        "legal_advice_late", date(2007, 6, 16), "sergeant", date(2007, 6, 23), date(2007, 7, 27)),
    Row("6 June 2007", "What health knows of the family is asked for and never comes [S 36]",
        "information_not_received", date(2007, 6, 14), "sergeant", date(2007, 6, 21)),
    Row("June 2007", "No conference after the second enquiry", "conference_late", date(2007, 6, 26), "sergeant",
        date(2007, 7, 3)),
    Row("July 2007", "The children are not seen", "child_not_seen", date(2007, 6, 30), "sergeant", date(2007, 7, 14)),
    Row("1 August 2007", "For the second time there is no prosecution [S 34]", "second_no_prosecution",
        date(2007, 8, 1), "inspector"),
    Row("3 August 2007", "Police are told of the death [S 1]: the file is held, the log extracted", "child_died",
        date(2007, 8, 3), "inspector"),
)  # fmt: skip


def _of(found: Sequence[AlarmRow], row: Row) -> AlarmRow | None:
    return next((one for one in found if one.key == row.alarm and one.began_on == row.began), None)


def test_every_row_of_the_timeline_raises_its_alarm_on_the_day_and_to_the_rank(desk: Desk) -> None:
    desk.do(bring_in_json, CASE.read_bytes(), CASE.name)
    found = desk.read(alarms_between, FIRST, LAST)
    for row in ROWS:
        alarm = _of(found, row)
        assert alarm is not None, f"{row.event}: {row.alarm} did not begin on {row.began}"
        assert alarm.ended_on == row.ended, row.event
        on_the_day = [one for one in desk.read(alarms_on, row.began) if one.key == row.alarm]
        assert row.told in {one.told for one in on_the_day}, row.event
        if row.up is not None and row.up <= LAST and (row.ended is None or row.up < row.ended):
            higher = {one.told for one in desk.read(alarms_on, row.up) if one.key == row.alarm}
            assert higher & {"inspector", "superintendent"}, row.event
            assert alarm.goes_up_on == row.up, row.event
    page = _page(found)
    if os.environ.get("CASEFILE_WRITE_DOCS"):
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page


def test_before_anything_was_known_nothing_stood(desk: Desk) -> None:
    desk.do(bring_in_json, CASE.read_bytes(), CASE.name)
    assert desk.read(alarms_on, date(2006, 12, 10)) == ()


def _page(found: Sequence[AlarmRow]) -> str:
    lines = [
        "# The replay of 2006 and 2007",
        "",
        "What happened stands in public in the report of June 2009 (paragraphs in brackets). The case file",
        "`resources/samples/replay/2006-2007.json` tells it with invented names, in the published format; dates the",
        "report does not give are set to fit it. The table is made by `tests/casefile/alarms/test_replay_of_2006.py`",
        "from what `casefile alarms STORE --between 2006-12-01 2007-08-03 --json` answers.",
        "",
        "| When | What happened | Alarm | Raised | Told | Went up | Ended |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in ROWS:
        alarm = _of(found, row)
        assert alarm is not None
        up = f"{long_date(alarm.goes_up_on)}" if alarm.goes_up_on else "–"
        ended = long_date(alarm.ended_on) if alarm.ended_on else "stood to the end"
        cells = (row.when, row.event, alarm.title, long_date(alarm.began_on), row.told, up, ended)
        lines.append(f"| {' | '.join(cells)} |")
    lines += [
        "",
        f"Between the two days {len(found)} runs of {len({one.key for one in found})} alarms stood in all. Each follows",
        "from its rule in `casefile/alarms/rules` and its limit in `resources/standards/alarms.toml`; none knows this story.",
        "",
    ]
    return "\n".join(lines)
