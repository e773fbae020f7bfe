"""House rules that no linter knows: one commit, one clock, declared dependencies, honest tests."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.walls.house import ROOT, calls, imported, sources, texts

CLOCK = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "datetime.datetime.now",
    "datetime.date.today",
    "dt.datetime.now",
    "dt.date.today",
    "time.time",
    "time.localtime",
    "time.gmtime",
    "QDate.currentDate",
    "QDateTime.currentDateTime",
    "QTime.currentTime",
}
NOT_IMPORTED = {
    "psycopg": "SQLAlchemy imports the driver by its URL",
    "psycopg-binary": "the driver's own library",
    "pyside6-essentials": "imported as PySide6",
    "pyside6-pdf": "imported as PySide6",
    "tzdata": "zoneinfo reads it on Windows",
}


def test_only_the_store_commits() -> None:
    """One file: the unit of work, and the making of the tables before there is one."""
    holding = {
        source.name
        for source in sources("casefile", "ui")
        for name, _ in calls(source)
        if name.endswith(".commit")
    }
    assert holding == {"casefile/store/engine.py"}


def test_only_the_desk_reads_the_clock() -> None:
    reading = {
        source.name for source in sources("casefile", "ui") for name, _ in calls(source) if name in CLOCK
    }
    assert reading == {"casefile/desk.py"}


def test_nothing_is_kept_at_the_level_of_a_module() -> None:
    """``global`` is how module state is changed; nobody says it."""
    saying = [
        source.name
        for source in sources("casefile", "ui")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Global)
    ]
    assert saying == []


def _declared() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {re.split(r"[\[<>=;! ~]", line, maxsplit=1)[0].lower(): line for line in project["dependencies"]}


def _distributions(*folders: str) -> dict[str, str]:
    """Distribution of every third-party import under the folders → a file that imports it."""
    known = packages_distributions()
    ours = {"casefile", "ui", "tests", "tools", "benchmarks", *sys.stdlib_module_names}
    return {
        distribution.lower().replace("_", "-"): source.name
        for source in sources(*folders)
        for module in imported(source)
        if (top := module.split(".")[0]) not in ours
        for distribution in known.get(top, [top])
    }


def test_everything_imported_is_a_declared_dependency() -> None:
    undeclared = {
        name: where for name, where in _distributions("casefile", "ui").items() if name not in _declared()
    }
    # PySide6 is one import made of several distributions.
    assert {
        name: where for name, where in undeclared.items() if not name.startswith(("pyside6", "shiboken6"))
    } == {}


def test_every_declared_dependency_is_used() -> None:
    assert set(_declared()) - set(_distributions("casefile", "ui")) - set(NOT_IMPORTED) == set()


def test_dependencies_stand_in_order() -> None:
    assert list(_declared()) == sorted(_declared())


def test_the_lock_holds_every_dependency_and_no_address() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        said = lock.read_text("utf-8")
        assert not re.search(r"://|--(extra-)?index-url|--find-links", said), lock.name
        pinned = set(re.findall(r"^([a-z0-9.-]+)==", said, re.MULTILINE))
        unhashed = [line for line in said.splitlines() if "==" in line and not line.endswith("\\")]
        assert unhashed == []
        if lock.name != "setup.txt":
            assert {name.replace("_", "-") for name in _declared()} <= pinned, lock.name


@pytest.mark.parametrize("lazy", ["unittest.mock", "mock", "pytest_mock"])
def test_no_test_mocks_what_can_be_had(lazy: str) -> None:
    assert [source.name for source in sources("tests") if lazy in set(imported(source))] == []


def test_no_test_waits_for_a_time_or_cannot_fail() -> None:
    waiting = [
        source.name
        for source in sources("tests")
        for name, _ in calls(source)
        if name.endswith(("qtbot.wait", "time.sleep", "QTest.qWait"))
    ]
    idle = [
        f"{source.name}:{node.lineno}"
        for source in sources("tests")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant)
    ]
    assert waiting == []
    assert idle == []


def test_every_test_asserts_something() -> None:
    """A test asserts, expects an error, or calls a check that does (``assert…``, ``check…``, ``expect…``)."""
    silent = [
        f"{source.name}::{node.name}"
        for source in sources("tests")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not _asserts(node)
    ]
    assert silent == []


def _asserts(test: ast.FunctionDef) -> bool:
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name.lstrip("_").startswith(
                ("assert", "check", "expect", "raises", "wait_signal", "waitSignal", "waitUntil", "fail")
            ):
                return True
    return False


def test_nothing_is_promised_for_later() -> None:
    promise = re.compile(
        r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error|coming " + r"soon)\b"
    )
    kept = [
        f"{name}: {found[0]}"
        for name, said in texts()
        if name.endswith((".py", ".toml", ".md")) and (found := promise.search(said))
    ]
    assert kept == []


def test_the_tree_names_no_machine_and_holds_no_secret() -> None:
    machine = re.compile(r"(?<![\w.~-])/(home|root|Users|work)/[A-Za-z]|\b[A-Z]:\\Users\\")
    secret = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|\bghp_[A-Za-z0-9]{30}|\bAKIA[A-Z0-9]{16}\b|\bpypi-AgE"
    )
    found = [
        f"{name}: {hit[0]}"
        for name, said in texts()
        for wanted in (machine, secret)
        if (hit := wanted.search(said))
    ]
    assert found == []
