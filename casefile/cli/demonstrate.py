"""The main job without a display: children brought in, an entry signed, files printed, pictures of the real window."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.cli.speak import plain
from casefile.errors import Unavailable
from casefile.exchange.census.bring_in import bring_in_census
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.queries.drafts import foresee
from casefile.files.queries.listing import list_files
from casefile.files.queries.tasks import owed_everywhere
from casefile.paper.actions import neutral_name
from casefile.printing import print_copy
from casefile.sample import OFFICER, PASSWORD

if TYPE_CHECKING:
    from uuid import UUID

    from casefile.desk import Desk

PRINTED = ("Harding", "Whitlock", "Doyle")
"""Families whose files are printed: on a plan, an injury, and the long one."""
RETURN = Path(__file__).resolve().parents[2] / "resources" / "samples" / "census" / "cin-2026.xml"
"""An invented census return of seven children."""
DISCUSSION = {
    "mode": "telephone",
    "chair": "R. Adeyemi, team manager, children's social care",
    "supervisor": "DS Sefton",
    "shared": "The health visitor saw a bruise the size of a coin on the upper arm. The carer said the child fell.",
    "outcome": "s47",
    "s47_kind": "joint",
    "child_seen_by": "Social worker and DC together, at nursery, this afternoon",
    "decision_reasons": "The explanation does not fit the place of the bruise, and it is the second in a month.",
    "attendees": [
        {"name": "DS Sefton", "agency": "police", "attendance": "attended"},
        {"name": "R. Adeyemi", "agency": "social_care", "attendance": "attended"},
        {"name": "T. Novak", "agency": "health_visiting", "attendance": "attended"},
    ],
}
"""The strategy discussion that is typed and signed into the first child's file."""


def demonstrate(out: Path) -> Iterator[str]:
    """Do it all, and say what was done, line by line.

    Raises:
        Unavailable: The folder cannot be written to.
    """
    from casefile.cli.window import training_store, window_pictures

    _make(out)
    with tempfile.TemporaryDirectory(prefix="casefile-demo-") as folder:
        opened = training_store(Path(folder) / "store")
        try:
            files = opened.desk.read(list_files, limit=1000)
            yield f"The training store holds {files.total} invented families."
            first = yield from _brought_in(opened.desk)
            yield from _signed(opened.desk, first)
            yield from _on_paper(opened.desk, out)
            yield _owed(opened.desk, out)
            verdict = opened.desk.verify_log()
            yield f"The log of all this is {'intact' if verdict.intact else 'NOT intact'}: {verdict.rows:,} rows."
            for path in window_pictures(opened, (OFFICER, PASSWORD), out):
                yield f"Picture of the window: {path}"
        finally:
            opened.close()


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"The folder {out} cannot be made: {error.strerror}.") from error


def _brought_in(desk: Desk) -> Generator[str, None, UUID]:
    """Bring the invented return in twice; gives the file of its first child."""
    data = RETURN.read_bytes()
    first = desk.do(bring_in_census, data, RETURN.name).result
    yield first.sentence
    yield desk.do(bring_in_census, data, RETURN.name).result.sentence
    return first.children[0].file_id


def _signed(desk: Desk, file_id: UUID) -> Iterator[str]:
    """Type a strategy discussion, sign it, and say what that opened."""
    draft = desk.do(start_draft, file_id, "strategy").result
    values = {**draft.values, **DISCUSSION, "happened_on": desk.now().date().isoformat()}
    desk.do(save_draft, draft.id, values, draft.revision)
    opens = desk.read(foresee, file_id, "strategy", values).opens
    entry = desk.do(sign_entry, draft.id).result
    yield f"Signed in {draft.reference}: {entry.summary}. It opened: {'; '.join(opens)}."


def _on_paper(desk: Desk, out: Path) -> Iterator[str]:
    imported = desk.read(list_files, text="ORD-40117", limit=1).rows
    families = [desk.read(list_files, text=family, limit=1).rows[0] for family in PRINTED]
    for row in (*families, *imported):
        target = out / neutral_name(row.reference)
        print_copy(desk, row.id, target, recipient="the demonstration")
        yield f"Printed file: {target} ({target.stat().st_size / 1024:,.0f} kB)"


def _owed(desk: Desk, out: Path) -> str:
    files = desk.read(owed_everywhere, desk.now().date())
    late = [
        (one.reference, task)
        for one in files
        for task in one.owed
        if task.days_late and task.state.outstanding
    ]
    target = out / "late.json"
    said = [{"file": reference, **plain(task)} for reference, task in late]
    target.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return f"Late today: {len(late)} things, in {target}"
