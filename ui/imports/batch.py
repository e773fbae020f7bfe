"""The files chosen for import, one after another: what each waits for, and bringing one in off the UI thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from casefile.desk import Desk
from casefile.errors import Invalid, Unavailable
from casefile.exchange.census.bring_in import bring_in_census
from casefile.exchange.census.report import CensusReport
from casefile.exchange.docket import Index, open_index
from casefile.exchange.docket.bring_in import bring_in_docket
from casefile.exchange.docket.report import DocketReport
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.exchange.json_file.report import JsonReport
from casefile.work.changed import Done
from ui.imports.mapping_view import Mapped
from ui.imports.told import Told
from ui.shell.jobs import Job

LARGEST = 512 * 1024 * 1024
KEPT = "Nothing of it was brought in."
INDEXES = (".csv", ".xlsx")
KNOWN = (".xml", ".json", *INDEXES)
Report = CensusReport | DocketReport | JsonReport


@dataclass(slots=True)
class Queued:
    """One file chosen.

    Attributes:
        state: ``waiting``, ``running``, ``asking`` (which column holds what), ``done``, ``refused`` or ``left out``.
        told: What came of it.
        received_on: The day police had it, for a return; None for today.
        index, data: Of a docket index that is being asked about.
    """

    path: Path
    state: str = "waiting"
    told: Told | None = None
    received_on: date | None = None
    index: Index | None = None
    data: bytes = field(default=b"", repr=False)

    @property
    def over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in ("done", "refused", "left out")

    @property
    def is_index(self) -> bool:
        """Whether it is asked about before it is brought in."""
        return self.path.suffix.lower() in INDEXES


def read(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        Invalid: Casefile brings in no such files here.
        Unavailable: It is not there, or too large.
    """
    if path.suffix.lower() not in KNOWN:
        known = ", ".join(KNOWN)
        raise Invalid(
            f"Casefile brings in {known} here. Minutes, reports and mails go into a file: open it, then Documents.",
            kept=KEPT,
        )
    try:
        if path.stat().st_size > LARGEST:
            raise Unavailable(f"{path.name} is larger than 512 MB.", kept=KEPT)
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(f"{path.name} cannot be read.", kept=KEPT) from error


def look(path: Path, sheet: str = "") -> tuple[Index, bytes]:
    """Open a docket index to ask about its columns."""
    data = read(path)
    return open_index(data, path.name, sheet), data


def bring_in(desk: Desk, one: Queued, job: Job) -> Done[CensusReport] | Done[JsonReport]:
    """Bring in a census return or a whole case file."""
    path, data = one.path, read(one.path)
    errand = desk.with_(progress=job)
    if path.suffix.lower() == ".json":
        return errand.do(bring_in_json, data, path.name)
    return errand.do(bring_in_census, data, path.name, received_on=one.received_on)


def bring_in_index(desk: Desk, one: Queued, mapped: Mapped, job: Job) -> Done[DocketReport]:
    """Bring in a docket index as it was mapped."""
    errand = desk.with_(progress=job)
    return errand.do(bring_in_docket, one.data, one.path.name, mapped.mapping, received_on=mapped.received_on)
