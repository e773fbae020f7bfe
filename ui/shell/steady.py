"""What keeps the window answering while Python works in other threads."""

from __future__ import annotations

import gc
import sys

TURN_S = 0.0005
"""How long a thread that computes may keep the others waiting; Python's own is ten times that."""
COLLECT = (5_000, 10, 100)
"""Objects made, and rounds, between collections: a walk through everything stops every thread for a tenth of a second."""


def keep_steady() -> None:
    """Let the window's thread have its turn soon, and spare it long walks through memory.

    Called once everything is loaded: what is there now stays, and is never walked through again.
    """
    sys.setswitchinterval(TURN_S)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)
