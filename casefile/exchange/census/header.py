"""The header of a return: who sent it, for which census year, and the day it speaks of."""

from __future__ import annotations

import re
from datetime import date

from casefile.exchange.census.elements import Group, Ledger, Stated
from casefile.exchange.census.model import Header
from casefile.exchange.census.values import day, year
from casefile.record.dates import long_date


def read_header(group: Group, ledger: Ledger) -> Header:
    """Read ``Header`` with its ``CollectionDetails`` and ``Source``; the content group is passed through."""
    details = {"Collection": "", "Year": "", "ReferenceDate": ""}
    stated: dict[str, Stated | None] = dict.fromkeys(details)
    for inner in group.groups("CollectionDetails"):
        for name in details:
            stated[name] = stated[name] or inner.text(name)
        inner.close()
    source = ("SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime")
    said: dict[str, Stated | None] = dict.fromkeys(source)
    for inner in group.groups("Source"):
        for name in source:
            said[name] = said[name] or inner.text(name, *(("LA",) if name == "LEA" else ()))
        inner.close()
    _content(group)
    return Header(
        collection=_plain(stated["Collection"]),
        year=year(stated["Year"], ledger),
        reference_date=day(stated["ReferenceDate"], ledger),
        source_level=_plain(said["SourceLevel"]),
        lea=_plain(said["LEA"]),
        software=_plain(said["SoftwareCode"]),
        release=_plain(said["Release"]),
        serial=_plain(said["SerialNo"]),
        stated_at=_plain(said["DateTime"]),
    )


def check_header(header: Header, ledger: Ledger) -> None:
    """Mark a header whose year, reference date or authority cannot be right."""
    details = "Header/CollectionDetails"
    if header.collection.upper() != "CIN":
        why = "The collection of this census is called CIN."
        ledger.doubt(f"{details}/Collection", header.collection, why, "collection")
    if header.reference_date is None:
        why = "Without a reference date nobody can tell what was so on which day."
        ledger.doubt(f"{details}/ReferenceDate", "", why, "no-reference-date")
    else:
        _check_reference(header.year, header.reference_date, ledger, details)
    if not re.fullmatch(r"\d{3}", header.lea):
        why = "A local authority has a number of three figures."
        ledger.doubt("Header/Source/LEA", header.lea, why, "lea")


def _check_reference(stated_year: int | None, reference: date, ledger: Ledger, details: str) -> None:
    if (reference.month, reference.day) != (3, 31):
        why = "A census year ends on 31 March."
        ledger.doubt(f"{details}/ReferenceDate", reference.isoformat(), why, "100-reference-date")
    if stated_year is not None and stated_year != reference.year:
        why = f"The census year is {stated_year} but the reference date is {long_date(reference)}."
        ledger.doubt(f"{details}/Year", str(stated_year), why, "year-and-reference-date")


def _content(group: Group) -> None:
    """``Content`` lists the blocks of the return in some authorities' headers; it says nothing of children."""
    for content in group.groups("Content"):
        for blocks in content.groups("CBDSLevels"):
            blocks.texts("CBDSLevel")
            blocks.close()
        content.close()


def _plain(stated: Stated | None) -> str:
    return stated.text if stated else ""
