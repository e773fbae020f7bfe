"""The window on a store whose key the keychain gives, has lost, or keeps behind a lock."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from casefile import opening
from tests.keychain import InMemory, in_memory
from ui.app import start
from ui.pictures import settle
from ui.shell.gate_page import GatePage
from ui.shell.signin import SignInPage
from ui.shell.unlock import UnlockPage
from ui.shell.window import Window

PASSPHRASE, PASSWORD = "otter kettle lamp", "plum river stone"
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def chain(window: Window, monkeypatch: pytest.MonkeyPatch) -> Generator[InMemory]:
    with in_memory(monkeypatch) as made:
        yield made


@pytest.fixture
def folder(chain: InMemory, tmp_path: Path) -> Path:
    """A store whose key the keychain holds, with an officer."""
    opened = opening.create(tmp_path / "store", PASSPHRASE)
    opened.first_administrator("Hale", PASSWORD)
    opened.close()
    return tmp_path / "store"


def page(window: Window, folder: Path) -> GatePage:
    """The page that the window shows for this store."""
    start(window, place=folder)
    settle(window)
    return shown(window)


def shown(window: Window) -> GatePage:
    found = window.gate.currentWidget()
    assert isinstance(found, GatePage)
    return found


def said(page: GatePage) -> str:
    return " ".join(one.text().replace("\u200b", "") for one in page.findChildren(QLabel))


def give(window: Window, qtbot: QtBot, words: str) -> None:
    field = shown(window).findChild(QLineEdit)
    assert field is not None
    field.clear()
    qtbot.keyClicks(field, f"{words}\r")
    settle(window)


def test_with_the_key_in_the_keychain_the_officer_signs_in_at_once(window: Window, folder: Path) -> None:
    assert isinstance(page(window, folder), SignInPage)


def test_without_the_key_the_passphrase_is_asked_for_and_the_key_kept_again(
    window: Window, folder: Path, chain: InMemory, qtbot: QtBot
) -> None:
    chain.kept.clear()
    asked = page(window, folder)
    assert isinstance(asked, UnlockPage)
    assert "keychain has no key for it. Its recovery passphrase opens it." in said(asked)
    give(window, qtbot, "three wrong words")
    assert "not the recovery passphrase" in said(shown(window))
    give(window, qtbot, PASSPHRASE)
    assert isinstance(shown(window), SignInPage)
    assert len(chain.kept) == 1


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda chain: setattr(chain, "locked", True), "The keychain did not give the store's key."),
        (
            lambda chain: chain.kept.update(dict.fromkeys(chain.kept, "ab" * 32)),
            "The key in the keychain does not open this store.",
        ),
    ],
    ids=["locked", "exchanged"],
)
def test_a_keychain_that_does_not_give_it_is_said_and_the_passphrase_opens(
    window: Window, folder: Path, chain: InMemory, qtbot: QtBot, spoil: object, sentence: str
) -> None:
    spoil(chain)  # type: ignore[operator]
    asked = page(window, folder)
    assert isinstance(asked, UnlockPage)
    assert sentence in said(asked)
    give(window, qtbot, PASSPHRASE)
    assert isinstance(shown(window), SignInPage)
