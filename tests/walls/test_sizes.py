"""Nothing grows past what one person can hold in mind. Exceptions stand here by name, with a reason."""

from __future__ import annotations

import ast
from statistics import quantiles

from tests.walls.house import ROOT, classes, functions, length, sources

CODE = ("casefile", "ui")
FILE_LINES = 400
FILE_LINES_P90 = 280
CLASS_LINES = 250
CLASS_METHODS = 20
FUNCTION_LINES = 60
FUNCTION_LINES_P90 = 25
CONSTRUCTOR_ARGUMENTS = 6
WINDOW_LINES = 250

# "path" or "path::name" → why it may be larger than the rest.
EXCEPTIONS: dict[str, str] = {}


def over(found: dict[str, int], limit: int) -> dict[str, int]:
    """What is over the limit and not excepted."""
    return {name: size for name, size in found.items() if size > limit and name not in EXCEPTIONS}


def p90(found: dict[str, int]) -> float:
    """The size that nine in ten stay under."""
    return quantiles(found.values(), n=10)[-1]


def file_sizes() -> dict[str, int]:
    return {source.name: source.lines for source in sources(*CODE)}


def class_sizes() -> dict[str, int]:
    return {
        f"{source.name}::{node.name}": length(node) for source in sources(*CODE) for node in classes(source)
    }


def method_counts() -> dict[str, int]:
    """Methods of each class; Qt's own handlers that it overrides (camelCase) do not count."""
    return {
        f"{source.name}::{node.name}": sum(
            isinstance(item, ast.FunctionDef) and item.name == item.name.lower() for item in node.body
        )
        for source in sources(*CODE)
        for node in classes(source)
    }


def function_sizes() -> dict[str, int]:
    return {
        f"{source.name}::{name}": length(node)
        for source in sources(*CODE)
        for name, node in functions(source)
    }


def constructor_arguments() -> dict[str, int]:
    """Arguments of each constructor, without ``self``."""
    return {
        f"{source.name}::{name}": len(node.args.posonlyargs)
        + len(node.args.args)
        + len(node.args.kwonlyargs)
        - 1
        for source in sources(*CODE)
        for name, node in functions(source)
        if name.endswith("__init__")
    }


def test_no_file_is_too_long() -> None:
    assert over(file_sizes(), FILE_LINES) == {}


def test_nine_in_ten_files_are_short() -> None:
    assert p90(file_sizes()) <= FILE_LINES_P90


def test_no_class_is_too_long() -> None:
    assert over(class_sizes(), CLASS_LINES) == {}


def test_no_class_does_too_many_things() -> None:
    assert over(method_counts(), CLASS_METHODS) == {}


def test_no_function_is_too_long() -> None:
    assert over(function_sizes(), FUNCTION_LINES) == {}


def test_nine_in_ten_functions_are_short() -> None:
    assert p90(function_sizes()) <= FUNCTION_LINES_P90


def test_no_constructor_wants_too_much() -> None:
    assert over(constructor_arguments(), CONSTRUCTOR_ARGUMENTS) == {}


def test_the_main_window_knows_little() -> None:
    assert (ROOT / "ui/shell/window.py").read_text("utf-8").count("\n") <= WINDOW_LINES


def test_every_exception_is_still_needed() -> None:
    sizes = (
        *over_all(file_sizes(), FILE_LINES),
        *over_all(class_sizes(), CLASS_LINES),
        *over_all(method_counts(), CLASS_METHODS),
        *over_all(function_sizes(), FUNCTION_LINES),
        *over_all(constructor_arguments(), CONSTRUCTOR_ARGUMENTS),
    )
    assert set(EXCEPTIONS) - set(sizes) == set()


def over_all(found: dict[str, int], limit: int) -> list[str]:
    """Everything over the limit, excepted or not."""
    return [name for name, size in found.items() if size > limit]
