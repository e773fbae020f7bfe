"""The head of the log, kept outside the store, so that a cut tail or a rebuilt log shows.

One small file for each store, in the user's state folder, not beside the store: whoever swaps
or edits the store file alone cannot make the log agree with it. It holds numbers and digests only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from casefile.audit.write import Head
from casefile.errors import Unavailable

KEPT_EVERY = 256
"""Older heads are thinned to one in so many rows; the newest is always kept."""
_LINES_BEFORE_THINNING = 4096
_APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
"""A line is one write, so that two windows never mix theirs; every reading waits for it."""


class Anchor:
    """The heads seen on this computer for one store."""

    def __init__(self, path: Path) -> None:
        """Keep heads in *path*, whose folder is made when the first head is kept."""
        self._path = path
        self._lines = 0

    @property
    def path(self) -> Path:
        """Where the heads are kept."""
        return self._path

    def heads(self) -> tuple[Head, ...]:
        """Every head kept, oldest first; lines that were cut off by a crash are passed over."""
        found: list[Head] = []
        try:
            lines = self._path.read_text(encoding="ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise Unavailable(
                f"The ends of the log kept outside the store cannot be read: {self._path}.",
                remedy="Ask for the right to read that file, or look at what stands in its place.",
            ) from error
        for line in lines:
            try:
                seq, digest = json.loads(line)
                found.append(Head(int(seq), str(digest)))
            except (ValueError, TypeError):
                continue
        self._lines = len(lines)
        return tuple(found)

    def keep(self, head: Head) -> None:
        """Keep *head*, the end of the log just written."""
        line = f'[{head.seq}, "{head.digest}"]\n'.encode("ascii")
        try:
            out = os.open(self._path, _APPENDING, 0o600)
        except FileNotFoundError:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            out = os.open(self._path, _APPENDING, 0o600)
        try:
            os.write(out, line)
        finally:
            os.close(out)
        self._lines += 1
        if self._lines > _LINES_BEFORE_THINNING:
            self._thin()

    def start_again(self, head: Head) -> None:
        """Forget every head but *head*: only after a restore that a person asked for."""
        self.begin_with((head,))

    def begin_with(self, heads: Iterable[Head]) -> None:
        """Keep *heads* and no other: those of another log that is this one up to there."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps([head.seq, head.digest]) + "\n" for head in heads]
        self._path.write_text("".join(lines), encoding="ascii")
        self._lines = len(lines)

    def _thin(self) -> None:
        heads = self.heads()
        kept = [one for one in heads[:-1] if one.seq % KEPT_EVERY == 0] + [heads[-1]]
        partial = self._path.with_suffix(".new")
        partial.write_text("".join(json.dumps([h.seq, h.digest]) + "\n" for h in kept), encoding="ascii")
        partial.replace(self._path)
        self._lines = len(kept)
