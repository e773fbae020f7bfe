"""Whom a copy is for: nothing is given out before somebody is named, for the log must say who has it."""

from __future__ import annotations

from casefile.errors import Invalid


def recipient_of(said: str, what: str = "copy", *, kept: str = "Nothing was printed.") -> str:
    """The recipient as the log names them.

    Args:
        said: As typed.
        what: What they are given.
        kept: What did not happen where nobody is named.

    Raises:
        Invalid: Nobody is named.
    """
    if not (whom := said.strip()):
        raise Invalid(f"Say whom the {what} is for: the log must name them.", kept=kept)
    return whom
