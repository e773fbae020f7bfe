"""Identities: time-ordered for what is made now, derived for what must be found again."""

from __future__ import annotations

from uuid import UUID, uuid5

from uuid_utils.compat import uuid7

_NAMESPACE = UUID("6f1c2b0a-5d1e-4e57-9b53-1f6a0c9d2e11")


def new_id() -> UUID:
    """A new identity (version 7: rows made one after another lie side by side in the store)."""
    return uuid7()


def derived_id(*parts: object) -> UUID:
    """The identity that the same *parts* always give (version 5).

    Used where the same thing must be recognised twice: a task owed because of an entry,
    a child of a return that is imported again, a record named by its own key in JSON.
    """
    return uuid5(_NAMESPACE, "\x1f".join(str(part) for part in parts))
