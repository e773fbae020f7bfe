"""Run by the memory test in a process of its own: prints pages and peak memory of a short and a long print."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import replace
from io import RawIOBase

from casefile.paper.model_file import PrintedFile, lay_model_file
from tests.casefile.paper import invented


class Nowhere(RawIOBase):
    """A stream that keeps nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return len(data)


def peak(file: PrintedFile) -> tuple[int, int]:
    """Pages of the print, and the most memory in KiB that this process has had so far."""
    pages = lay_model_file(file, Nowhere(), invented.imprint())  # type: ignore[arg-type]
    return pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def many_records(count: int) -> PrintedFile:
    return invented.family(records=count, chronology=2 * count)


def one_field(size: int) -> PrintedFile:
    sentence = "The child was seen alone and spoke of school and of the dog. "
    record = replace(invented.visit(1), fields=(("Account", sentence * (size // len(sentence))),))
    file = invented.family(chronology=1)
    return replace(file, dividers=(replace(file.dividers[0], records=(record,)),))


if __name__ == "__main__":
    make = {"records": many_records, "field": one_field}[sys.argv[1]]
    sys.stdout.write(json.dumps([peak(make(int(size))) for size in sys.argv[2:]]))
