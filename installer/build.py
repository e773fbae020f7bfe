"""Make what officers install: the frozen program, and on Debian the package around it (`make package`).

The environment it is frozen from is made anew from requirements/package.txt, so that nothing of a
developer's own gets in. The frozen program must pass its own `casefile self-test` before it is wrapped.
Everything ends up in dist/.
"""

from __future__ import annotations

import gzip
import os
import platform
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import setup  # noqa: E402  (tools/setup.py: where uv is, which libraries a window needs)

BUILD = ROOT / "build"
DIST = ROOT / "dist"
VENV = BUILD / "venv"
BUNDLE = DIST / "casefile"
PYTHON = VENV / setup.BIN / f"python{setup.EXE}"
DEB = ROOT / "installer" / "deb"


def version() -> str:
    """The version as the program says it."""
    found = re.search(r'__version__ = "(.+)"', (ROOT / "casefile" / "__init__.py").read_text("utf-8"))
    if not found:
        raise setup.CannotError("casefile/__init__.py names no version.")
    return found[1]


def step(*command: str | Path, **env: str) -> None:
    """Run one step where everybody sees it; the build ends when it fails."""
    subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **env}, check=True)


def environment() -> None:
    """A clean environment with exactly what is locked for a release."""
    uv = setup.find_uv()
    setup.run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    setup.run(
        uv, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", "requirements/package.txt"
    )


def freeze() -> None:
    """Freeze the program into dist/casefile/."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    step(PYTHON, "installer/notices.py", BUILD / "third-party.txt")
    step(
        *(PYTHON, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
        *("--distpath", DIST, "--workpath", BUILD / "freeze", "installer/freeze.spec"),
    )


def self_test() -> None:
    """Let the frozen program test itself, away from this folder and without a display."""
    step(BUNDLE / f"casefile{setup.EXE}", "self-test", QT_QPA_PLATFORM="offscreen", PYTHONPATH="")


def lay_out(tree: Path) -> None:
    """Lay out what the Debian package puts on a machine, under *tree*."""
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(BUNDLE, tree / "opt" / "casefile", symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/casefile").symlink_to("/opt/casefile/casefile")
    put(DEB / "casefile.desktop", tree / "usr/share/applications/casefile.desktop")
    put(ROOT / "resources/icons/casefile.svg", tree / "usr/share/icons/hicolor/scalable/apps/casefile.svg")
    put(DEB / "copyright", tree / "usr/share/doc/casefile/copyright")
    squeeze(
        (DEB / "casefile.1").read_text("utf-8").replace("@VERSION@", version()),
        tree / "usr/share/man/man1/casefile.1.gz",
    )
    squeeze((ROOT / "CHANGELOG.md").read_text("utf-8"), tree / "usr/share/doc/casefile/changelog.gz")
    for path in tree.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or path == tree / "opt/casefile/casefile"
            path.chmod(0o755 if runs else 0o644)


def put(source: Path, target: Path) -> None:
    """Copy one file, making its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def squeeze(text: str, target: Path) -> None:
    """Write a text as Debian wants its documents: gzipped, without a date."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def control(tree: Path, architecture: str) -> str:
    """The package's description of itself, with the libraries that set-up looks for as its Depends."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    renamed = {"libglib2.0-0": "libglib2.0-0 | libglib2.0-0t64"}
    libraries = [renamed.get(package, package) for package in dict.fromkeys(setup.LIBRARIES.values())]
    libc = f"libc6 (>= {platform.libc_ver()[1]})"
    fields = {
        "Package": "casefile",
        "Version": version(),
        "Architecture": architecture,
        "Maintainer": "Casefile developers <casefile@example.org>",
        "Installed-Size": str(size),
        "Depends": ", ".join([libc, *libraries]),
        "Recommends": "gnome-keyring | kwalletmanager, dbus-user-session",
        "Section": "misc",
        "Priority": "optional",
        "Description": project["description"],
    }
    about = (DEB / "description").read_text("utf-8")
    body = "\n".join(f" {line}" if line else " ." for line in textwrap.dedent(about).strip().splitlines())
    return "\n".join(f"{key}: {value}" for key, value in fields.items()) + f"\n{body}\n"


def deb() -> Path:
    """The Debian package around the frozen program."""
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True
    ).stdout.strip()
    tree = BUILD / "deb"
    lay_out(tree)
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(control(tree, architecture), "utf-8")
    package = DIST / f"casefile_{version()}_{architecture}.deb"
    squeeze_how = os.environ.get("DEB_COMPRESSION", "zstd")
    step("dpkg-deb", "--root-owner-group", f"-Z{squeeze_how}", "--build", tree, package)
    return package


def main() -> int:
    """Build; 0 when dist/ holds what this system installs."""
    try:
        environment()
        freeze()
        self_test()
    except setup.CannotError as cannot:
        setup.say(str(cannot))
        return 1
    except subprocess.CalledProcessError as failed:
        setup.say(f"the build stopped: `{' '.join(map(str, failed.cmd[:4]))} …` failed.")
        return 1
    print(f"The program stands in {BUNDLE.relative_to(ROOT)}/.")
    if shutil.which("dpkg-deb"):
        print(f"The Debian package is {deb().relative_to(ROOT)}.")
    else:
        print("This is not a Debian system: see installer/README.md for the next step.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
