"""Write docs/alarms.md: every alarm, what it means, who is told, its limits and where they come from (`make generated`).

Made from ``resources/standards/alarms.toml``. A wall test holds the page against this program.
"""

from __future__ import annotations

import sys
from pathlib import Path

from casefile.standards import AlarmStandard, library
from tools.permissions import table

PAGE = Path(__file__).resolve().parents[1] / "docs" / "alarms.md"
HEAD = """# Alarms

Made by `make generated` from `resources/standards/alarms.toml`; never edit by hand. What makes an alarm true is the rule
of the same key in `casefile/alarms/rules`, or the lateness of the tasks named. An alarm is raised on the day it becomes
true by what police then knew; it goes up to the next rank after the delay given; it ends when the facts change, or is
silent until a day that a supervisor sets with a reason. `casefile alarms STORE --as-of DAY` replays any day,
`--between DAY DAY` says when each began and ended.

How sure: **known** is seen in public material or the report of 2009, **general knowledge** a force should confirm,
**uncertain** is our own reading.

"""
GRAVITIES = {
    "danger": "Danger: a child may be harmed now",
    "late": "Late: a limit has run out",
    "watch": "Watch",
}


def page() -> str:
    """The page as it would be written now."""
    parts = [HEAD]
    for gravity, title in GRAVITIES.items():
        rows = [_row(one) for one in library().alarms.values() if one.severity == gravity]
        head = ["Alarm", "True when", "Ends when", "Told", "Then", "Limits", "Source"]
        parts.append(f"## {title} ({len(rows)})\n\n{table(head, rows)}\n")
    return "".join(parts)


def _row(one: AlarmStandard) -> list[str]:
    unit = one.then_unit.replace("_", " ")
    then = f"{one.then_told} after {one.then_after} {unit}" if one.then_told else "–"
    limits = [f"{key.replace('_', ' ')}: {value}" for key, value in one.limits.items()]
    limits += [f"tasks {', '.join(one.late)}"] if one.late else []
    source = f"{one.source} ({one.confidence})" + (f". {one.note}" if one.note else "")
    return [
        f"**{one.title}** `{one.key}`",
        one.means,
        one.ends,
        one.told,
        then,
        "; ".join(limits) or "–",
        source,
    ]


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
