"""What is killed: an officer who saves drafts, signs and brings files in, and says on a pipe what was acknowledged.

Started by :mod:`tests.faults.test_killed` from a warm fork server, so that a kill costs milliseconds, not imports.
"""

from __future__ import annotations

import json
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from casefile.audit.anchor import Anchor
from casefile.desk import Desk
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import sign_entry
from casefile.standards import library
from casefile.store.engine import Store, embedded_engine

TYPED = "The child was seen at school, alone, and spoke of the man upstairs."


def desk_at(path: Path, key: bytes, anchor: Path) -> Desk:
    """A desk on the store at *path*, with nobody signed in."""
    return Desk(Store(embedded_engine(path, key), "embedded", str(path)), library(), anchor=Anchor(anchor))


def whole_file(reference: str) -> bytes:
    """A case file as JSON: a child, her mother and three entries; all of it comes in or nothing."""
    person = {
        "key": "child",
        "facts": {
            "name": [{"says": {"given": "Wren", "family": reference, "known_on": "2026-03-02"}}],
            "involvement": [{"says": {"role": "subject", "known_on": "2026-03-02"}}],
        },
    }
    says = {"kind": "school", "by_whom": "DC Marsh", "child_seen": "alone", "note": TYPED}
    entries = [
        {
            "section": "contact",
            "versions": [{"happened_on": f"2026-03-0{day}", "known_on": "2026-03-09", "says": says}],
        }
        for day in (2, 3, 4)
    ]
    whole = {
        "format": "casefile/1",
        "reference": reference,
        "opened_on": "2026-03-02",
        "people": [person],
        "entries": entries,
    }
    return json.dumps(whole).encode()


def work(
    say: Connection, store: str, key: bytes, anchor: str, sign_in: tuple[str, str], file_id: UUID, run: int
) -> None:
    """Work until killed; each line on the pipe is what the desk has acknowledged."""
    desk = desk_at(Path(store), key, Path(anchor))
    desk.sign_in(*sign_in)
    say.send(("ready", "", 0))
    turn = 0
    while True:
        turn += 1
        draft = desk.do(start_draft, file_id, "contact").result
        say.send(("draft", str(draft.id), 0))
        values = {
            **draft.values, "happened_on": "2026-03-02", "known_on": "2026-03-02", "kind": "school",
            "by_whom": "DC Marsh", "child_seen": "alone", "note": TYPED,
        }  # fmt: skip
        saved = desk.do(save_draft, draft.id, values, draft.revision).result
        say.send(("saved", str(draft.id), saved.revision))
        entry = desk.do(sign_entry, draft.id).result
        say.send(("signed", str(entry.id), 0))
        reference = f"F-KILL-{run:05}-{turn:03}"
        desk.do(bring_in_json, whole_file(reference), "killed.json")
        say.send(("imported", reference, 0))
