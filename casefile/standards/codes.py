"""Code lists: the words a form offers and a count can rely on.

Old entries keep their old codes, so a code is never removed: it gets a last day (``until_on``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list.

    Attributes:
        code: As stored and exchanged; official lists keep the official code.
        label: As shown.
        from_on, until_on: First and last day of use; None is open.
        group: Heading under which a form may show it.
        inverse: For relationships: how the other person stands to this one.
        tags: What rules look for, e.g. ``static``, ``report_six``, ``trio:substance``.
    """

    code: str
    label: str
    from_on: date | None = None
    until_on: date | None = None
    help: str = ""
    group: str = ""
    inverse: str | None = None
    tags: tuple[str, ...] = ()

    def used_on(self, on: date) -> bool:
        """Whether it was in use that day."""
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)


class CodeList:
    """One list of codes, in the order a form shows them."""

    __slots__ = ("_by_code", "about", "codes", "confidence", "key", "source", "title")

    def __init__(
        self, key: str, title: str, codes: Iterable[Code], source: str, confidence: str, about: str = ""
    ) -> None:
        self.key = key
        self.title = title
        self.codes = tuple(codes)
        self.source = source
        self.confidence = confidence
        self.about = about
        self._by_code = {code.code: code for code in self.codes}

    def __contains__(self, code: object) -> bool:
        """Whether the list has the code, in use or not."""
        return code in self._by_code

    def get(self, code: str | None) -> Code | None:
        """The code, or None if the list does not have it."""
        return self._by_code.get(code) if code is not None else None

    def label(self, code: str) -> str:
        """The label of a code; an unknown code stands for itself, so that nothing is hidden."""
        found = self._by_code.get(code)
        return found.label if found else code

    def in_use(self, on: date) -> tuple[Code, ...]:
        """The codes a form may offer for something that happened on that day."""
        return tuple(code for code in self.codes if code.used_on(on))

    def inverse(self, code: str) -> str | None:
        """For relationships: the code of how the other person stands to this one."""
        found = self._by_code.get(code)
        return found.inverse if found else None

    def tagged(self, tag: str) -> tuple[Code, ...]:
        """The codes that carry a tag, e.g. the report's six risk factors."""
        return tuple(code for code in self.codes if tag in code.tags)
