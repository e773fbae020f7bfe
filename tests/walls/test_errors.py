"""Every error has its sentence: what happened, what was kept, what to do, in words for people."""

from __future__ import annotations

import ast
import inspect

import pytest

from casefile import errors
from casefile.errors import Bug, CasefileError, Conflict, Fault, Invalid, World
from tests.walls.house import Source, calls, sources

CLASSES = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, CasefileError)]
NAMES = {kind.__name__ for kind in CLASSES}
BARE = {"Exception", "BaseException", "RuntimeError", "OSError"}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_says_what_it_is_for_and_what_was_kept(kind: type[CasefileError]) -> None:
    assert inspect.getdoc(kind)
    assert kind.kept.endswith(".")
    assert kind.remedy == "" or kind.remedy.endswith(".")


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_is_the_worlds_or_ours(kind: type[CasefileError]) -> None:
    assert kind is CasefileError or issubclass(kind, World | Bug)


def test_an_error_reads_as_one_paragraph() -> None:
    error = Invalid([Fault("held_on", "29 February 2009 is no date.")], kept="Your draft is kept.")
    assert str(error) == "29 February 2009 is no date. Your draft is kept."
    assert str(Conflict("Somebody signed it first.")).startswith(
        "Somebody signed it first. Both versions are kept"
    )


def _said(node: ast.expr) -> str | None:
    """The sentence as written; an f-string with … for what is filled in; None when it is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "…"
            for part in node.values
        )
    return None


def _sentences(source: Source) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for name, call in calls(source):
        if name.split(".")[-1] in NAMES:
            parts = [
                *call.args[:1],
                *(word.value for word in call.keywords if word.arg in {"kept", "remedy"}),
            ]
        elif name == "Fault":
            parts = call.args[1:2]
        else:
            continue
        found += [(call.lineno, said) for part in parts if (said := _said(part))]
    return found


def test_every_sentence_is_one() -> None:
    crooked = [
        f"{source.name}:{line}: {said}"
        for source in sources("casefile", "ui")
        for line, said in _sentences(source)
        if (not said.rstrip("…\n").endswith((".", "?", ":")) and not said.endswith("…")) or said[0].islower()
    ]
    assert crooked == []


def test_nothing_raises_an_error_without_a_family() -> None:
    """A bare RuntimeError is for what a developer does wrong at import, in the grammar and in a base class; nowhere else."""
    bare = [
        f"{source.name}:{node.lineno}"
        for source in sources("casefile", "ui")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id in BARE
        and not source.name.startswith(
            ("casefile/work/", "casefile/sections/base", "ui/widgets/fields/editor")
        )
    ]
    assert bare == []
