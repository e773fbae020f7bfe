"""Who may read a restricted file, as a JSON case file tells it."""

from __future__ import annotations

from casefile.access.model import Reader, Restriction
from casefile.exchange.json_file.ground import Ground


def add_restrictions(filing: Ground) -> None:
    """Write that the file was restricted or opened again, and each reader who was named."""
    mine = {"file_id": filing.file_id}
    for place, one in enumerate(filing.read.restrictions):
        at = f"$.restrictions[{place}]"
        row = {"restricted": one.restricted, "reason": one.reason, **mine, **filing.said(one, at)}
        row["id"] = filing.keys.for_part(one, one.key, "restriction")
        filing.put(Restriction, "restrictions", row, at)
    for place, reader in enumerate(filing.read.readers):
        at = f"$.readers[{place}]"
        row = {"id": filing.keys.for_part(reader, reader.key, "reader"), **mine}
        row |= {
            "officer_id": filing.officer(reader.officer, at),
            "recorded_by": filing.officer(reader.recorded_by, at),
        }
        filing.put(Reader, "readers", {**row, "from_at": reader.from_at or filing.work.now}, at)
