"""``python -m casefile.standards [FOLDER]``: check the standard, and a force's copies with it.

Without a folder it also keeps the checked result and the table of bank holidays for quick
starting, and writes the table in ``docs/standards.md``; developers run it after editing a file.
"""

from __future__ import annotations

import sys
from pathlib import Path

from casefile.errors import World
from casefile.standards.calendar import TABLE, bank_holiday_table
from casefile.standards.checked import keep
from casefile.standards.load import Library, library
from casefile.standards.table import PAGE, with_table


def main(arguments: list[str]) -> int:
    """Check and say what stands; 1 with the sentence if something is wrong."""
    try:
        if not arguments:
            TABLE.write_text(bank_holiday_table(), "utf-8", newline="\n")
            PAGE.write_text(with_table(PAGE.read_text("utf-8"), Library(keep())), "utf-8", newline="\n")
        found = library(Path(arguments[0]) if arguments else None)
    except World as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 1
    codes = sum(len(found.codes(key).codes) for key in found.code_lists)
    sys.stdout.write(
        f"{len(found.standards)} standards, {len(found.timescales)} timescales, "
        f"{len(found.dividers)} dividers, {len(found.code_lists)} code lists with {codes} codes.\n"
    )
    sys.stdout.writelines(f"{gap}\n" for gap in found.gaps)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
