"""Every page and dialog, small and large: nothing is cut, covered, nameless or out of the keyboard's reach."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from casefile import opening
from casefile.opening import OpenStore
from casefile.sample import ADMINISTRATOR, OFFICER
from tests.journeys import fits, reach
from tests.journeys.stops import Stop
from tests.journeys.tour import before_signing_in, every_page
from tests.shared import PASSPHRASE, training
from ui.pictures import settle
from ui.shell.window import Window

SMALL, LARGE = (1.0, 1024, 720), (2.0, 1280, 720)
"""Size of type, and of a window that fits on screens of 1024 × 768 and of 1280 × 720."""
pytestmark = [
    pytest.mark.qt_log_ignore("does not support", extend=True),
    pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small window", "type at 200 per cent"]),
]


@pytest.fixture
def fitted(window: Window, size: tuple[float, int, int]) -> Iterator[Window]:
    """The window at a size of type and of its own."""
    window._theme.set_scale(size[0])
    window.resize(*size[1:])
    yield window
    window._theme.set_scale(1.0)


@pytest.fixture
def trained(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> OpenStore:
    """A copy of the training store, which takes long to make."""
    copy = shutil.copytree(training(tmp_path_factory), tmp_path / "store")
    return opening.open_with_passphrase(copy, PASSPHRASE, remember=False)


def looked_at(stops: Iterator[Stop], size: tuple[float, int, int]) -> tuple[int, list[str]]:
    """How many pages there were, and every fault on them, each told once."""
    count, found = 0, dict[str, None]()
    for stop in stops:
        count += 1
        found |= dict.fromkeys([*fits.faults(stop, size[1:]), *reach.faults(stop)])
    return count, list(found)


def test_what_comes_before_signing_in(fitted: Window, size: tuple[float, int, int], tmp_path: Path) -> None:
    count, faults = looked_at(before_signing_in(fitted, tmp_path / "nowhere"), size)
    assert faults == [], "\n".join(faults)
    assert count == 14


def test_what_an_administrator_sees(fitted: Window, trained: OpenStore, size: tuple[float, int, int]) -> None:
    count, faults = looked_at(every_page(fitted, trained, ADMINISTRATOR), size)
    assert faults == [], "\n".join(faults)
    assert count > 10


@pytest.mark.slow
def test_what_a_sergeant_sees(fitted: Window, trained: OpenStore, size: tuple[float, int, int]) -> None:
    count, faults = looked_at(every_page(fitted, trained, OFFICER), size)
    assert faults == [], "\n".join(faults)
    assert count > 100


def test_the_eye_that_looks_finds_what_is_cut_and_nameless(
    fitted: Window, size: tuple[float, int, int], tmp_path: Path
) -> None:
    """The walk is worth nothing if it finds nothing: faults put in on purpose are told."""
    stop = next(before_signing_in(fitted, tmp_path / "nowhere"))
    title = next(one for one in stop.shown() if isinstance(one, QLabel) and one.objectName() == "page-title")
    title.setFixedWidth(20)
    button = fitted.gate.currentWidget().kind.primary  # type: ignore[attr-defined]
    button.setAccessibleName("")
    button.setText(" ")
    settle(fitted)
    said = [*fits.faults(stop, size[1:]), *reach.faults(stop)]
    assert any("“Welcome to Casefile” is 20 ×" in one for one in said)
    assert any("has no name" in one for one in said)
