"""What the shipped files say, kept as JSON beside them once it has been checked.

Checking needs pydantic and a TOML parser, which cost more at start-up than everything else here.
The kept result counts only while every shipped file is byte for byte the one that was checked;
otherwise, and always with a force's own copies, the files are checked again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.standards.files import CHECKED, shipped_files

if TYPE_CHECKING:
    from casefile.standards.checks import Plain


def digest(files: Mapping[str, bytes]) -> str:
    """One fingerprint of all files, names included. Line endings do not count."""
    total = hashlib.sha256()
    for name, data in sorted(files.items()):
        content = hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()
        total.update(f"{name} {content}\n".encode())
    return total.hexdigest()


def kept(files: Mapping[str, bytes], where: Path = CHECKED) -> Plain | None:
    """The kept result if it is of exactly these files, else None."""
    try:
        found = json.loads(where.read_bytes())
        return found["plain"] if found["digest"] == digest(files) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(where: Path = CHECKED) -> Plain:
    """Check the shipped files and keep the result. For developers, after editing a file.

    Raises:
        Damaged: A file is not as it must be; nothing is kept.
    """
    from casefile.standards.checks import checked

    files = shipped_files()
    plain = checked(files)
    text = json.dumps({"digest": digest(files), "plain": plain}, ensure_ascii=False, indent=1)
    where.write_text(text + "\n", "utf-8", newline="\n")
    return plain
