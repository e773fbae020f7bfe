"""What is killed: a move, in pieces so small that there are many moments to be killed at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from casefile.moving.ends import NewFolder, OnServer, Target
from casefile.moving.run import Move, Source
from casefile.moving.sources import of_folder, of_server
from casefile.opening import Place, open_with_passphrase
from casefile.store.transfer import rows


class Telling:
    """Says on a pipe how far the move is."""

    def __init__(self, say: Connection) -> None:
        self._say = say

    def step(self, done: int, of: int | None, what: str) -> None:
        self._say.send((done, of, what))


def move(
    say: Connection, came: Place, to: Place, passphrase: str, sign_in: tuple[str, str], home: str
) -> None:
    """Move a record until it is done or this process is killed."""
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        os.environ[name] = str(Path(home) / name)
    rows.PIECE_ROWS = 4
    target: Target = NewFolder(to, passphrase, keychain=False) if isinstance(to, Path) else OnServer(to)
    with _source(came, passphrase, sign_in) as source:
        say.send((0, 0, "ready"))
        Move(source, target, sign_in[1], Telling(say)).run()
    say.send((1, 1, "over"))


@contextmanager
def _source(came: Place, passphrase: str, sign_in: tuple[str, str]) -> Iterator[Source]:
    if isinstance(came, Path):
        opened = open_with_passphrase(came, passphrase, remember=False)
        opened.desk.sign_in(*sign_in)
        yield of_folder(opened)
        opened.close()
        return
    with of_server(came, None, lambda desk: desk.sign_in(*sign_in)) as source:
        yield source
