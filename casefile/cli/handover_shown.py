"""How hand-overs read on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from casefile.cli.speak import british


def item_line(one: Any) -> str:
    """One file of a hand-over on one line."""
    mark = "◆ " if one.late else ""
    role = "" if one.role == "officer" else f" ({one.role})"
    asked = f" “{one.asked}”" if one.asked else ""
    return f"{mark}{one.reference}  {one.family_name or 'no name yet'}{role}: {one.state}{asked}"


def sheet_lines(page: Any) -> Iterator[str]:
    """The checklist of one file."""
    yield f"{item_line(page.item)}. {page.owner.sentence}"
    for block in page.blocks:
        yield f"\n{block.title}"
        for one in block.lines:
            day = f" ({british(one.on)})" if one.on else ""
            yield f"  {'◆ ' if one.late else ''}{one.text}{day}"
        if not block.lines:
            yield f"  {block.nothing}"
    yield "\nThe officer adds"
    for spec in page.description.fields:
        yield f"  {spec.label}: {page.values.get(spec.key) or '–'}"
    for group in page.description.groups:
        for row in page.values.get(group.key) or ():
            yield f"  {group.label}: {', '.join(str(one) for one in row.values() if one)}"
    if page.changed:
        yield "\nRecorded since it was sent"
        for one in page.changed:
            yield f"  {one.text}"
    if page.words:
        yield "\nWhat was said and done"
        for one in page.words:
            to = f" to {one.receiver}" if one.what == "sent" else ""
            yield f"  {british(one.on)}  {one.what}{to} by {one.by}{f': {one.said}' if one.said else ''}"


def outstanding_lines(found: Iterable[Any]) -> Iterator[str]:
    """What of hand-over wants a supervisor."""
    some = False
    for one in found:
        some = True
        where = f"{one.reference}  {one.family_name}".strip()
        owner = f" {one.owner} answers for it." if one.owner else ""
        yield f"{'▲ ' if one.late else ''}{where + ': ' if where else ''}{one.sentence}{owner}"
    if not some:
        yield "Nothing of hand-over is outstanding."
