"""The process is killed while somebody types: what was typed and saved is there afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.files import open_file
from casefile.files.queries.drafts import my_drafts

PASSPHRASE, PASSWORD = "otter kettle lamp", "plum river stone"
TYPED = "Amy said she is afraid of going home."
TYPIST = f"""
import sys
from pathlib import Path
from uuid import UUID
import ui
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from casefile import opening
from ui.app import build, start
from ui.pictures import settle
from ui.shell.settings import Settings
app = QApplication([])
folder = Path(sys.argv[1])
window = build(app, Settings(folder.parent / "window.ini"))
window.show()
start(window, opened=opening.open_with_passphrase(folder, {PASSPHRASE!r}, remember=False), sign_in=("Marsh", {PASSWORD!r}))
settle(window)
window.go("files", (UUID(sys.argv[2]), "strategy"))
settle(window)
docket = window.pages.currentWidget().docket
docket.new()
settle(window)
form = docket.records.form
saved = []
form._context.jobs.saved.connect(lambda moment: print("saved", flush=True))
prose = next(one for one in form.form.editors.values() if type(one).__name__ == "ProseEditor")
prose.setFocus()
QTest.keyClicks(prose.inner(), {TYPED!r})
app.exec()
"""


def test_what_was_typed_is_there_after_a_kill(tmp_path: Path) -> None:
    opened = opening.create(tmp_path / "store", PASSPHRASE, keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Marsh", "sergeant", PASSWORD))
    opened.desk.sign_in("Marsh", PASSWORD)
    file_id = opened.desk.do(open_file).result
    opened.close()
    home = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(tmp_path / "store"), str(file_id)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **home, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert typist.stdout is not None
    assert typist.stdout.readline() == "saved\n"
    typist.send_signal(signal.SIGKILL)
    typist.wait()
    typist.stdout.close()
    again = opening.open_with_passphrase(tmp_path / "store", PASSPHRASE, remember=False)
    again.desk.sign_in("Marsh", PASSWORD)
    drafts = again.desk.read(my_drafts)
    again.close()
    assert [one.record for one in drafts] == ["strategy"]
    assert TYPED in drafts[0].values.values()
