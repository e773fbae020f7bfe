"""The line to a shared store's server: trying again with patience, and knowing whether it answers.

A try is repeated only when it is certain that nothing of it was saved (:class:`casefile.errors.Away`,
:class:`casefile.errors.Crossed`). The embedded store has a line too; it never goes away.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    sleep_using_event,
    stop_after_attempt,
    stop_after_delay,
    stop_when_event_set,
    wait_exponential_jitter,
)

from casefile.errors import Away, Bug, Crossed, Unavailable

T = TypeVar("T")
TRIES, LONGEST_SECONDS = 4, 8
"""How often one call is tried at once, and after how many seconds no further try begins."""
FIRST_WAIT_SECONDS, MOST_WAIT_SECONDS, JITTER_SECONDS = 1, 30, 1
"""Between the tries of somebody who waits for the server to come back; by chance a little longer, lest all come at once."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the line stands.

    Attributes:
        away: Whether the server does not answer.
        next_try: Seconds until it is tried again; 0 while it is being tried, or when nobody waits for it.
    """

    away: bool = False
    next_try: float = 0


class Line:
    """Whether the server answers, told to whoever listens; used from many threads at once."""

    def __init__(self, reach: Callable[[], object]) -> None:
        """*reach* connects to the server and asks it one small thing."""
        self._reach = reach
        self._lock = threading.Lock()
        self._standing = Standing()
        self._told: list[Callable[[Standing], object]] = []
        self._waited_for = False
        self._now, self._given_up = threading.Event(), threading.Event()

    @property
    def standing(self) -> Standing:
        """How it stands now."""
        return self._standing

    def tell(self, heard: Callable[[Standing], object]) -> None:
        """From now on tell *heard* whenever it stands otherwise; it is called on whichever thread found out."""
        self._told.append(heard)

    def again(self, attempt: Callable[[], T]) -> T:
        """What *attempt* gives, tried a few times while the server is away.

        While somebody waits for the server to come back nothing else knocks: the call fails at once.

        Raises:
            Away: The server did not answer; nothing was saved.
        """
        if self._waited_for and self._standing.away:
            raise Away("The server is not answering.")
        tries = Retrying(
            retry=retry_if_exception_type((Away, Crossed)),
            wait=wait_exponential_jitter(multiplier=0.1, max=2, jitter=0.2),
            stop=stop_after_attempt(TRIES) | stop_after_delay(LONGEST_SECONDS),
            sleep=sleep_using_event(self._given_up),
            reraise=True,
        )
        try:
            found = tries(attempt)
        except Away:
            if not self._standing.away:
                self._stand(Standing(away=True))
            raise
        if self._standing.away:
            self._stand(Standing())
        return found

    def wait(self) -> bool:
        """Wait until the server answers, trying again and again; False when it was given up or somebody waits already.

        Raises:
            Refused: It answers, and lets this officer in no more.
        """
        with self._lock:
            if self._waited_for or self._given_up.is_set():
                return False
            self._waited_for = True
        self._now.clear()
        tries = Retrying(
            retry=retry_if_exception_type((Unavailable, Bug)),
            wait=wait_exponential_jitter(
                multiplier=FIRST_WAIT_SECONDS, max=MOST_WAIT_SECONDS, jitter=JITTER_SECONDS
            ),
            stop=stop_when_event_set(self._given_up),
            sleep=self._pause,
            before=self._trying,
            reraise=True,
        )
        try:
            tries(self._reach)
        except (Unavailable, Bug):
            return False
        finally:
            self._waited_for = False
        self._stand(Standing())
        return True

    def try_now(self) -> None:
        """Whoever waits tries at once."""
        self._now.set()

    def give_up(self) -> None:
        """Whoever waits or tries again stops: the program ends, or the officer leaves."""
        self._given_up.set()
        self._now.set()

    def take_up(self) -> None:
        """It may be waited for again."""
        self._given_up.clear()

    def _trying(self, state: RetryCallState) -> None:
        self._stand(Standing(away=True))

    def _pause(self, seconds: float) -> None:
        self._stand(Standing(away=True, next_try=seconds))
        self._now.wait(seconds)
        self._now.clear()
        if self._given_up.is_set():
            raise Away("Nobody waits for the server any more.")

    def _stand(self, standing: Standing) -> None:
        with self._lock:
            if standing == self._standing:
                return
            self._standing = standing
        for heard in self._told:
            heard(standing)
