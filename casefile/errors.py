"""The errors of the house, each with its sentence for people.

Two families. *World* errors are what the world does to us (no right, a wrong date,
a server away): a person is told what happened, what was kept and what to do.
:class:`Bug` is ours: it goes to a report without any case content.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_LOGGER = logging.getLogger(__name__)


class CasefileError(Exception):
    """Any error of Casefile.

    Attributes:
        sentence: What happened, in a sentence a busy officer understands.
        kept: What was saved or left untouched, in a sentence.
        remedy: What to do now, in a sentence.
    """

    kept = "Nothing was changed."
    remedy = ""

    def __init__(self, sentence: str, *, kept: str | None = None, remedy: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if kept is not None:
            self.kept = kept
        if remedy is not None:
            self.remedy = remedy

    def __str__(self) -> str:
        """Sentence, what was kept and what to do, as one paragraph."""
        return " ".join(part for part in (self.sentence, self.kept, self.remedy) if part)


class World(CasefileError):
    """The world's doing: shown to the person, never reported as a fault of ours."""


class Refused(World):
    """The officer has no right to do or read this. The refusal is logged."""

    remedy = "Ask your supervisor if you need it."


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field of what was entered.

    Attributes:
        field: The field's key; for a row of a group ``group.2.field`` (rows from 0); "" for the whole.
        sentence: What is wrong and how to mend it.
    """

    field: str
    sentence: str


class Invalid(World):
    """What was entered cannot stand. Each fault names its field, so a form can show it there."""

    kept = "What you typed is kept as a draft; nothing was signed."

    def __init__(self, faults: Iterable[Fault] | str, *, kept: str | None = None) -> None:
        self.faults = (Fault("", faults),) if isinstance(faults, str) else tuple(faults)
        super().__init__(" ".join(fault.sentence for fault in self.faults), kept=kept)


class Conflict(World):
    """Somebody else changed the same thing first. Both versions are kept: theirs and yours."""

    kept = "Both versions are kept; nothing was overwritten."

    def __init__(self, sentence: str, *, theirs: object = None, yours: object = None) -> None:
        super().__init__(sentence)
        self.theirs = theirs
        self.yours = yours


class Missing(World):
    """What was asked for is not in the store, or not for this officer to see."""


class Unavailable(World):
    """A server, keychain, disk or library is not there or not answering."""


class NoKey(Unavailable):
    """The keychain does not give the store's key, or gives another one: the recovery passphrase opens it."""

    remedy = "Unlock your keychain, or open the store with the recovery passphrase."


class Away(Unavailable):
    """The server of a shared store does not answer, or broke off before anything was saved: it may be asked again."""

    kept = "Nothing was changed in the store."
    remedy = "Check the network, and try again."


class Crossed(Unavailable):
    """Two officers wrote the same thing at one moment, and the store let one of them go first: it may be asked again."""

    remedy = "Do it again."


class Unsure(Unavailable):
    """The server went away between the order to save and its answer, and cannot be asked yet what became of it.

    Attributes:
        connection: Which connection of the server was lost; None where the store does not know.
        ask: Finds out once the server answers: gives what the work gave when it was saved, raises :class:`Away` when it
            was not, and :class:`Unsure` again when it still cannot be known; None where it can never be known.
    """

    kept = "It was saved whole or not at all; which of the two is not known yet."
    remedy = "Casefile finds out when the server answers. Look whether it is there before you do it again."

    def __init__(self, connection: object = None) -> None:
        super().__init__("The server went away while this was being saved.")
        self.connection = connection
        self.ask: Callable[[], object] | None = None


class Damaged(World):
    """The store, a standard or an incoming file is not what it should be."""


class WrongKey(Damaged):
    """What was given as the store's key does not open it, or its first page is damaged: the two look alike."""

    remedy = "Use the recovery passphrase, or restore the latest backup."


class Cancelled(World):
    """A person stopped a long job. What the job says was kept, was kept."""

    remedy = "Start again when you are ready."


class Bug(CasefileError):
    """Ours: something that should not be possible. Reported without case content."""

    remedy = "Please send the report to the people who look after Casefile."


def as_bug(error: BaseException) -> Bug:
    """An error of ours, with where it came from and nothing of what it was about.

    The places (file, line, function) go to the log and into the note of the bug; what the error says of itself may
    hold a name and goes nowhere.
    """
    where: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        where.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    bug = Bug(f"Casefile made a mistake ({type(error).__name__}).", kept="What was saved before is safe.")
    bug.add_note("\n".join(where))
    _LOGGER.error("%s at %s", type(error).__name__, " < ".join(reversed(where[-6:])))
    return bug
