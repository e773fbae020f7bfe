"""The training store: invented families from ``resources/samples``, written through the same rules as real ones.

Days in the samples count from the day the store is made, so that it never grows old.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from casefile.access.actions import NewOfficer, add_officer
from casefile.access.queries import officers
from casefile.files.actions.files import mark_divider
from casefile.files.actions.restrict import restrict_file
from casefile.files.actions.tasks import mark_done, waive_task
from casefile.files.queries.docket import owed_on
from casefile.opening import OpenStore
from casefile.sample.days import day_of
from casefile.sample.handed import HandedOver
from casefile.sample.names import posts
from casefile.sample.people import Written
from casefile.sample.staff import write_staff
from casefile.sample.told import Family, Happening, Team, families, team, wrong
from casefile.sample.write import settle, signer, write_events, write_family
from casefile.work.progress import Progress

ADMINISTRATOR, OFFICER, PASSWORD = "Warden", "Sefton", "kettle for training"
_OPENS = "Ash"
"""Who opens every file: the researcher keeps them."""


def build(opened: OpenStore, progress: Progress, told: tuple[Family, ...] | None = None) -> None:
    """Fill a new, empty store with the officers and families of the samples; a sergeant is signed in after.

    Args:
        opened: The store.
        progress: Told of each step.
        told: Families instead of those of the samples.

    Raises:
        Damaged: A sample does not fit the sections; the sentence says which family and what.
    """
    _Builder(opened, progress, team(), families() if told is None else told).build()


class _Builder:
    """One making of the training store: each officer signs in once and writes what is theirs."""

    def __init__(self, opened: OpenStore, progress: Progress, staff: Team, told: tuple[Family, ...]) -> None:
        self.desk, self.opened, self.progress = opened.desk, opened, progress
        self.team, self.families = staff, told
        self.today = opened.desk.now().date()
        self.ids: dict[str, UUID] = {}
        self.written: list[Written] = []

    def build(self) -> None:
        """Officers, files, entries, then what supervisors said of tasks and who may read."""
        self._officers()
        self._files()
        write_staff(self.desk, self.team, self.ids, PASSWORD, self.today)
        turns = self._turns()
        for place, (name, events) in enumerate(turns):
            self.progress.step(place, len(turns), "Making the training store")
            self.desk.sign_in(name, PASSWORD)
            for written, theirs in events:
                self.desk.do(write_events, written, self.team, theirs)
            self.desk.sign_out()
        self.desk.sign_in(OFFICER, PASSWORD)
        for written in self.written:
            self.desk.do(settle, written)
            self._said(written)
        held = {one.family.name: (one.file_id, posts(one.family)["officer"]) for one in self.written}
        HandedOver(self.desk, self.ids, held, PASSWORD).write()
        self.desk.sign_in(OFFICER, PASSWORD)
        self.progress.step(len(turns), len(turns), "Making the training store")

    def _officers(self) -> None:
        self.opened.first_administrator(ADMINISTRATOR, PASSWORD)
        for name, (role, number, part) in self.team.officers.items():
            if name != ADMINISTRATOR:
                self.desk.do(add_officer, NewOfficer(name, role, PASSWORD, number, part))
        self.desk.sign_out()

    def _files(self) -> None:
        self.desk.sign_in(_OPENS, PASSWORD)
        self.ids = {one.name: one.id for one in self.desk.read(officers)}
        elsewhere: dict[str, UUID] = {}
        for place, family in enumerate(self.families):
            self.progress.step(place, len(self.families), "Opening the files")
            held = posts(family)
            holders = {post: self.ids[held[post]] for post in ("officer", "researcher", "supervisor")}
            holders["conference_liaison"] = self.ids[held["pclo"]]
            written = self.desk.do(write_family, family, holders, elsewhere).result
            elsewhere |= {f"{family.name}/{key}": one for key, one in written.people.items()}
            self.written.append(written)
        self.desk.sign_out()

    def _turns(self) -> list[tuple[str, list[tuple[Written, list[Happening]]]]]:
        """Who signs what, officer by officer; what refers to a colleague's entry comes in a second round."""
        found: list[tuple[str, list[tuple[Written, list[Happening]]]]] = []
        for later in (False, True):
            for name in self.team.officers:
                theirs = [(one, self._events(one.family, name, later=later)) for one in self.written]
                if signed := [(one, events) for one, events in theirs if events]:
                    found.append((name, signed))
        return found

    def _events(self, family: Family, name: str, *, later: bool) -> list[Happening]:
        """What one officer signs in a file, by day; amendments last."""
        return sorted(
            (
                one
                for one in family.events
                if ("challenges" in one[2]) is later and signer(family, self.team, one[0], one[2]) == name
            ),
            key=lambda one: ("amends" in one[2], day_of(one[1], self.today)),
        )

    def _said(self, written: Written) -> None:
        """What was said of tasks and dividers, and who may read the file."""
        told = written.family.told
        for said in told.get("task", ()):
            self._task(written, said)
        for said in told.get("apart", ()):
            divider, _, reason = str(said).partition(": ")
            self.desk.do(mark_divider, written.file_id, divider, applies=False, reason=reason)
        if "restricted" in told:
            readers = [self.ids[name] for name in told["readers"]]
            self.desk.do(restrict_file, written.file_id, readers, told["restricted"])

    def _task(self, written: Written, said: Mapping[str, str]) -> None:
        wanted = said["of"]
        owed = self.desk.read(owed_on, written.file_id, self.today)
        found = [one for one in owed if one.state.outstanding and wanted in (one.timescale, one.title)]
        if not found:
            raise wrong(written.family.where, f"task {wanted}", "nothing of that name is outstanding")
        for task in found:
            if "waived" in said:
                self.desk.do(waive_task, written.file_id, task.id, said["waived"])
                continue
            on = max(task.opened_on, min(task.due_on or self.today, self.today))
            if "on" in said:
                on = day_of(said["on"], self.today)
            self.desk.do(mark_done, written.file_id, task.id, on, said["done"])
