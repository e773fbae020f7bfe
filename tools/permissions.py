"""Write docs/permissions.md: who may do what, and how each act is logged (`make generated`).

Made from what the code declares: the roles in casefile/access/roles.py and the registry of actions and
queries. A wall test holds the page against this program.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import casefile
from casefile.access.roles import ROLES
from casefile.work.door import registry
from casefile.work.names import Permission

PAGE = Path(__file__).resolve().parents[1] / "docs" / "permissions.md"
HEAD = """# Who may do what

Made by `make generated` from what the code declares; never edit by hand. Roles: `casefile/access/roles.py`.
Every act stands with its right and its log category in the room that holds it. An act not listed here cannot
be done.

"""


def import_everything() -> None:
    """Acts are declared on import."""
    for found in pkgutil.walk_packages(casefile.__path__, "casefile."):
        if ".migrations" not in found.name and not found.name.endswith("__main__"):
            importlib.import_module(found.name)


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def page() -> str:
    """The whole page."""
    import_everything()
    rights = [
        [right.value, *("✓" if right in role.permissions else "" for role in ROLES.values())]
        for right in Permission
    ]
    roles = table(["Right", *(role.title for role in ROLES.values())], rights)
    acts = [
        [
            f"`{name}`",
            declared.sentence.replace("|", "\\|"),
            "does" if declared.writes else "reads",
            declared.needs.value if declared.needs else "before sign-in",
            declared.logs.value,
            "yes" if declared.asks_reason else "",
        ]
        for name, declared in registry().items()
    ]
    return f"{HEAD}## Rights of each role\n\n{roles}\n## Every act\n\n" + table(
        ["Act", "What it does", "", "Right", "Logged as", "Reason asked"], acts
    )


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
