"""What others wrote in a file that is open, in a few words, where showing it would move what is being read. Pure."""

from __future__ import annotations

from casefile.files.queries.docket import Docket
from ui.files.marks import CHRONOLOGY, DOCUMENTS, FRONT, PEOPLE


def news(shown: Docket, now: Docket, key: str) -> str:
    """``2 new entries, 1 new alarm``; nothing where all of it can be shown without moving the page.

    Args:
        shown: The file as it is shown.
        now: The file as it is.
        key: The divider that is open.
    """
    found: list[str] = []
    before = {one.thread_id: one.entry_id for one in shown.chronology}
    here = [one for one in now.chronology if key in (one.divider, CHRONOLOGY)]
    found += _count(sum(one.thread_id not in before for one in here), "new entry", "new entries")
    amended = sum(before.get(one.thread_id, one.entry_id) != one.entry_id for one in here)
    found += _count(amended, "amended entry", "amended entries")
    standing = {(one.key, one.about) for one in shown.alarms}
    found += _count(
        sum((one.key, one.about) not in standing for one in now.alarms), "new alarm", "new alarms"
    )
    if key == DOCUMENTS:
        found += _count(len(now.documents) - len(shown.documents), "new document", "new documents")
    if (key in PEOPLE and now.people != shown.people) or (key == FRONT and _front(now) != _front(shown)):
        found.append("changes on this page")
    if not found and _head(now) != _head(shown):
        found.append("changes in the head")
    return ", ".join(found)


def _count(many: int, one: str, more: str) -> list[str]:
    return [f"{many} {one if many == 1 else more}"] if many > 0 else []


def _front(docket: Docket) -> tuple[object, ...]:
    return docket.front, docket.seen, docket.dangers, docket.people


def _head(docket: Docket) -> tuple[object, ...]:
    """What stands in the head and may make it higher or lower."""
    return (
        docket.family_name, docket.children, docket.state, docket.officer, docket.researcher, docket.restricted,
        docket.risk_level, docket.plan_category, tuple((one.key, one.about) for one in docket.alarms if one.accepted is None),
    )  # fmt: skip
