"""The administration page: officers at the left, one officer or the settings at the right."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QFileDialog, QSpinBox, QTabWidget, QWidget

from casefile.access.actions import NewOfficer, add_officer, reset_password
from casefile.access.queries import OfficerRow, officers
from casefile.access.roles import ROLES
from casefile.access.rules import PASSWORD_RULE
from casefile.errors import CasefileError
from casefile.handover.officers import change_officer
from casefile.opening import OpenFolder, OpenServer
from casefile.work.changed import Changed
from casefile.work.names import Kind
from ui.admin.moving import Back, MoveCard, There
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.theme.theme import SCALES, SCHEMES
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field, say_done
from ui.widgets.page import PageHead, scrolled
from ui.widgets.parts import breakable, button, card, column, keys, label, readable, row
from ui.widgets.progress import ProgressView
from ui.widgets.table import Column, Table

COLUMNS = (
    Column("name", "Name", lambda one: one.shown, width=0),
    Column("role", "Role", lambda one: one.role_title, width=260),
    Column("team", "Team", lambda one: one.team, width=160),
    Column("", "Signs in as", lambda one: one.name, width=160),
    Column("", "State", lambda one: "active" if one.active else "may not sign in",
           lambda one: "done" if one.active else "plain", 150),
)  # fmt: skip


class AdminScreen(Screen):
    """Officers, and what concerns the store as a whole."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        body = column(self, gap=0)
        self._head = PageHead("Administration", "An administrator reads no case")
        body.addWidget(self._head)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Parts of administration")
        self.tabs.addTab(self._officers(), "Officers")
        self.store = StorePage(context)
        self.tabs.addTab(scrolled(self.store, surface=True), "Store and backup")
        body.addWidget(self.tabs, 1)

    def shown(self, place: Any = None) -> None:
        """Read the officers."""
        self._read()
        self.table.setFocus()

    def on_changed(self, changed: Changed) -> None:
        """Officers changed."""
        if changed.concerns(Kind.OFFICER):
            self._read()

    def commands(self) -> tuple[Command, ...]:
        """Adding an officer."""
        return (Command("Add an officer", self._add, "Ctrl+N"),)

    def _officers(self) -> QWidget:
        made = QWidget()
        body = column(made, margins=(20, 14, 20, 14), gap=10)
        line = row()
        line.addWidget(readable("Each officer signs in with a name and a password of their own; the role says "
                                "what they may do.", "quiet"), 1)  # fmt: skip
        new = button("Add an officer", self._add, name="primary", hint="Ctrl+N")
        keys(self, "Ctrl+N", self._add)
        for one in (button("Change", self._change), button("New password", self._password), new):
            line.addWidget(one)
        body.addLayout(line)
        self.table = Table(COLUMNS, self._context.theme, "Officers")
        self.table.opened.connect(lambda _: self._change())
        body.addWidget(self.table, 1)
        return made

    def _read(self) -> None:
        self._context.jobs.read(
            self, lambda desk: desk.read(officers, with_inactive=True), self._arrived, slot="officers"
        )

    def _arrived(self, found: tuple[OfficerRow, ...]) -> None:
        self.table.rows.show_rows(found)
        self.table.choose(0)

    def _add(self) -> None:
        ask = Ask(
            "Add an officer",
            "The officer signs in with this name and first password, and may change the password.",
            (
                Field("name", "Name to sign in with"),
                Field("role", "Role", choices=tuple(Choice(one.key, one.title) for one in ROLES.values())),
                Field("number", "Warrant or staff number"),
                Field("team", "Team"),
                Field("password", "First password", secret=True, help=PASSWORD_RULE),
            ),
            "Add the officer",
            self,
        )

        def go(values: dict[str, str]) -> None:
            new = NewOfficer(
                values["name"], values["role"], values["password"], values["number"], values["team"]
            )
            self._context.jobs.write(
                ask, lambda desk: desk.do(add_officer, new), lambda _: ask.accept(), failed=ask.say
            )

        ask.given.connect(go)
        ask.open()

    def _change(self) -> None:
        one: OfficerRow | None = self.table.current()
        if one is None:
            return
        ask = Ask(
            f"Change {one.shown}",
            "Who may not sign in any more stays in the record of what they did.",
            (
                Field("role", "Role", value=one.role,
                      choices=tuple(Choice(role.key, role.title) for role in ROLES.values())),
                Field("number", "Warrant or staff number", value=one.number),
                Field("team", "Team", value=one.team),
                Field("active", "May sign in", value="yes" if one.active else "no",
                      choices=(Choice("yes", "Yes"), Choice("no", "No"))),
            ),
            "Change",
            self,
        )  # fmt: skip

        def go(values: dict[str, str]) -> None:
            self._context.jobs.write(
                ask,
                lambda desk: desk.do(
                    change_officer, one.id, role=values["role"], number=values["number"], team=values["team"],
                    active=values["active"] == "yes",
                ),
                lambda _: ask.accept(),
                failed=ask.say,
            )  # fmt: skip

        ask.given.connect(go)
        ask.open()

    def _password(self) -> None:
        one: OfficerRow | None = self.table.current()
        if one is None:
            return
        ask = Ask(
            f"New password for {one.shown}",
            "Give it to the officer in person. They can sign in again at once.",
            (Field("password", "New password", secret=True, help=PASSWORD_RULE),),
            "Set the password",
            self,
        )
        ask.given.connect(
            lambda values: self._context.jobs.write(
                ask, lambda desk: desk.do(reset_password, one.id, values["password"]),
                lambda _: ask.accept(), failed=ask.say,
            )
        )  # fmt: skip
        ask.open()


class StorePage(QWidget):
    """Where the store is, a copy of it, a new passphrase, and the look on this computer."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        body = column(self, margins=(20, 14, 20, 14), gap=14)
        opened = context.opened
        if isinstance(opened, OpenFolder):
            self._on_this_computer(body, opened)
        else:
            self._section(
                body, "Store", f"{opened.shown}\n{breakable(opened.place)}\nIt is backed up, and its settings are kept, "
                "by the people who look after the server: see docs/shared-store.md.", (),
            )  # fmt: skip
            if isinstance(opened, OpenServer):
                body.addWidget(MoveCard(context, Back(context, opened)))
        body.addWidget(LookCard(context))
        body.addStretch(1)

    def _on_this_computer(self, body: Any, opened: OpenFolder) -> None:
        self._own = opened
        kept = (
            f"Its key is kept in {opened.kept_in}."
            if opened.kept_in
            else (
                "This computer has no keychain it can trust: the recovery passphrase is asked for each time."
            )
        )
        self._section(body, "Store", f"{breakable(str(opened.folder))}\nEncrypted. {kept}", ())
        self._backup = self._section(
            body, "Backup",
            "A copy of the whole store, taken while others work, still encrypted. It opens with the same recovery "
            "passphrase. Keep it on another disk.",
            (button("Make a backup …", self._copy, name="primary"),),
        )  # fmt: skip
        self._section(body, "Recovery passphrase", "A new one replaces the old one at once; older backups keep theirs.",
                      (button("Set a new passphrase …", self._passphrase),))  # fmt: skip
        body.addWidget(MoveCard(self._context, There(self._context, opened)))

    def _section(self, body: Any, title: str, about: str, buttons: tuple[QWidget, ...]) -> Any:
        frame = card()
        inner = column(frame, margins=16, gap=8)
        inner.addWidget(label(title, "section-title"))
        inner.addWidget(readable(about))
        line = row()
        for one in buttons:
            line.addWidget(one)
        line.addStretch(1)
        inner.addLayout(line)
        body.addWidget(frame)
        return inner

    def _copy(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder in which the backup is made")
        if chosen:
            self.copy_to(Path(chosen) / f"casefile-backup-{self._context.desk.now():%Y-%m-%d-%H%M%S}")

    def copy_to(self, target: Path) -> None:
        """Copy the store to a new folder, with progress."""
        shown = ProgressView("Backup")
        self._backup.addWidget(shown)

        def over(words: str | CasefileError) -> None:
            shown.hide()
            shown.deleteLater()
            if isinstance(words, str):
                say_done(self, "Backup made", words)
            else:
                self._context.jobs.trouble.emit(words)

        job = self._context.jobs.long(
            self, "Backup", partial(self._own.backup, target),
            lambda _: over(f"The backup stands in {target}."), failed=over,
        )  # fmt: skip
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)

    def _passphrase(self) -> None:
        from casefile.opening import PASSPHRASE_RULE, check_passphrase, suggest_passphrase

        ask = Ask(
            "New recovery passphrase",
            f"Write it down and keep it in a safe. {PASSPHRASE_RULE}",
            (Field("passphrase", "Passphrase", value=suggest_passphrase()), Field("again", "Type it again")),
            "Set the passphrase",
            self,
        )

        def go(values: dict[str, str]) -> None:
            if sentence := check_passphrase(values["passphrase"]):
                ask.say(sentence)
            elif values["passphrase"].split() != values["again"].split():
                ask.say("The two are not the same.")
            else:
                self._context.jobs.long(
                    ask, "New passphrase", lambda _: self._own.change_passphrase(values["passphrase"]),
                    lambda _: ask.accept(), failed=ask.say,
                )  # fmt: skip

        ask.given.connect(go)
        ask.open()


class LookCard(QWidget):
    """Colours, size of type, and minutes until the window locks, on this computer."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        frame = card()
        column(self).addWidget(frame)
        inner = column(frame, margins=16, gap=8)
        inner.addWidget(label("On this computer", "section-title"))
        scheme, scale, minutes = QComboBox(), QComboBox(), QSpinBox()
        for key, words in zip(SCHEMES, ("As the system", "Light", "Dark", "High contrast", "High contrast, dark"),
                              strict=True):  # fmt: skip
            scheme.addItem(words, key)
        scheme.setCurrentIndex(SCHEMES.index(context.theme.scheme))
        scheme.activated.connect(lambda _: self._scheme(scheme.currentData()))
        for one in SCALES:
            scale.addItem(f"{round(one * 100)} %", one)
        scale.setCurrentIndex(min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - context.theme.scale)))
        scale.activated.connect(lambda _: self._scale(scale.currentData()))
        minutes.setRange(1, 60)
        minutes.setValue(context.settings.idle_minutes)
        minutes.setSuffix(" min")
        minutes.lineEdit().setTextMargins(6, 0, 0, 0)
        minutes.valueChanged.connect(lambda value: context.settings.put("idle_minutes", value))
        for words, widget in (("Colours", scheme), ("Size of type", scale), ("Locks after", minutes)):
            line = row()
            name = label(words, "label")
            name.setMinimumWidth(132)
            widget.setAccessibleName(words)
            widget.setMinimumWidth(180)
            line.addWidget(name)
            line.addWidget(widget)
            line.addStretch(1)
            inner.addLayout(line)

    def _scheme(self, scheme: str) -> None:
        self._context.settings.put("scheme", scheme)
        self._context.theme.set_scheme(scheme)

    def _scale(self, scale: float) -> None:
        self._context.settings.put("scale", scale)
        self._context.theme.set_scale(scale)
