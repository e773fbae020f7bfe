"""Adding a person: as the name is typed, who is known already stands below, and is taken instead of typed again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.files.actions.people import add_person, involve_person
from casefile.search.people import find_people
from casefile.search.rows import Candidate, Found
from casefile.work.changed import Done
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, keys, label

R = TypeVar("R")
SHOWN = 5
"""How many who are known already stand below the form."""
LIKELY = 80
"""From this score on somebody is said to be likely the same."""
WAIT_MS = 250
"""After the last key, before who is known is looked for."""
_ABOUT = (
    "As much of the name as is known; nothing for an unborn child. Dates, addresses and the rest come after. Who is "
    "known already under a like name stands below: take them, and nothing is typed twice."
)


class AddPerson(Ask):
    """Asks for a new person, and offers those who are known already."""

    def __init__(
        self, context: Context, file_id: UUID, then: Callable[[UUID], object], parent: QWidget
    ) -> None:
        self._context, self._file_id, self._then = context, file_id, then
        codes = context.desk.standards.codes("involvement_role")
        roles = tuple(Choice(one.code, one.label) for one in codes.in_use(context.today))
        super().__init__(
            "Add a person",
            _ABOUT,
            (
                Field("role", "Role in the file", choices=roles),
                Field("given", "Given names"),
                Field("family", "Family name"),
                Field("born_on", "Date of birth", help="As 14 Mar 2019. Leave empty if not known."),
                Field("expected_on", "Expected date", help="Only for an unborn child."),
                Field("source", "Source", help="Who said so."),
            ),
            "Add the person",
            parent,
        )
        self.heading = label("", "strong", wrap=True)
        self.known = ItemList(context.theme, "Known already")
        self.known.opened.connect(lambda _: self.use())
        self.known.chosen.connect(self._choose)
        for one in (self.heading, self.known):
            self.body.insertWidget(self.body.count() - 1, one)
            one.hide()
        self.taking: QPushButton = button("Use the person known", self.use, hint="Ctrl+U")
        self.taking.setEnabled(False)
        self.foot.addWidget(self.taking)
        self._taken: Candidate | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.look)
        for key in ("given", "family", "born_on"):
            self.editors[key].changed.connect(self._wait.start)
        self.given.connect(self._add)
        keys(self, "Ctrl+U", self.use)
        keys(self, "Alt+Down", self._to_known)

    def look(self) -> None:
        """Look who is known already under what is typed."""
        parts = self._parts()
        if len(parts["given"] + parts["family"]) < 2:
            self._show(Found("", (), 0))
            return
        self._context.jobs.read(
            self,
            lambda desk: desk.read(find_people, parts=parts, most=SHOWN, tells=False),
            self._show,
            slot="known",
            failed=lambda _: self._show(Found("", (), 0)),
        )

    def use(self) -> None:
        """Take the person chosen below instead of adding them anew."""
        one = self._taken
        if one is None or not self.taking.isEnabled():
            return
        if any(at.file_id == self._file_id and at.roles for at in one.files):
            self._done(one.person_id)
            return
        values = {key: str(editor.value() or "") for key, editor in self.editors.items()}
        if not values["role"]:
            self.say("Say what the person is to this file.")
            self.editors["role"].setFocus()
            return
        facts = first_facts(values)
        file_id, person = self._file_id, one.person_id
        parts = self._parts()
        self._context.jobs.write(
            self,
            lambda desk: _asked(
                desk, parts, desk.do(involve_person, file_id, person, facts["involvement"], facts.get("name"))
            ),
            lambda _: self._done(person),
            failed=self.say,
        )

    def _add(self, values: dict[str, str]) -> None:
        facts, file_id, parts = first_facts(values), self._file_id, self._parts()
        self._context.jobs.write(
            self,
            lambda desk: _asked(desk, parts, desk.do(add_person, file_id, facts)),
            self._done,
            failed=self.say,
        )

    def _parts(self) -> dict[str, str]:
        """What is typed of the person, as they are looked for by it."""
        fields = {"given": "given", "family": "family", "born": "born_on"}
        return {part: str(self.editors[key].value() or "") for part, key in fields.items()}

    def _done(self, person: UUID) -> None:
        self._then(person)
        self.accept()

    def _show(self, found: Found) -> None:
        self.known.show_items([self._item(one) for one in found.candidates])
        self.known.setVisible(bool(found.candidates))
        self.heading.setVisible(bool(found.candidates))
        more = f" ({found.counted} in all)" if found.total > SHOWN else ""
        self.heading.setText(f"Known already, and likely the same{more}: Alt+Down to choose")
        self._choose(None)
        if found.candidates:
            self.known.setFixedHeight(min(self.known.full_height(), self._context.theme.px(240)))
        QTimer.singleShot(0, self, self.fit)  # when the list has its width

    def _item(self, one: Candidate) -> Item:
        role = self._context.desk.standards.codes("involvement_role").label
        here = any(at.file_id == self._file_id and at.roles for at in one.files)
        born = f", born {one.born}" if one.born else ""
        at = "; ".join(
            f"{at.reference} {at.family_name}: {', '.join(role(code).lower() for code in at.roles) or 'named'}"
            for at in one.files
        )
        mark = "in this file" if here else f"{one.score:.0f} of 100"
        why = "; ".join(one.why) or "as typed"
        tone = "late" if one.score >= LIKELY else "plain"
        return Item(f"{one.name}{born}", f"{why[:1].upper()}{why[1:]}. {at}", mark, tone, one)

    def _choose(self, one: Candidate | None) -> None:
        self._taken = one
        self.taking.setEnabled(one is not None)

    def _to_known(self) -> None:
        if self.known.isVisible():
            self.known.setFocus()
            self.known.choose_first()


def _asked(desk: Desk, parts: dict[str, str], done: Done[R]) -> Done[R]:
    """Somebody was added: where a supervisor is told of searches (docs/search.md), theirs is one that was asked."""
    if desk.standards.restricted.tell_supervisor and len(parts["given"] + parts["family"]) > 1:
        with suppress(CasefileError):  # what was added stands
            desk.read(find_people, parts=parts, most=SHOWN)
    return done


def first_facts(values: dict[str, str]) -> dict[str, dict[str, str]]:
    """What was typed of a new person, as facts: name, birth and role, each with its source."""
    source = {"source": values["source"]} if values["source"] else {}
    facts: dict[str, dict[str, str]] = {"involvement": {"role": values["role"], **source}}
    name = {key: values[key] for key in ("given", "family") if values[key]}
    birth = {key: values[key] for key in ("born_on", "expected_on") if values[key]}
    if name:
        facts["name"] = {"kind": "legal", **name, **source}
    if birth:
        facts["birth"] = {**birth, **({"precision": "exact"} if "born_on" in birth else {}), **source}
    return facts
