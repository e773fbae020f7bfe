"""Other published stories, told from the published format alone, with invented names: what each must raise, and when.

Their case files lie in ``resources/samples/replay``; a file of the same length that is well kept lies beside them and
raises nothing. ``docs/replay-others.md`` is held equal to what the alarms say; ``CASEFILE_WRITE_DOCS=1`` writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casefile.alarms.queries import AlarmRow, alarms_between
from casefile.desk import Desk
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.record.dates import long_date
from casefile.sample.told import families
from casefile.standards import library

ROOT = Path(__file__).resolve().parents[3]
FILES = ROOT / "resources" / "samples" / "replay"
PAGE = ROOT / "docs" / "replay-others.md"


@dataclass(frozen=True, slots=True)
class Story:
    """A published story: its file, what it is, its days, and what must be raised: event, alarm, first day, end."""

    name: str
    what: str
    first: str
    last: str
    rows: tuple[tuple[str, str, str, str], ...]


STORIES = (
    Story("1999-2000", "A girl of eight with her great-aunt: two hospitals, police protection, a retraction, doors that stay shut.",
          "1999-06-01", "2000-02-25", (
        ("A relative rings on 18 June and nobody decides anything", "referral_undecided", "1999-06-22", "1999-07-16"),
        ("A second referral on 14 July", "repeat_referral", "1999-07-14", ""),
        ("The next day another doctor says scabies", "opinions_differ", "1999-07-15", ""),
        ("The 72 hours of police protection run out", "police_protection_ending", "1999-07-16", ""),
        ("Nobody photographs the marks", "photographs_missing", "1999-07-17", ""),
        ("Scalds on 24 July; they meet on the 28th", "strategy_late", "1999-07-26", "1999-07-28"),
        ("Police and social worker do not go to the home", "plan_action_undelivered", "1999-08-05", ""),
        ("The ward lets her go to the great-aunt", "discharged_with_concern", "1999-08-06", ""),
        ("The man of the home is known by name only", "unverified_adult", "1999-08-11", ""),
        ("Each visit sees her with the great-aunt there", "child_not_seen_alone", "1999-09-03", ""),
        ("No visit for ten weeks", "child_not_seen", "1999-09-14", "1999-10-28"),
        ("The great-aunt takes back an allegation", "retraction", "1999-11-02", ""),
        ("Nobody sees her again", "child_not_seen", "1999-12-01", ""),
        ("Two visits, then a third, find nobody", "visits_failed", "2000-01-12", ""),
        ("Social care closes; she has not been seen since November", "partner_closing", "2000-02-18", ""),
    )),
    Story("2007-2008", "Three children withdrawn from school and seen at the door.", "2007-12-01", "2008-05-17", (
        ("Police leave the school’s referral to social care", "closed_on_another_agency", "2007-12-20", ""),
        ("Nobody knows whether they are safe, and nobody sees them", "child_not_seen", "2008-01-17", "2008-02-08"),
        ("Taught at home; the adviser sees no child", "loss_of_sight", "2008-01-28", ""),
        ("Two visits end at the front door", "doorstep_only", "2008-02-21", ""),
        ("A man is in the home", "unverified_adult", "2008-02-26", ""),
        ("Social care closes", "partner_closing", "2008-03-07", ""),
        ("An appointment is missed", "loss_of_sight", "2008-03-20", ""),
    )),
    Story("2010-2012", "Police come to the home again and again; a broken arm is explained; a boy grows thin at school.",
          "2010-11-01", "2012-03-31", (
        ("Police tell social care of a second night of violence", "repeat_referral", "2010-12-05", ""),
        ("A hospital tells of a broken arm", "repeat_referral", "2011-01-06", ""),
        ("Police stay away from the medical; nobody says why", "medical_not_attended", "2011-01-06", ""),
        ("He goes home with a fracture that nobody explains", "discharged_with_concern", "2011-01-08", ""),
        ("Nobody photographs it", "photographs_missing", "2011-01-09", ""),
        ("The final report does not come", "medical_report_late", "2011-01-10", ""),
        ("The doctor was not satisfied; nobody takes it further", "dissent_unchallenged", "2011-01-11", ""),
        ("The third night of violence within a year", "repeated_domestic_incidents", "2011-04-10", ""),
        ("Social care closes; no enquiry answered the broken arm", "partner_closing", "2011-08-10", ""),
        ("He is away from school", "loss_of_sight", "2011-11-14", ""),
        ("Away again, and two appointments missed", "loss_of_sight", "2012-01-16", ""),
        ("Police are told of the death", "child_died", "2012-03-03", ""),
        ("Only then does the school tell of bruises of 1 February", "photographs_missing", "2012-03-08", ""),
    )),
    Story("2018", "A girl tells of her stepfather; bail runs out, and she takes it back.", "2018-02-01", "2018-08-31", (
        ("His bail is to end on 5 March", "bail_running_out", "2018-02-26", "2018-03-02"),
        ("The sergeant does not look again", "review_overdue", "2018-02-14", ""),
        ("Nobody sees her for four weeks", "child_not_seen", "2018-03-07", "2018-03-20"),
        ("The telephone is not chased", "evidence_late", "2018-03-07", ""),
        ("No inspector looks at a high risk", "inspector_review_overdue", "2018-03-07", ""),
        ("Bail was put off; the risk is not judged again", "risk_not_reassessed", "2018-03-10", ""),
        ("She says that she made it up", "retraction", "2018-03-20", ""),
        ("Bail runs out with nothing decided", "bail_running_out", "2018-04-28", ""),
    )),
    Story("2019", "A bruise on a baby of sixteen weeks before a bank holiday; they talk about it three days later.",
          "2019-05-01", "2019-06-30", (
        ("A doctor sees the bruise on Friday 3 May", "non_mobile_baby_injury", "2019-05-03", "2019-05-07"),
        ("No strategy discussion over the weekend", "strategy_late", "2019-05-05", "2019-05-06"),
        ("Nobody photographs it", "photographs_missing", "2019-05-06", ""),
        ("No officer was free for the medical", "medical_not_attended", "2019-05-07", ""),
        ("No conference", "conference_late", "2019-05-29", ""),
    )),
    Story("2020", "Relatives report again and again; each report is closed as malice.", "2020-01-01", "2020-09-22", (
        ("Police leave the first report to social care", "closed_on_another_agency", "2020-01-23", ""),
        ("The mother’s new partner is not looked up", "unverified_adult", "2020-01-28", ""),
        ("A second report", "repeat_referral", "2020-05-04", ""),
        ("A third relative: three reports that led to nothing", "low_level_reports", "2020-06-21", ""),
        ("Bruises on pictures that a relative sent; police take none", "photographs_missing", "2020-06-24", ""),
        ("Social care closes; the doctor’s opinion is not answered", "partner_closing", "2020-07-15", ""),
        ("A fifth report, and nobody sees the child", "child_not_seen_after_concern", "2020-09-05", ""),
        ("Social care closes again", "partner_closing", "2020-09-15", ""),
    )),
)  # fmt: skip
WELL_KEPT = "2025-well-kept"
TWO_YEARS = "2024-well-kept"
KEPT = sum(not one.faults for one in families()) - 1
"""Files of the training store that are meant to be well kept from the first day, so without that of six years."""


def _brought_in(desk: Desk, name: str, first: str, last: str) -> tuple[AlarmRow, ...]:
    file = FILES / f"{name}.json"
    done = desk.do(bring_in_json, file.read_bytes(), file.name)
    return desk.read(alarms_between, date.fromisoformat(first), date.fromisoformat(last), done.result.file_id)


def _of(found: Sequence[AlarmRow], alarm: str, began: str) -> AlarmRow | None:
    return next((one for one in found if (one.key, one.began_on) == (alarm, date.fromisoformat(began))), None)


def test_every_story_raises_what_it_must_on_the_day(desk: Desk) -> None:
    lines = [*HEAD]
    for story in STORIES:
        found = _brought_in(desk, story.name, story.first, story.last)
        assert len({(one.key, one.about, one.began_on) for one in found}) == len(found), (
            "no alarm stands twice"
        )
        lines += ["", f"## {story.name}", "", story.what, "", *TABLE]
        for event, key, began, ended in story.rows:
            row = _of(found, key, began)
            assert row is not None, f"{story.name}, {event}: {key} did not begin on {began}"
            assert row.ended_on == (date.fromisoformat(ended) if ended else None), f"{story.name}, {event}"
            up = (
                row.goes_up_on
                if row.goes_up_on and row.goes_up_on <= date.fromisoformat(story.last)
                else None
            )
            lines.append(
                f"| {event} | {row.title} | {long_date(row.began_on)} | {library().alarms[key].told} "
                f"| {long_date(up) if up else '–'} | {long_date(row.ended_on) if row.ended_on else 'stood to the end'} |"
            )
        lines += ["", f"{len(found)} runs of {len({one.key for one in found})} alarms stood in all."]
    page = "\n".join([*lines, "", *FOOT, ""])
    if os.environ.get("CASEFILE_WRITE_DOCS"):
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page


def test_a_well_kept_file_of_the_same_length_raises_nothing(sign_in: Callable[[str], Desk]) -> None:
    desk = sign_in("Okafor")
    for name in (WELL_KEPT, TWO_YEARS):
        found = _brought_in(desk, name, "2024-01-01", "2026-06-30")
        assert [(one.key, one.began_on, one.because) for one in found] == [], name


HEAD = (
    "# Other published stories",
    "",
    "Stories that stand in public, told with invented names by somebody who read only `resources/schema`,",
    "`docs/json-format.md` and `docs/alarms.md`; days that are not public are set to fit. The case files lie in",
    "`resources/samples/replay`. The tables are made by `tests/casefile/alarms/test_replay_of_others.py` from what",
    "`casefile alarms STORE --between DAY DAY --json` answers.",
)
TABLE = ("| What happened | Alarm | Raised | Told | Went up | Ended |", "|---|---|---|---|---|---|")
FOOT = (
    "## What is well kept raises nothing",
    "",
    f"`{WELL_KEPT}.json` is one family from referral to closure, with two conferences, three core groups, ten visits and",
    "six reviews in four months: no alarm stands on any day of it. Nor does one in `2024-well-kept.json`, two years of ordinary life:",
    "a conference moved because its chair was ill, an officer’s leave handed over, a sister born, a summer between two schools, a child",
    "who moves to his grandmother, and the file closed. In the training store the files that are meant to be",
    "well kept raise **no alarm on any day of their life**, and in the others stands what is meant to and nothing else",
    "(`tests/casefile/sample/test_build.py`, on a weekend, a bank holiday, Easter Monday and 29 February): false alarms, 0",
    f"in {KEPT} well-kept files. The one file of six years that was kept by people (Doyle) raises what was late in it.",
)
