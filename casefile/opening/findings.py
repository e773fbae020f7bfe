"""What was looked at and how it was found, for ``casefile doctor`` and for setting a server up."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.store.engine import Store, translated
from casefile.store.shared import settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: The thing.
        says: What was found, in words.
        sound: Whether it is as it should be.
        endangers: Whether, as it is, the record may be lost or read by those who should not.
        why: Why it matters, in a sentence; "" where nothing is to be done.
        remedy: What to do about it, in a sentence.
    """

    what: str
    says: str
    sound: bool = True
    endangers: bool = False
    why: str = ""
    remedy: str = ""


def of_server(store: Store) -> tuple[Finding, ...]:
    """How the server of a shared store is set, as far as whoever is connected may know.

    Raises:
        Unavailable: The server does not answer.
    """
    with translated(), store.engine.connect() as connection:
        found = settings.look(connection)
    return tuple(Finding(one.what, one.says, one.sound, one.endangers, one.why, one.remedy) for one in found)
