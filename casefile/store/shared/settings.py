"""Settings of a PostgreSQL server that matter to the record, each with why and what to do.

Sources: the PostgreSQL documentation, chapters "Server Configuration" (WAL, error reporting and logging), "Client
Authentication" and "Data Checksums".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Looked:
    """One setting as it was found.

    Attributes:
        what: Its name.
        says: What it is set to, in words.
        sound: Whether it is as it should be.
        endangers: Whether the record may be lost, or read by those who should not, as it is.
        why: Why it matters.
        remedy: What to do.
    """

    what: str
    says: str
    sound: bool
    endangers: bool
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a setting should be.

    Attributes:
        name: Its name in ``pg_settings``.
        good: Whether a value will do.
        endangers: Whether another one endangers the record; otherwise it is advice.
        why: Why it matters, in a sentence.
        wanted: What to set, as written in ``postgresql.conf``, or what else to do.
    """

    name: str
    good: Callable[[str], bool]
    endangers: bool
    why: str
    wanted: str


def _is(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


def _at_least(number: int) -> Callable[[str], bool]:
    return lambda value: int(value) >= number


_OFF = "off"
_SURVIVES = "Without it, what was acknowledged can be lost when the server's machine stops at a bad moment."
_LEAKS = "It writes statements into the server's own log files, and with them what is in the record."
_SLOW = "It writes slow statements into the server's own log files; with their values it would be the record."
_RULES: tuple[_Rule, ...] = (
    _Rule(
        "ssl",
        _is("on"),
        True,
        "Without TLS, passwords and the record cross the network readable.",
        "ssl = on",
    ),
    _Rule("fsync", _is("on"), True, _SURVIVES, "fsync = on"),
    _Rule(
        "synchronous_commit",
        _is("on", "remote_apply", "remote_write", "local"),
        True,
        _SURVIVES,
        "synchronous_commit = on",
    ),
    _Rule("full_page_writes", _is("on"), True, _SURVIVES, "full_page_writes = on"),
    _Rule("log_statement", _is("none", "ddl"), True, _LEAKS, "log_statement = none"),
    _Rule(
        "log_parameter_max_length_on_error",
        _is("0"),
        True,
        "It writes the values of a statement that failed into the server's own log files.",
        "log_parameter_max_length_on_error = 0",
    ),
    _Rule("log_min_duration_statement", _is("-1"), False, _SLOW, "log_min_duration_statement = -1"),
    _Rule("log_min_duration_sample", _is("-1"), False, _SLOW, "log_min_duration_sample = -1"),
    _Rule(
        "log_transaction_sample_rate",
        lambda value: float(value) == 0,
        True,
        _LEAKS,
        "log_transaction_sample_rate = 0",
    ),
    _Rule("debug_print_parse", _is(_OFF), True, _LEAKS, "debug_print_parse = off"),
    _Rule("debug_print_rewritten", _is(_OFF), True, _LEAKS, "debug_print_rewritten = off"),
    _Rule("debug_print_plan", _is(_OFF), True, _LEAKS, "debug_print_plan = off"),
    _Rule(
        "log_error_verbosity",
        _is("terse"),
        False,
        "The details of an error can quote a row, and they go into the server's own log files.",
        "log_error_verbosity = terse",
    ),
    _Rule(
        "log_min_error_statement",
        _is("panic", "fatal", "log"),
        False,
        "A statement that failed is written into the server's own log files; one typed by hand holds its values.",
        "log_min_error_statement = panic",
    ),
    _Rule(
        "log_connections",
        lambda value: value != _OFF,
        False,
        "Wrong passwords never reach the record's own log: the server's log is where guessing is seen.",
        "log_connections = on",
    ),
    _Rule(
        "password_encryption",
        _is("scram-sha-256"),
        False,
        "Passwords that are not set by Casefile would be kept in an older, weaker way.",
        "password_encryption = scram-sha-256",
    ),
    _Rule(
        "shared_preload_libraries",
        lambda value: "auth_delay" in value,
        False,
        "The server itself counts no wrong passwords: a wait after each one is what slows guessing down.",
        "shared_preload_libraries = 'auth_delay' and auth_delay.milliseconds = 1000",
    ),
    _Rule(
        "ssl_min_protocol_version",
        _is("TLSv1.2", "TLSv1.3"),
        False,
        "Older versions of TLS are broken.",
        "ssl_min_protocol_version = TLSv1.2",
    ),
    _Rule(
        "row_security",
        _is("on"),
        False,
        "Switched off, whoever is not allowed to see a row gets an error instead of the rest.",
        "row_security = on",
    ),
    _Rule(
        "wal_level",
        _is("replica", "logical"),
        False,
        "Without it there is no standby server and no way back to a moment in time.",
        "wal_level = replica",
    ),
    _Rule(
        "archive_mode",
        _is("on", "always"),
        False,
        "Without it the record can be brought back to the last whole backup only, not to a moment in time.",
        "archive_mode = on, with an archive_command",
    ),
    _Rule(
        "data_checksums",
        _is("on"),
        False,
        "Without checksums a failing disk is noticed late.",
        "Stop the server and run pg_checksums --enable",
    ),
    _Rule(
        "max_connections",
        _at_least(100),
        False,
        "Each window holds two to six connections; beyond the limit officers are turned away.",
        "max_connections = 100 or more",
    ),
    _Rule(
        "TimeZone",
        _is("UTC", "Etc/UTC", "GMT", "Europe/London"),
        False,
        "The record keeps moments in UTC whatever this is; the server's own log files are easier to read in it.",
        "timezone = 'UTC'",
    ),
)
_HBA = text(
    "SELECT line_number, type, auth_method FROM pg_hba_file_rules WHERE error IS NULL AND type LIKE 'host%' "
    "AND auth_method IN ('trust', 'password', 'md5', 'ident') ORDER BY line_number"
)
_MAY_SEE_HBA = text("SELECT has_table_privilege('pg_hba_file_rules', 'SELECT') AND "
                    "has_function_privilege('pg_hba_file_rules()', 'EXECUTE')")  # fmt: skip


def look(connection: Connection) -> tuple[Looked, ...]:
    """Every setting that matters, as it is for this database, in the order in which it matters."""
    rows = connection.execute(text("SELECT name, setting FROM pg_settings"))
    return (*_database(connection), *by_rules({row.name: row.setting for row in rows}), *_let_in(connection))


def by_rules(found: Mapping[str, str]) -> Iterator[Looked]:
    """How the settings *found* are; those that this version of the server does not have are passed over."""
    for rule in _RULES:
        if rule.name in found:
            value = found[rule.name]
            sound = rule.good(value)
            yield Looked(
                rule.name,
                value or "nothing",
                sound,
                rule.endangers and not sound,
                "" if sound else rule.why,
                "" if sound else f"{rule.wanted}." if rule.wanted[0].isupper() else f"Set {rule.wanted}.",
            )


def _database(connection: Connection) -> Iterator[Looked]:
    row = connection.execute(
        text(
            "SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding, "
            "datcollate FROM pg_database WHERE datname = current_database()"
        )
    ).one()
    yield Looked("PostgreSQL", str(row.version), True, False, "", "")
    right = row.encoding == "UTF8"
    yield Looked(
        "server_encoding",
        str(row.encoding),
        right,
        not right,
        "" if right else "Names that other alphabets are needed for could not be kept.",
        "" if right else "Make the database anew with encoding UTF8.",
    )
    plain = row.datcollate in {"C", "C.UTF-8", "C.utf8", "POSIX", "en_GB.UTF-8", "en_GB.utf8"}
    yield Looked(
        "lc_collate",
        str(row.datcollate),
        plain,
        False,
        ""
        if plain
        else "After an upgrade of the system, indexes may stand in another order than the server expects.",
        "" if plain else "Use C.UTF-8 for a new database, or reindex after every upgrade of the system.",
    )


def _let_in(connection: Connection) -> Iterator[Looked]:
    """Rules of pg_hba.conf that let somebody in over the network too easily; only a superuser may see them."""
    if not connection.execute(_MAY_SEE_HBA).scalar():
        return
    loose = [f"line {row.line_number}: {row.type} … {row.auth_method}" for row in connection.execute(_HBA)]
    yield Looked(
        "pg_hba.conf",
        "; ".join(loose) or "asks everybody on the network to prove who they are",
        not loose,
        bool(loose),
        "These rules let people in over the network without a password, or send it readable."
        if loose
        else "",
        "Use hostssl with scram-sha-256, cert or gss." if loose else "",
    )
