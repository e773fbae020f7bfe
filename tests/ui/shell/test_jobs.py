"""Lanes: answers come on the UI thread, the newest question wins, an answer for a dead page is dropped."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Generator, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from casefile.errors import Bug, Cancelled, CasefileError, Missing
from casefile.work.changed import Changed, Done
from casefile.work.names import Kind
from ui.shell.jobs import Jobs, _Asked, _Task


class OneMoment:
    """Stands at the desk's place where a lane only needs something to ask."""

    def now(self) -> None:
        return None


@pytest.fixture
def jobs(qtbot: QtBot) -> Generator[Jobs]:
    made = Jobs()
    made.desk = OneMoment()  # type: ignore[assignment]
    yield made
    made.stop()


def settle(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: not jobs.busy, timeout=5000)


def test_an_answer_comes_on_the_ui_thread(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[tuple[Any, Any]] = []
    jobs.read(
        jobs, lambda _: threading.current_thread(), lambda t: seen.append((t, threading.current_thread()))
    )
    settle(qtbot, jobs)
    asked_on, answered_on = seen[0]
    assert asked_on is not threading.main_thread()
    assert answered_on is threading.main_thread()


def test_the_newest_question_in_a_slot_wins(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[str] = []
    gate = threading.Event()
    jobs.read(jobs, lambda _: "old" if gate.wait(5) else "never", seen.append, slot="list")
    jobs.read(jobs, lambda _: "new", seen.append, slot="list")
    gate.set()
    settle(qtbot, jobs)
    assert seen == ["new"]


def test_an_answer_for_a_page_that_is_gone_is_thrown_away(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[str] = []
    page, gate = QObject(), threading.Event()
    jobs.read(page, lambda _: "late" if gate.wait(5) else "never", seen.append)
    del page
    gate.set()
    settle(qtbot, jobs)
    assert seen == []


def test_writes_keep_their_order_and_tell_what_they_changed(qtbot: QtBot, jobs: Jobs) -> None:
    order: list[int] = []
    told: list[Changed] = []
    jobs.changed.connect(told.append)
    for number in range(20):
        jobs.write(jobs, lambda _, n=number: Done(order.append(n), Changed(frozenset({Kind.DRAFT}))))
    settle(qtbot, jobs)
    assert order == list(range(20))
    assert len(told) == 20


def test_the_worlds_error_reaches_whoever_asked(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[CasefileError] = []

    def ask(_: Any) -> None:
        raise Missing("There is no such file.")

    jobs.read(jobs, ask, lambda _: None, failed=seen.append)
    settle(qtbot, jobs)
    assert [one.sentence for one in seen] == ["There is no such file."]


def test_a_mistake_of_ours_holds_no_case_content(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[CasefileError] = []
    jobs.trouble.connect(seen.append)

    def ask(_: Any) -> None:
        raise KeyError("Amy Ashdown")

    jobs.read(jobs, ask, lambda _: None)
    settle(qtbot, jobs)
    assert isinstance(seen[0], Bug)
    assert "Ashdown" not in str(seen[0]) + "".join(seen[0].__notes__)


def test_a_page_that_fails_over_its_answer_leaves_nobody_waiting(qtbot: QtBot, jobs: Jobs) -> None:
    """Whoever waited for quiet waited for ever: a whole run of the tests stood still on 29 November 2026."""

    def shown(_: object) -> None:
        raise ZeroDivisionError

    with capture_exceptions() as raised, qtbot.waitSignal(jobs.quiet, timeout=5000):
        jobs.read(jobs, lambda _: "answer", shown)
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]


def test_what_takes_long_to_show_comes_in_steps_with_keys_in_between(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[str] = []

    def shown(answer: str) -> Iterator[None]:
        for step in "12":
            seen.append(answer + step)
            QTimer.singleShot(0, lambda step=step: seen.append(f"a key after {step}"))
            yield
        seen.append(answer + "3")

    with qtbot.waitSignal(jobs.quiet, timeout=5000):
        jobs.read(jobs, lambda _: "page ", shown, slot="page")
    assert [one for one in seen if one.startswith("page")] == ["page 1", "page 2", "page 3"]
    assert seen.index("a key after 1") < seen.index("page 3")
    assert not jobs.busy


def test_newer_steps_replace_those_that_are_left(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[str] = []

    def shown(words: str) -> Iterator[None]:
        seen.append(f"{words} begins")
        yield
        seen.append(f"{words} ends")

    jobs.in_turns(jobs, shown("old"))
    jobs.in_turns(jobs, shown("new"))
    assert seen == ["old begins", "new begins"]
    assert jobs.busy
    settle(qtbot, jobs)
    assert seen[2:] == ["new ends"]


def test_a_page_that_is_gone_or_fails_takes_no_more_steps(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[str] = []

    def shown() -> Iterator[None]:
        yield
        seen.append("on a page that is gone")

    def failing() -> Iterator[None]:
        yield
        raise ZeroDivisionError

    page = QObject()
    jobs.in_turns(page, shown())
    page.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(page), timeout=5000)
    with capture_exceptions() as raised:
        jobs.in_turns(jobs, failing())
        settle(qtbot, jobs)
    assert seen == []
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]


class Heard(OneMoment):
    """A desk of whose store is heard until it is told to stop."""

    def __init__(self) -> None:
        self.ended = threading.Event()

    def changes(self, stop: threading.Event) -> Iterator[Changed]:
        yield Changed(frozenset({Kind.DRAFT}))
        stop.wait()
        self.ended.set()


def test_who_listens_anew_listens_no_longer_where_it_did(qtbot: QtBot, jobs: Jobs) -> None:
    """The window waited for ever at its end: nobody told the first listening to stop."""
    first, second = Heard(), Heard()
    for desk in (first, second):
        jobs.desk = desk  # type: ignore[assignment]
        with qtbot.waitSignal(jobs.changed, timeout=5000):
            jobs.listen()
    assert first.ended.wait(5)
    assert not second.ended.is_set()
    jobs.stop()
    assert second.ended.is_set()


def test_a_long_job_can_be_stopped(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[CasefileError] = []
    started = threading.Event()

    def ask(job: Any) -> None:
        while True:
            started.set()
            job.step(1, 10, "reading")

    job = jobs.long(jobs, "Import", ask, lambda _: None, failed=seen.append)
    assert started.wait(5)
    job.cancel()
    settle(qtbot, jobs)
    assert isinstance(seen[0], Cancelled)


class Page:
    """Stands for a page: what Qt would destroy when Python lets go of it."""


def test_what_nobody_holds_is_cleared_on_the_ui_thread(qtbot: QtBot, jobs: Jobs) -> None:
    """A widget destroyed on a worker ends the program: it happened in a run of the tests of 24 November 2026."""
    cleared: list[threading.Thread] = []

    def left_behind() -> None:
        page = Page()
        page.itself = page  # type: ignore[attr-defined]
        weakref.finalize(page, lambda: cleared.append(threading.current_thread()))

    def many_objects(_: object) -> list[list[int]]:
        return [[number] for number in range(300_000)]

    for _ in range(5):
        left_behind()
    kept: list[object] = []
    jobs.read(jobs, many_objects, kept.append)
    settle(qtbot, jobs)
    qtbot.waitUntil(lambda: len(cleared) == 5, timeout=5000)
    assert set(cleared) == {threading.main_thread()}


def test_a_page_left_while_it_asks_goes_on_the_ui_thread(qtbot: QtBot, jobs: Jobs) -> None:
    cleared: list[threading.Thread] = []
    gate = threading.Event()

    def ask() -> None:
        page = Page()
        weakref.finalize(page, lambda: cleared.append(threading.current_thread()))
        jobs.read(jobs, lambda _: (gate.wait(5), page)[0], lambda _: page)

    ask()
    gate.set()
    settle(qtbot, jobs)
    assert cleared == [threading.main_thread()]


def test_a_page_left_while_it_asks_in_vain_goes_on_the_ui_thread() -> None:
    """An error holds the frames it passed, and they the page; the worker may be the last to look away."""
    cleared: list[threading.Thread] = []
    posted, told = threading.Event(), threading.Event()

    def ask() -> _Asked:
        page = Page()
        weakref.finalize(page, lambda: cleared.append(threading.current_thread()))

        def in_vain() -> None:
            raise Missing(f"{page} is not there.")

        return _Asked(in_vain, lambda: True, lambda result, error, wanted: None)

    def post() -> None:
        posted.set()
        assert told.wait(5)

    asked = ask()
    worker = threading.Thread(target=_Task(asked, post).run)
    worker.start()
    assert posted.wait(5)
    asked.answered()
    told.set()
    worker.join()
    assert cleared == [threading.main_thread()]
