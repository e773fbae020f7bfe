"""The docket index: a team's spreadsheet of its paper dockets, read by a mapping of columns and brought in.

``index`` opens it and guesses, ``mapping`` says which column holds what, ``preview`` shows what would
come in, ``bring_in`` writes it to the record. ``docs/import-docket.md`` tells column by column what
becomes of it.
"""

from casefile.exchange.docket.index import Column, Index, open_index
from casefile.exchange.docket.mapping import DocketMap, from_pairs, load_map

__all__ = ["Column", "DocketMap", "Index", "from_pairs", "load_map", "open_index"]
