"""How the walls read the house: its files, their syntax trees, the classes and functions in them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ("casefile/store/migrations/versions",)
"""What a program writes: nobody reads it line by line."""
_BINARY = {".png", ".ttf", ".otf", ".pdf", ".docx", ".xlsx", ".odt", ".msg", ".zip", ".ico", ".icns", ".gz"}


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file of the house.

    Attributes:
        name: Its path from the top of the project, with slashes.
        text: What is in it.
        tree: Its syntax tree.
    """

    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """Lines, blank ones and comments too."""
        return self.text.count("\n")


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every hand-written Python file under the folders."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    named = ((path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in found)
    return tuple(
        Source(name, text, ast.parse(text, name)) for name, text in named if not name.startswith(GENERATED)
    )


def functions(source: Source) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function and method with its dotted name inside the file."""
    yield from _inside(source.tree, "")


def classes(source: Source) -> Iterator[ast.ClassDef]:
    """Every class, also those inside another."""
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    """Lines from ``def`` or ``class`` to the end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def calls(source: Source) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the dotted name of what is called, as far as it is written down."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def dotted(node: ast.expr) -> str:
    """``a.b.c`` as written; what is not a name becomes ``…``."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "…"


def imported(source: Source) -> Iterator[str]:
    """The full name of every module that the file imports."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Every text file that git keeps or would keep: its name and what is in it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    paths = [ROOT / name for name in listed if name and Path(name).suffix.lower() not in _BINARY]
    read = ((path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in paths if path.is_file())
    return tuple((name, data.decode("utf-8", "replace")) for name, data in read if b"\0" not in data[:4096])


def _inside(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{prefix}{child.name}", child
            yield from _inside(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.ClassDef):
            yield from _inside(child, f"{prefix}{child.name}.")
        else:
            yield from _inside(child, prefix)
