"""Writing one child of a return to the record: file, person, facts and signed entries, or their newer versions."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.exchange.census.held import HeldRef
from casefile.exchange.census.intended import Intended
from casefile.exchange.census.report import Became, ChildReport
from casefile.exchange.filing import Bringing, Filing
from casefile.files.actions.files import new_file
from casefile.record.dates import short_date
from casefile.record.model import CaseFile
from casefile.work.unit import Work


class FilingChild:
    """One child being filed.

    Attributes:
        person_id: The child.
        sections: What became of its entries, by section.
    """

    def __init__(self, bringing: Bringing, intended: Intended) -> None:
        self._intended = intended
        ref = bringing.held.get(intended.key)
        self._opened = ref is None
        file_id = ref.file_id if ref else new_file(bringing.work, opened_on=bringing.received_on)
        self._filing = Filing(bringing, file_id)
        self.person_id = ref.record_id if ref else self._open(bringing, file_id)

    @property
    def sections(self) -> dict[str, Counter[Became]]:
        """What became of the entries, by section."""
        return self._filing.sections

    def file(self) -> ChildReport:
        """Write what the return says anew, and say what became of it. The caller refreshes the file."""
        filing = self._filing
        for item in self._intended.facts:
            filing.put_fact(item, self.person_id)
        for item in self._intended.entries:
            filing.put_entry(item, (self.person_id,))
        filing.bringing.held.flush()
        filing.work.about(files=[filing.file_id], people=[self.person_id])
        return ChildReport(
            self._intended.label,
            _reference_of(filing.work, filing.file_id),
            filing.file_id,
            self._opened,
            dict(filing.became),
            self._no_longer(),
        )

    def _open(self, bringing: Bringing, file_id: UUID) -> UUID:
        """The child of a file just opened, whom the store does not know from this authority."""
        person_id = self._filing.new_person("unborn" if self._intended.unborn else "subject")
        ref = HeldRef(person_id, file_id, "", bringing.reference_date)
        bringing.held.add(self._intended.key, ref)
        return person_id

    def _no_longer(self) -> tuple[str, ...]:
        """What an earlier return stated for the year this one covers, and this one does not."""
        until = self._filing.bringing.reference_date
        if self._opened or until is None:
            return ()
        stated = {one.key for one in (*self._intended.facts, *self._intended.entries)}
        found: list[str] = []
        for key in self._filing.bringing.held.keys_of(self._intended.key):
            part, _, day = key.removeprefix(f"{self._intended.key}/").rpartition("/")
            on = _day(day)
            ref = self._filing.bringing.held.get(key)
            covered = on is not None and on <= until and (until - on).days <= 366
            newer = ref is not None and ref.stated_on is not None and ref.stated_on < until
            if covered and newer and key not in stated:
                found.append(f"a {part.replace('/', ' ').replace('-', ' ')} of {short_date(on)}")
        return tuple(found)


def _reference_of(work: Work, file_id: UUID) -> str:
    return work.session.execute(select(CaseFile.reference).where(CaseFile.id == file_id)).scalar_one()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
