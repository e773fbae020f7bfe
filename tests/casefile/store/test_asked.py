from __future__ import annotations
from pathlib import Path
from collections.abc import Callable
from casefile.desk import Desk
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.tasks import add_task, mark_done
from casefile.files.actions.files import open_file
from casefile.files.queries.docket import open_docket
from tests.casefile.store.asked import asked
VISIT = {
    "happened_on": "2026-10-20", "known_on": "2026-10-20", "kind": "visit_unannounced", "by_whom": "DC Marsh",
    "child_seen": "alone", "note": "Seen alone at school.",
}  # fmt: skip
def test_x(desk: Desk, tmp_path: Path):
    from tests.casefile.sections.whole_file import  __dict__ as d
    print([k for k in d])
    file = desk.do(open_file, "F-1").result
    print(file)
    fid = getattr(file,'id',file)
    desk.do(record_entry, fid, "contact", VISIT)
    for name, do in {"sign": lambda: desk.do(record_entry, fid, "contact", VISIT), "open": lambda: desk.read(open_docket, fid), "task": lambda: desk.do(add_task, fid, "x", None)}.items():
        do()
        with asked(desk.store, tmp_path) as found: do()
        print(name, len(found)); print("\n".join(x[:110].replace("\n"," ") for x in found))
