"""Words of names and addresses that say little or nothing, as data: ``resources/names/words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "names"
"""The tables that ship with the app."""
_READ: Mapping[str, Any] = tomllib.loads((RESOURCES / "words.toml").read_text("utf-8"))

TITLES = frozenset[str](_READ["titles"])
"""Words before or after a name that are no part of it, in the languages that officers meet."""
PARTICLES = frozenset[str](_READ["particles"])
"""Words between the parts of a name, which one record writes and the next leaves out."""
MAYBE = frozenset[str](_READ["maybe"])
"""Words that are such a particle or title in one name and a name of its own in the next."""
COMMON = frozenset[str](_READ["common"])
"""Parts that many people of a place share and that are left out or put in as it happens."""
GENERIC = frozenset[str](_READ["generic"])
"""Words of the names of settings that say what it is and not which."""
ROADS: Mapping[str, str] = _READ["roads"]
"""Words of addresses that are shortened in one record and written out in the next; "" for what is left out."""
