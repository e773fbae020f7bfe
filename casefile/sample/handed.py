"""Who of the training team is away, and how far their hand-overs are: told in ``resources/samples/handovers.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from casefile.desk import Desk
from casefile.handover.absence import record_absence
from casefile.handover.begin import choose_receivers, save_checklist, send, start_handover
from casefile.handover.queries import handover
from casefile.handover.receive import ask_back, note_opened
from casefile.handover.rows import ItemRow
from casefile.handover.settle import record_exception
from casefile.sample.days import day_of
from casefile.sample.told import Told, away_told, wrong

_WHERE = "handovers.toml"


class HandedOver:
    """Records absences of the training team and their hand-overs, each word by whoever would have said it.

    Only families that were written are handed over; an absence of somebody who holds none of them is left out.
    """

    def __init__(
        self, desk: Desk, officers: Mapping[str, UUID], files: Mapping[str, tuple[UUID, str]], password: str
    ) -> None:
        """*files* holds, by family, the file and the name of its officer."""
        self._desk, self._officers, self._files, self._password = desk, officers, files, password
        self._today = desk.now().date()

    def write(self, told: tuple[Told, ...] | None = None) -> None:
        """Write everything told.

        Raises:
            Damaged: Somebody or some family is named that is not there.
        """
        holders = {officer for _, officer in self._files.values()}
        for one in away_told() if told is None else told:
            if one["who"] in holders:
                self._away(one)

    def _away(self, told: Told) -> None:
        self._sits_down(told["by"])
        absence = self._desk.do(
            record_absence,
            self._officer(told["who"]),
            self._day(told["from"]),
            self._day(told["until"]),
            told["kind"],
            told.get("note", ""),
            planned=told.get("planned", True),
        ).result
        if "send" not in told and "except" not in told:
            return
        begun = self._desk.do(start_handover, self._officer(told["who"]), absence).result
        items = {one.file_id: one for one in self._desk.read(handover, begun.id).items}
        if "send" in told:
            self._send(told, items)
        if "except" in told:
            said = told["except"]
            self._desk.do(
                record_exception,
                [one.id for family in said["families"] for one in self._items(family, items)],
                said["reason"],
                approved_by=self._officer(said["approved_by"]),
                interim_id=self._officer(said["interim"]),
                until_on=self._day(said["until"]),
            )

    def _send(self, told: Told, items: Mapping[UUID, ItemRow]) -> None:
        chosen = {
            one.id: self._officer(name)
            for name, some in told["send"].items()
            for family in some
            for one in self._items(family, items)
        }
        self._desk.do(choose_receivers, chosen)
        for family, says in told.get("says", {}).items():
            for one in self._items(family, items):
                self._desk.do(save_checklist, one.id, says, 0)
        self._desk.do(send, list(chosen))
        receivers = {family: name for name, some in told["send"].items() for family in some}
        for family, question in told.get("asks", {}).items():
            for one in self._items(family, items):
                self._sits_down(receivers[family])
                self._desk.do(note_opened, one.id)
                self._desk.do(ask_back, one.id, question)

    def _items(self, family: str, items: Mapping[UUID, ItemRow]) -> list[ItemRow]:
        """The file of a family in the hand-over; none where the family was not written."""
        held = self._files.get(family)
        return [items[held[0]]] if held is not None and held[0] in items else []

    def _sits_down(self, name: str) -> None:
        self._officer(name)
        self._desk.sign_out()
        self._desk.sign_in(name, self._password)

    def _officer(self, name: str) -> UUID:
        if name not in self._officers:
            raise wrong(_WHERE, name, "there is no such officer in the team")
        return self._officers[name]

    def _day(self, told: str) -> date:
        return day_of(told, self._today)
