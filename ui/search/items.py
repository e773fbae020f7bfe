"""What the one search box found, as items of a list, and where each leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from casefile.record.dates import long_date
from casefile.search.hits import Group, Hit, Results
from ui.room import Command
from ui.widgets.lists import Item

Go = Callable[[str, Any], object]
DIVIDERS = {"person": "child", "document": "documents"}


def place_of(hit: Hit) -> tuple[str, Any]:
    """The room that a hit leads to, and the place in it."""
    if hit.kind == "entry":
        return "files", (hit.file_id, hit.divider, hit.thread_id)
    if hit.kind in DIVIDERS:
        return "files", (hit.file_id, DIVIDERS[hit.kind])
    return "files", hit.file_id


def item_of(hit: Hit, data: Any) -> Item:
    """A hit in two lines: what it is, and the words around what was found."""
    date = long_date(hit.on) if hit.on and hit.kind != "file" else ""
    older = "amended since" if hit.older else ""
    where = f"{hit.family_name.upper()} {hit.reference}".strip() if hit.kind != "file" else ""
    by = hit.by if hit.kind in ("entry", "document") else ""
    lead = " · ".join(one for one in (where, date, by, older) if one)
    text = hit.snippet.text.strip()
    shift = len(lead) + 3 if lead and text else 0
    lost = len(hit.snippet.text) - len(hit.snippet.text.lstrip())
    why = " · ".join(one for one in (lead, text) if one)
    hits = tuple((start - lost + shift, end - lost + shift) for start, end in hit.snippet.hits)
    return Item(hit.title, why, data=data, hits=hits)


def heading(group: Group) -> Item:
    """The name of a group, and how many stand in it."""
    shown = (
        f", the first {len(group.hits):,} are shown" if len(group.hits) < group.total or group.more else ""
    )
    return Item(f"{group.title}: {group.counted}{shown}", heading=True)


def items(results: Results) -> Iterator[Item]:
    """Everything found, by group, each handing back its hit."""
    for group in results.groups:
        yield heading(group)
        for hit in group.hits:
            yield item_of(hit, hit)


def going(results: Results, go: Go) -> list[Item]:
    """Everything found, by group, each with the command that leads there: for Ctrl+K."""
    found: list[Item] = []
    for group in results.groups:
        found.append(Item(group.title, heading=True))
        for hit in group.hits:
            command = Command(hit.title, lambda hit=hit: go(*place_of(hit)))
            found.append(item_of(hit, command))
    return found
