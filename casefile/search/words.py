"""The one search box: people, files, records, documents and tasks that an officer may see, by what stands in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from casefile.access.visibility import hidden_files
from casefile.search.asked import read_text
from casefile.search.hits import GROUPS, Group, Hit, Results
from casefile.search.narrowed import Narrowed, narrowed
from casefile.search.people import described, likely
from casefile.search.shown import show
from casefile.search.told import words_compared
from casefile.store.words import find_and_count, find_roughly
from casefile.words.asked import Asked, finished, read, without_typing
from casefile.words.engines import ENGINES, rough, said
from casefile.words.snippets import Snippet
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

SHOWN = 200
"""How many of each kind are handed over."""
AS_TYPED = 5
"""How many of each kind are shown while somebody types."""
COUNTED = 1_000
"""Up to how many are counted."""
_LIKE_ENOUGH = 70.0
"""From which score on somebody stands among the hits: a line of words holds many a word that is like some name."""


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def search_words(
    work: Work,
    line: str,
    *,
    kinds: Collection[str] = (),
    older: bool = False,
    most: int = SHOWN,
    tells: bool = True,
) -> Results:
    """Search everything one may see; hits in a heading come first, then the newest.

    Args:
        line: Words, with operators or without: ``bruise "left arm" -football by:marsh after:1/3/2026``.
        kinds: Only these (keys of ``GROUPS``); none means all.
        older: Also versions that were amended.
        most: How many of each kind are handed over.
        tells: Whether an officer asked it: not, where a page looks again by itself.
    """
    return _found(_Search(work, read(line), most, older, tells=tells), line, frozenset(kinds))


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def search_as_typed(work: Work, line: str) -> Results:
    """Search while somebody types: the last word may be only the beginning of one, and little is handed over."""
    asked = without_typing(read(line, typing=not line.endswith(" ")))
    return replace(_found(_Search(work, asked, AS_TYPED, typing=True), line, frozenset()), remarks=())


def _found(search: _Search, line: str, kinds: frozenset[str]) -> Results:
    work, asked = search.work, search.asked
    if not asked.wanted and not asked.fields:
        return Results(line, remarks=asked.remarks, asked=bool(asked.unwanted or line.strip()))
    to = narrowed(work, asked.fields)
    if kinds:
        to = to.only(kinds)
    if search.tells:
        words_compared(work, asked, to, line)
    groups = tuple(found for kind in GROUPS if kind in to.kinds and (found := search.group(kind, to)).hits)
    hits = [one for group in groups for one in group.hits]
    work.about(
        files=[one.file_id for one in hits], people=[one.record_id for one in hits if one.kind == "person"]
    )
    work.note(found=sum(one.total for one in groups))
    return Results(line, groups, to.narrowings, (*asked.remarks, *to.remarks))


@dataclass(slots=True)
class _Search:
    """One search in the hands of one officer."""

    work: Work
    asked: Asked
    most: int
    older: bool = False
    typing: bool = False
    tells: bool = False

    def group(self, kind: str, to: Narrowed) -> Group:
        """The hits of one kind."""
        if kind == "person":
            return self._people(to)
        if kind == "file" and not self.asked.wanted:
            return Group(kind, (), 0)
        ids, total, more = self._ids(kind, to, self.most)
        return Group(kind, show(self.work, kind, ids, self.asked.words()), total, more)

    def _ids(self, kind: str, to: Narrowed, most: int) -> tuple[Sequence[int], int, bool]:
        """Numbers of the rows of a kind, how many there are, and whether there are more than were counted.

        Those where every word stands in the heading come first, each the newest first.
        """
        if self.typing:
            return self._as_typed(kind, to)
        newest, total = self._rows(self.asked, kind, to, most, COUNTED + 1)
        if kind != "file" and self.asked.wanted and total > 1:
            first = self._newest(kind, to, most, heading=True)
            if first:
                held = set(first)
                newest = [*first, *(one for one in newest if one not in held)][:most]
        return newest, min(total, COUNTED), total > COUNTED

    def _as_typed(self, kind: str, to: Narrowed) -> tuple[Sequence[int], int, bool]:
        """The newest where what was typed is a whole word; where these are few, those too where it begins one.

        Engines hand over rows of a word from the newest on, and of a beginning only once they have gathered all.
        """
        wanted = self.most + 1
        whole = finished(self.asked)
        every, _ = self._rows(whole, kind, to, wanted)
        if len(every) < wanted and whole is not self.asked:
            begun = self._newest(kind, to, wanted)
            held = set(every)
            every = [*every, *(one for one in begun if one not in held)]
        return every[: self.most], min(len(every), self.most), len(every) > self.most

    def _newest(self, kind: str, to: Narrowed, most: int, *, heading: bool = False) -> Sequence[int]:
        """The newest rows, where it need not be known how many there are."""
        session = self.work.session
        asked = rough(
            ENGINES[session.get_bind().dialect.name], self.asked,
            heading=heading, agencies=to.agencies, not_agencies=to.not_agencies,
        )  # fmt: skip
        found: Sequence[int] | None = None
        if asked is not None:
            within = to.within(kind, older=self.older)
            found = find_roughly(session, asked, within, hidden_files(session), most)
        return self._rows(self.asked, kind, to, most, heading=heading)[0] if found is None else found

    def _rows(
        self, asked: Asked, kind: str, to: Narrowed, most: int, counted: int = 0, *, heading: bool = False
    ) -> tuple[Sequence[int], int]:
        session = self.work.session
        engine = ENGINES[session.get_bind().dialect.name]
        words = said(engine, asked, heading=heading, agencies=to.agencies, not_agencies=to.not_agencies)
        within = to.within(kind, older=self.older)
        return find_and_count(session, words, within, hidden_files(session), most, counted)

    def _people(self, to: Narrowed) -> Group:
        """People by their names, however written; then those of whom the words stand in what a file says of them."""
        named, others = self._named(to)
        hits = [one for one in named if one.file_id]
        ids: Sequence[int] = ()
        total, more = 0, False
        if self.asked.wanted:
            ids, total, more = self._ids("person", to, self.most + len(hits))
        held = {one.record_id for one in hits}
        also: dict[UUID, Hit] = {}
        for one in show(self.work, "person", ids, self.asked.words()):
            if one.record_id not in held:
                also.setdefault(one.record_id, one)
        found = [*hits, *also.values()]
        return Group("person", tuple(found[: self.most]), len(found), more or others or total > len(ids))

    def _named(self, to: Narrowed) -> tuple[Sequence[Hit], bool]:
        """Who is called so, however it is written; and whether there may be others."""
        asked = read_text(self.asked.plain, self.work.today)
        if not self.asked.plain or self.asked.unwanted or not asked.keys():
            return (), False
        named = likely(self.work, asked, most=self.most * 2)
        like = [one for one in named.people if one[1].score >= _LIKE_ENOUGH]
        hits: list[Hit] = []
        for one in described(self.work, like[: self.most * 2]):
            at = next((file for file in one.files if _stands(file.file_id, file.state, to)), None)
            if at is None:
                continue
            why = "; ".join(one.why)
            born = f", born {one.born}" if one.born else ""
            parts = [one.address, f"also {', '.join(one.other_names)}" if one.other_names else "", why]
            told = " · ".join(part[:1].upper() + part[1:] for part in parts if part)
            hits.append(
                Hit(
                    "person", one.person_id, at.file_id, at.reference, at.family_name, f"{one.name}{born}", Snippet(told),
                )
            )  # fmt: skip
        return hits, named.more


def _stands(file_id: UUID, state: str, to: Narrowed) -> bool:
    """Whether a file is within what the search is narrowed to."""
    return (to.files is None or file_id in to.files) and (to.states is None or state in to.states)
