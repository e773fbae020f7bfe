"""Mappings of columns that this computer remembers by name: headings and targets, never what stands in a cell."""

from __future__ import annotations

from casefile.errors import Invalid
from casefile.exchange.docket import DocketMap, Index, load_map
from ui.shell.settings import Settings

_KEY = "docket_maps"


class Remembered:
    """The mappings remembered."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def all(self) -> tuple[DocketMap, ...]:
        """Every mapping that can still be read, by name."""
        found: list[DocketMap] = []
        for text in self._texts():
            try:
                found.append(load_map(text.encode(), "a remembered mapping"))
            except Invalid:
                continue
        return tuple(sorted(found, key=lambda one: one.name.casefold()))

    def keep(self, mapping: DocketMap) -> None:
        """Remember one, in place of one of the same name."""
        others = [one for one in self.all() if one.name.casefold() != mapping.name.casefold()]
        self._settings.put(_KEY, [one.as_toml() for one in (*others, mapping)])

    def fitting(self, index: Index) -> DocketMap | None:
        """A mapping made for an index of just these columns."""
        for one in self.all():
            if set(one.columns) == set(index.headings):
                return one
        return None

    def _texts(self) -> list[str]:
        held = self._settings.get(_KEY, [])
        return [held] if isinstance(held, str) else [str(one) for one in held or []]
