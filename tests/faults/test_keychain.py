"""The key of the store in the keychain: kept, given, taken away, locked, exchanged, and a keychain that never answers.

Always with a backend in memory; with ``make test-desktop`` also with a real secret service of its own.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import warnings
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

import keyring
import pytest

from casefile import opening
from casefile.cli.session import unlock
from casefile.errors import CasefileError, NoKey
from casefile.store import embedded, keys
from tests.faults import secret_service
from tests.faults.conftest import PASSPHRASE, PASSWORD, Kept
from tests.faults.hunter import found, shapes
from tests.faults.secret_service import SecretService
from tests.keychain import InMemory, in_memory

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def chain(monkeypatch: pytest.MonkeyPatch) -> Generator[InMemory]:
    with in_memory(monkeypatch) as made:
        yield made


@pytest.fixture
def folder(kept: Kept, chain: InMemory) -> Path:
    """A store whose key the keychain holds."""
    opening.open_with_passphrase(kept.folder, PASSPHRASE).close()
    assert len(chain.kept) == 1
    return kept.folder


def opens(folder: Path) -> bool:
    """Whether the keychain alone opens the store, as far as an officer's desk."""
    found = opening.open_with_keychain(folder)
    if found is None:
        return False
    found.desk.sign_in("Marsh", PASSWORD)
    found.close()
    return True


def test_the_key_in_the_keychain_opens_the_store_without_a_passphrase(folder: Path) -> None:
    assert opens(folder)


def test_a_key_that_somebody_removed_is_asked_for_by_passphrase_and_kept_again(
    folder: Path, chain: InMemory
) -> None:
    keyring.delete_password(keys.SERVICE, str(embedded.store_id(folder)))
    assert not opens(folder)
    again = opening.open_with_passphrase(folder, PASSPHRASE)
    assert again.kept_in
    again.close()
    assert opens(folder)


@pytest.mark.parametrize("what", ["locked", "broken"])
def test_a_keychain_that_gives_nothing_is_said_and_the_passphrase_opens(
    folder: Path, chain: InMemory, what: str
) -> None:
    setattr(chain, what, True)
    with pytest.raises(NoKey, match=r"did not give the store's key.*recovery passphrase"):
        opening.open_with_keychain(folder)
    by_hand = opening.open_with_passphrase(folder, PASSPHRASE)
    assert by_hand.kept_in is None
    by_hand.close()
    setattr(chain, what, False)
    assert opens(folder)


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ("", None),
        ("otter kettle lamp", "is no key"),
        ("ab" * 31, "is no key"),
        ("ab" * 32, "does not open this store"),
    ],
)
def test_another_thing_in_the_place_of_the_key_is_no_dead_end(
    folder: Path, chain: InMemory, instead: str, said: str | None
) -> None:
    chain.kept = dict.fromkeys(chain.kept, instead)
    if said is None:
        assert not opens(folder)
    else:
        with pytest.raises(NoKey, match=said) as told:
            opening.open_with_keychain(folder)
        assert instead not in str(told.value)
    opening.open_with_passphrase(folder, PASSPHRASE).close()
    assert opens(folder)


def test_a_keychain_that_never_answers_is_left_after_a_while(
    folder: Path, chain: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_WAIT_SECONDS", 0.05)
    chain.silent = threading.Event()
    try:
        with pytest.raises(NoKey, match="did not give the store's key"):
            opening.open_with_keychain(folder)
    finally:
        chain.silent.set()


SILENT = """
import sys, threading
import keyring
from keyring.backend import KeyringBackend
from casefile.cli import main
from casefile.store import keys
class Silent(KeyringBackend):
    priority = 1
    def get_password(self, service, username): threading.Event().wait()
    def set_password(self, service, username, password): pass
Silent.__module__ = "keyring.backends.SecretService"
keyring.set_keyring(Silent())
keys._WAIT_SECONDS = 0.05
sys.exit(main(["show", sys.argv[1], "F-NONE"]))
"""


def test_a_keychain_that_never_answers_does_not_keep_the_program_from_ending(kept: Kept) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SILENT, str(kept.folder)],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "The keychain did not give the store's key." in done.stderr
    assert "Traceback" not in done.stderr


def test_on_the_command_line_the_passphrase_of_the_environment_goes_before_the_keychain(
    folder: Path, chain: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.locked = True
    with pytest.raises(CasefileError, match="recovery passphrase"):
        unlock(str(folder))
    monkeypatch.setenv("CASEFILE_PASSPHRASE", PASSPHRASE)
    unlock(str(folder)).close()


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    """A real secret service, and the library's own backend for it."""
    if lacking := secret_service.missing():
        pytest.skip(f"no real keychain: {lacking}")
    from keyring.backends import SecretService as Backend

    before = keyring.get_keyring()
    with secret_service.running(tmp_path / "service", monkeypatch.setenv) as made:
        keyring.set_keyring(Backend.Keyring())
        yield made
    keyring.set_keyring(before)
    with warnings.catch_warnings():
        # The library leaves its connection open when the service goes away in the middle of a question.
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def _removed_by_somebody(folder: Path) -> int:
    """Another program removes what the keychain holds for this store; how many entries there were."""
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        entries = list(secretstorage.search_items(bus, {"username": str(embedded.store_id(folder))}))
        for one in entries:
            one.delete()
    return len(entries)


def _locked_by_somebody() -> None:
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        secretstorage.get_default_collection(bus).lock()


@pytest.mark.desktop
def test_a_real_keychain_keeps_the_key_and_gives_it(kept: Kept, service: SecretService) -> None:
    opened = opening.open_with_passphrase(kept.folder, PASSPHRASE)
    assert opened.kept_in == "SecretService Keyring"
    opened.close()
    assert opens(kept.folder)
    key = embedded.key_from_passphrase(kept.folder, PASSPHRASE)
    assert list((service.folder / "xdg_data_home" / "keyrings").iterdir())
    assert found(shapes((PASSPHRASE, PASSWORD), [key]), service.folder, kept.folder) == []


@pytest.mark.desktop
def test_a_real_keychain_from_which_somebody_removed_the_key(kept: Kept, service: SecretService) -> None:
    opening.open_with_passphrase(kept.folder, PASSPHRASE).close()
    assert _removed_by_somebody(kept.folder) == 1
    assert opening.open_with_keychain(kept.folder) is None
    opening.open_with_passphrase(kept.folder, PASSPHRASE).close()
    assert opens(kept.folder)


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.desktop
def test_a_real_keychain_that_is_locked_or_gone(kept: Kept, service: SecretService) -> None:
    opening.open_with_passphrase(kept.folder, PASSPHRASE).close()
    for happens in (_locked_by_somebody, service.stop):
        happens()
        with pytest.raises(NoKey, match=r"did not give the store's key.*recovery passphrase"):
            opening.open_with_keychain(kept.folder)
        opening.open_with_passphrase(kept.folder, PASSPHRASE).close()
