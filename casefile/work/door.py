"""Actions and queries: what can be done at the desk, with its right and its log category declared.

Declared, not remembered: a function without both is refused at import, and one registry
answers "who may do what" and "what is logged".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Declared(Generic[P, R]):
    """A function of the desk with what was declared on it.

    Attributes:
        function: What runs inside the unit of work.
        name: ``room.function``, e.g. ``record.sign_entry``: the name in the log.
        needs: The permission; None only for what happens before anybody has signed in.
        logs: The category of its log row.
        asks_reason: Whether the officer must say why.
        writes: True for an action, False for a query.
    """

    function: Callable[Concatenate[Work, P], R]
    name: str
    needs: Permission | None
    logs: Logged
    asks_reason: bool
    writes: bool
    sentence: str

    def __call__(self, work: Work, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run inside a unit of work that is already open: one action may be made of others."""
        return self.function(work, *args, **kwargs)


_REGISTRY: dict[str, Declared[..., Any]] = {}


def action(
    *, needs: Permission | None, logs: Logged, asks_reason: bool = False
) -> Callable[[Callable[Concatenate[Work, P], R]], Declared[P, R]]:
    """Declare a write: its permission and its log category."""
    return _declare(needs, logs, asks_reason, writes=True)


def query(
    *, needs: Permission | None, logs: Logged, asks_reason: bool = False
) -> Callable[[Callable[Concatenate[Work, P], R]], Declared[P, R]]:
    """Declare a read: its permission and its log category."""
    return _declare(needs, logs, asks_reason, writes=False)


def registry() -> dict[str, Declared[..., Any]]:
    """Every action and query declared so far, by name."""
    return dict(sorted(_REGISTRY.items()))


def _declare(
    needs: Permission | None, logs: Logged, asks_reason: bool, *, writes: bool
) -> Callable[[Callable[Concatenate[Work, P], R]], Declared[P, R]]:
    def wrap(function: Callable[Concatenate[Work, P], R]) -> Declared[P, R]:
        room = function.__module__.removeprefix("casefile.").split(".")[0]
        name = f"{room}.{function.__name__}"
        if name in _REGISTRY:
            raise RuntimeError(f"{name} is declared twice")
        doc = (function.__doc__ or "").strip().splitlines()
        if not doc:
            raise RuntimeError(f"{name} needs a docstring: its first line is its sentence in the log")
        declared = Declared(function, name, needs, logs, asks_reason, writes, doc[0])
        _REGISTRY[name] = declared
        return declared

    return wrap
