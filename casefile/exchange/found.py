"""What a search found, as a table for a spreadsheet: a disclosure, whose recipient the log names."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection

from casefile.audit.recipient import recipient_of
from casefile.exchange.census.report import harmless
from casefile.search.words import COUNTED, search_words
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

HEADINGS = ("kind", "what", "file", "family", "date", "by", "words around it", "amended since")


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def export_search(
    work: Work, recipient: str, line: str, *, kinds: Collection[str] = (), older: bool = False
) -> bytes:
    """Export what a search finds as a table (CSV) for a named recipient.

    Cells that a spreadsheet would run as formulas are made harmless.

    Raises:
        Invalid: Nobody is named to receive it.
    """
    whom = recipient_of(recipient, "table", kept="Nothing was given out.")
    work.disclosed_to(whom)
    found = search_words(work, line, kinds=kinds, older=older, most=COUNTED)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for group in found.groups:
        for hit in group.hits:
            cells = (
                group.title, hit.title, hit.reference, hit.family_name, hit.on.isoformat() if hit.on else "", hit.by,
                hit.snippet.text, "yes" if hit.older else "",
            )  # fmt: skip
            writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")
