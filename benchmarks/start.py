"""From the start of the process to a usable list of files, beside a bare PySide6 window with an empty table."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Figure, in_turn
from benchmarks.stores import PASSWORD
from casefile import opening
from casefile.sample import OFFICER, build
from casefile.sample import PASSWORD as SIGN_IN
from casefile.work.progress import Quiet

BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTableView())
window.show()
app.processEvents()
"""
OURS = """
import os, sys
from pathlib import Path
import ui
from PySide6.QtWidgets import QApplication
from casefile import opening
from ui.app import build, start
from ui.pictures import settle
from ui.shell.settings import Settings
app = QApplication([])
folder = Path(sys.argv[1])
window = build(app, Settings(folder.parent / "window.ini"))
window.show()
if key := os.environ.get("BENCH_KEY"):
    from casefile.opening import _ready
    from casefile.store import embedded
    opened = _ready(folder, embedded.open_with_key(folder, bytes.fromhex(key)), bytes.fromhex(key), opening.real_clock, None)
else:
    opened = opening.open_with_passphrase(folder, sys.argv[2], remember=False)
start(window, opened=opened, sign_in=(sys.argv[3], sys.argv[4]))
window.go("files")
settle(window)
"""


def figures() -> list[Figure]:
    """Measure on the training store."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "store"
        opened = opening.create(folder, PASSWORD, keychain=False)
        build(opened, Quiet())
        key = opened._key.hex()
        opened.close()
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": place}

        def run(program: str, *arguments: str, key: str = "") -> None:
            subprocess.run(
                [sys.executable, "-c", program, *arguments],
                env={**environment, "BENCH_KEY": key}, check=True, capture_output=True,
            )  # fmt: skip

        started = (str(folder), PASSWORD, OFFICER, SIGN_IN)
        asked, bare = in_turn(lambda: run(OURS, *started), lambda: run(BARE), 7)
        kept, bare_again = in_turn(lambda: run(OURS, *started, key=key), lambda: run(BARE), 7)
    work, floor = "sign in to the list of files", "a bare window with an empty table"
    both = (
        "two slow hashes (recovery passphrase, password) are in ours: without a keychain both are asked for"
    )
    one = "one slow hash (password) is in ours: the keychain has given the key; what the keychain itself takes is not"
    return [
        Figure(f"Start, unlock by passphrase and {work}", floor, 1.6, asked, bare, note=both),
        Figure(f"Start, unlock by keychain and {work}", floor, 1.6, kept, bare_again, note=one),
    ]
