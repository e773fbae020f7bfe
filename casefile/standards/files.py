"""Where the standard's files are, and reading them with the force's edited copies beside them."""

from __future__ import annotations

from pathlib import Path

from casefile.errors import Damaged, Unavailable

STANDARDS = Path(__file__).resolve().parents[2] / "resources" / "standards"
"""The files that ship with the app."""

CHECKED = STANDARDS / "checked.json"
"""What those files say, once checked; see ``checked.py``."""

NOT_RULES = frozenset({"bank-holidays.toml"})
"""Files here that the calendar reads itself."""


def shipped_files() -> dict[str, bytes]:
    """The shipped files by name relative to their folder, e.g. ``codes/people.toml``."""
    return read_files(STANDARDS)


def read_files(folder: Path) -> dict[str, bytes]:
    """Every TOML file of a folder of standards by relative name, in order of name.

    Raises:
        Unavailable: The folder is not there or a file cannot be read.
    """
    if not folder.is_dir():
        raise Unavailable(f"The folder of standards {folder} is not there.")
    try:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(
                one for where in ("", "codes/", "strength/") for one in folder.glob(f"{where}*.toml")
            )
            if path.name not in NOT_RULES
        }
    except OSError as error:
        raise Unavailable(f"The standards in {folder} cannot be read: {error.strerror}.") from error


def as_text(name: str, data: bytes) -> str:
    """The text of one file.

    Raises:
        Damaged: It is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Damaged(f"{name} is not a text file in UTF-8 (byte {error.start}).") from error
