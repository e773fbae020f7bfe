"""What is killed: a move, in pieces so small that there are many moments to be killed at."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection
from pathlib import Path

from casefile.moving.ends import NewFolder, Server, Target, is_address
from casefile.moving.run import Move
from casefile.moving.sources import of_opened, of_server
from casefile.opening import open_with_passphrase
from casefile.store.transfer import rows


class Telling:
    """Says on a pipe how far the move is."""

    def __init__(self, say: Connection) -> None:
        self._say = say

    def step(self, done: int, of: int | None, what: str) -> None:
        self._say.send((done, of, what))


def move(say: Connection, came: str, to: str, passphrase: str, sign_in: tuple[str, str], home: str) -> None:
    """Move a record until it is done or this process is killed."""
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        os.environ[name] = str(Path(home) / name)
    rows.PIECE_ROWS = 4
    opened = None if is_address(came) else open_with_passphrase(Path(came), passphrase, remember=False)
    source = of_opened(opened) if opened else of_server(came)
    source.desk.sign_in(*sign_in)
    target: Target = Server(to) if is_address(to) else NewFolder(Path(to), passphrase, keychain=False)
    say.send((0, 0, "ready"))
    Move(source, target, sign_in[1], Telling(say)).run()
    source.store.close()
    say.send((1, 1, "over"))
