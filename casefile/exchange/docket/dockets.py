"""Rows brought together to dockets: which rows are one file, which only look so, which are no rows at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from casefile.exchange.docket.index import Index
from casefile.exchange.docket.mapping import DocketMap
from casefile.exchange.docket.row import RowReader
from casefile.exchange.docket.says import MARKED, REPORT_ONLY, DocketDoubt, DocketSays, PersonSays, RowSays
from casefile.exchange.docket.sheet import Row
from casefile.exchange.docket.words import normal
from casefile.standards import Library
from casefile.work.progress import Progress, Quiet

_STEP = 100
WHOLE = "the index"
"""Whom a doubt is about that belongs to no docket."""


class Dockets:
    """Reads the rows of an index and brings them together.

    Attributes:
        doubts: Everything doubtful so far, in the order of the rows.
        rows: How many rows were read as rows of dockets.
    """

    def __init__(self, index: Index, mapping: DocketMap, standards: Library, received_on: date) -> None:
        self._index = index
        self._mapping = mapping
        self._reader = RowReader(index, mapping, standards, received_on)
        self._found: dict[str, DocketSays] = {}
        self._last: DocketSays | None = None
        self.doubts: list[DocketDoubt] = [
            DocketDoubt(0, WHOLE, "", one.where, one.text, one.why, REPORT_ONLY) for one in index.asides
        ]
        self.rows = 0

    def read(
        self, held: Mapping[str, str] | None = None, progress: Progress | None = None, most: int | None = None
    ) -> list[DocketSays]:
        """The dockets of the index, in its order.

        Args:
            held: Family names, by reference, of the files the store holds: who bears a reference keeps it.
            progress: Told how far the reading is; may cancel it.
            most: Read so many rows at most.
        """
        told = progress or Quiet()
        for row in self._rows():
            if most is not None and self.rows >= most:
                break
            self.rows += 1
            if self.rows % _STEP == 0:
                told.step(self.rows, None, "Reading the index")
            self._take(row, self._reader.read(row), held or {})
        return list(self._found.values())

    def _rows(self) -> Iterator[Row]:
        """The rows of the index without those that only repeat its headings or head a part of it."""
        for row in self._index.rows():
            if why := self._no_row(row):
                said = " · ".join(one.text for one in row.cells.values())
                self.doubts.append(DocketDoubt(row.number, WHOLE, "", "", said, why, REPORT_ONLY))
            else:
                yield row

    def _no_row(self, row: Row) -> str:
        same = sum(
            normal(cell.text) in (head := normal(self._index.heading(at)), head.rpartition(" ")[2])
            and bool(head)
            for at, cell in row.cells.items()
        )
        if same > 1 and same * 10 >= 7 * len(row.cells):
            return "The headings are repeated here."
        if len(row.cells) > 1 or len(self._mapping.columns) == 1:
            return ""
        place, cell = next(iter(row.cells.items()))
        target = self._mapping.target(self._index.heading(place))
        heads = target == "reference" or (
            place == 0 and target in ("note", "family_name") and len(self._index.columns) > 2
        )
        if heads and not any(one.isdigit() for one in cell.text):
            return "It stands alone in its row: taken as the heading of a part of the index."
        return ""

    def _take(self, row: Row, says: RowSays, held: Mapping[str, str]) -> None:
        docket = self._docket(says, held)
        if docket is None:
            self._nobody(row)
            return
        if says.row not in docket.rows:
            docket.rows.append(says.row)
        self.doubts += says.named_for(docket.label)
        for child in says.children:
            _join(docket.children, child)
        if docket.children:
            docket.children[-1].notes += [one for one in says.loose if one not in docket.children[-1].notes]
        for adult in says.adults:
            _join(docket.adults, adult)
        self._once(docket, says)
        self._last = docket

    def _docket(self, says: RowSays, held: Mapping[str, str]) -> DocketSays | None:
        if says.reference:
            return self._referenced(says, held)
        last = self._last
        same = not says.family or (last is not None and normal(says.family) == normal(last.family))
        if last is not None and same and (self._mapping.holds("reference") or not says.family):
            why = "The row gives no reference; taken with the docket of the row above."
            self.doubts.append(DocketDoubt(says.row, last.label, "", "", "", why, MARKED))
            return last
        if not says.children:
            return None
        return self._unreferenced(says)

    def _referenced(self, says: RowSays, held: Mapping[str, str]) -> DocketSays:
        base = normal(says.reference) or says.reference
        key = _key_for(base, says.family, held)
        docket = self._found.get(key)
        if docket is None:
            reference = says.reference if key == base else f"{says.reference} ({key.rpartition('#')[2]})"
            return self._add(DocketSays(key, reference, says.family, [says.row]))
        if not says.family or normal(says.family) == normal(docket.family) or _share(docket, says):
            self._family_differs(docket, says)
            docket.family = docket.family or says.family
            return docket
        return self._other_family(says, docket, base)

    def _family_differs(self, docket: DocketSays, says: RowSays) -> None:
        if says.family and docket.family and normal(says.family) != normal(docket.family):
            why = f"Row {docket.rows[0]} of the same docket gives the family as “{docket.family}”; brought together."
            self.doubts.append(DocketDoubt(says.row, docket.label, "", "", says.family, why, MARKED))

    def _other_family(self, says: RowSays, first: DocketSays, key: str) -> DocketSays:
        """A reference that another family bears already: a file of its own, told apart by a number."""
        for count in range(2, 1000):
            other_key = f"{key} #{count}"
            docket = self._found.get(other_key)
            if docket is not None and normal(docket.family) != normal(says.family):
                continue
            if docket is None:
                reference = f"{says.reference} ({count})"
                docket = self._add(DocketSays(other_key, reference, says.family, [says.row]))
                why = (
                    f"Row {first.rows[0]} gives the same reference to another family, “{first.family}”; "
                    f"this family was given {reference}."
                )
                self.doubts.append(DocketDoubt(says.row, reference, "", "", says.reference, why, MARKED))
            return docket
        return first

    def _unreferenced(self, says: RowSays) -> DocketSays:
        """A family without a reference, told apart by its name and address."""
        homes = [one.raw for child in says.children for one in child.facts if one.kind == "residence"]
        place = normal(str(homes[0].get("postcode") or homes[0].get("address") or "")) if homes else ""
        if not place:
            place = normal(says.children[0].named.shown) + str(says.children[0].born_on or "")
        family = says.family or says.children[0].named.family or says.children[0].named.shown
        key = f"family {normal(family) or family} {place}".strip()
        docket = self._found.get(key)
        if docket is None:
            docket = self._add(DocketSays(key, "", family, [says.row]))
            if self._mapping.holds("reference"):
                why = "The row gives no reference; the store gave one."
                self.doubts.append(DocketDoubt(says.row, docket.label, "", "", "", why, MARKED))
        return docket

    def _add(self, docket: DocketSays) -> DocketSays:
        self._found[docket.key] = docket
        return docket

    def _nobody(self, row: Row) -> None:
        """A row that names nobody and follows nothing: it stands in the report, whole."""
        said = " · ".join(f"{self._index.heading(at)}: {cell.text}" for at, cell in row.cells.items())
        why = "The row names no child and follows no docket."
        self.doubts.append(DocketDoubt(row.number, WHOLE, "", "", said, why, REPORT_ONLY))

    def _once(self, docket: DocketSays, says: RowSays) -> None:
        mine, other = docket.once, says.once
        for field in ("opened", "closed", "next_conference"):
            value, held = getattr(other, field), getattr(mine, field)
            if value is not None and held is None:
                setattr(mine, field, value)
            elif value is not None and held != value:
                why = f"Another row of the docket gives another day ({field.replace('_', ' ')}); the first stands."
                self.doubts.append(DocketDoubt(says.row, docket.label, "", "", str(value), why, REPORT_ONLY))
        mine.is_closed = mine.is_closed or other.is_closed
        mine.next_stated = mine.next_stated or other.next_stated
        for role, name in other.officers.items():
            held = mine.officers.setdefault(role, name)
            if normal(held) != normal(name):
                why = f"Another row of the docket names {held}; the first stands."
                self.doubts.append(DocketDoubt(says.row, docket.label, "", role, name, why, REPORT_ONLY))


def _join(people: list[PersonSays], new: PersonSays) -> None:
    """Add a person, or what is new of one who stands there already: the same name and no other birth.

    What a row says of a child without a name or birth is said of the child before.
    """
    if people and not new.named.given and not new.named.full and not new.born_on and not new.expected_on:
        people[-1].take(new)
        return
    for one in people:
        twins = one.row == new.row and one.role == new.role
        alike = one.role == new.role or {one.role, new.role} <= _CHILD
        apart = one.born_on and new.born_on and one.born_on != new.born_on and one.named.given
        if one.named.key == new.named.key and alike and not twins and not apart:
            one.take(new)
            return
    people.append(new)


_CHILD = {"subject", "unborn", "sibling"}


def _key_for(base: str, family: str, held: Mapping[str, str]) -> str:
    """The key under which the store holds this family of a reference; the plain one if it holds none."""
    for count in range(1, 1000):
        key = base if count == 1 else f"{base} #{count}"
        if key not in held:
            break
        if normal(held[key]) == normal(family):
            return key
    return base


def _share(docket: DocketSays, says: RowSays) -> bool:
    """Whether rows of one reference and different family names share a home, a parent or a child."""
    return bool(_marks(docket.children, docket.adults) & _marks(says.children, says.adults))


def _marks(children: Iterable[PersonSays], adults: Iterable[PersonSays]) -> set[str]:
    found = {f"adult {one.named.key}" for one in adults if one.role != "social_worker"}
    for child in children:
        found.add(f"child {normal(child.named.given or child.named.full)} {child.born_on}")
        for one in child.facts:
            if one.kind == "residence":
                found.add(f"home {normal(str(one.raw.get('address', '')))}")
    return found
