"""The window: draws and listens. It has never heard of SQLAlchemy; all it knows comes through the desk."""

from __future__ import annotations

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12 is built against Python 3.12, where None, True and False are immortal and are handed back
    # without being counted. On Python 3.11 every such call takes one from their count, until the interpreter
    # stops with "deallocating None". Give them the immortality that 3.12 gives them.
    for _one in (None, True, False, NotImplemented, Ellipsis):
        ctypes.c_ssize_t.from_address(id(_one)).value += 1 << 40
