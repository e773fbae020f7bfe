"""A PostgreSQL server met over a network: how long it is waited for, and what it says, in sentences for people.

Its errors are known by their SQLSTATE where it gave one; the words of a server may be in any language.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from casefile.errors import Away, CasefileError, Crossed, Unavailable

PATIENCE = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""Seconds (the last: milliseconds) until a server that says nothing more is given up, as libpq takes them."""
_MANNERS = {
    "lock_timeout": "15s",
    "idle_in_transaction_session_timeout": "5min",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "20s",
    "client_connection_check_interval": "5s",
}
"""What each connection asks of the server: not to wait for ever, and to let go of what a lost client held."""
CONNECTION = "casefile connection"
"""Under what a connection's own name at the server (process and beginning) is kept beside it."""
_ASKED = "".join(f", set_config('{name}', '{value}', false)" for name, value in _MANNERS.items())
_GREETING = f"SELECT pid, backend_start{_ASKED} FROM pg_stat_activity WHERE pid = pg_backend_pid()"  # noqa: S608
_END = text(
    "SELECT wait_event IS DISTINCT FROM 'SyncRep' AND pg_terminate_backend(pid, 5000)"
    " FROM pg_stat_activity WHERE pid = :pid AND backend_start = :began"
)
_GONE = ("08", "57P01", "57P02", "57P03", "57P05", "25P03")
"""Beginnings of the states after which the connection is of no more use: broken off, shut down, crashed, starting."""
_BEGINS_AGAIN = ("starting up", "shutting down", "in recovery mode", "not yet accepting", "not accepting")
"""What a server says at the door while it begins or ends: it will answer soon."""


def greet(connection: Any, record: Any) -> None:
    """A connection was made: tell the server what we ask of it, and keep what it is called there."""
    try:
        connection.autocommit = True
        found = connection.execute(_GREETING).fetchone()
        connection.autocommit = False
    except BaseException:
        connection.close()
        raise
    record.info[CONNECTION] = (found[0], found[1]) if found else None


def ended(connection: Connection, lost: Any) -> bool:
    """End a lost connection at the server; whether it is certain that it does nothing any more.

    One that waits for a second server to have what it saved is not ended: that would leave it saved on one only.
    """
    if lost is None:
        return False
    pid, began = lost
    still = connection.execute(_END, {"pid": pid, "began": began}).first()
    return still is None or bool(still[0])


def takes_nothing(connection: Connection) -> bool:
    """Whether the server may only be read: a standby, or closed for writing by whoever looks after it."""
    return connection.execute(text("SELECT current_setting('transaction_read_only')")).scalar() == "on"


def standby() -> Away:
    """The error of a server that may only be read."""
    return Away(
        "This server is a standby: it can be read, but takes nothing.",
        remedy="Every reading is logged, so Casefile waits until it takes over or the first server answers again.",
    )


def from_server(error: Exception) -> CasefileError | None:
    """What a server's error means for the person at the desk; None when it is not about the server itself."""
    said = getattr(error, "orig", error)
    state = getattr(said, "sqlstate", None)
    if state is not None and (told := _by_state(str(state))) is not None:
        return told
    if not isinstance(error, DBAPIError) or not type(said).__module__.startswith("psycopg"):
        return None
    if error.connection_invalidated or (state or "").startswith(_GONE):
        return Away("The server broke off.")
    words = str(said).lower()
    if isinstance(error, OperationalError | InterfaceError) and state is None and _not_there(words):
        return Away("The server is not answering.")
    return None


def _not_there(words: str) -> bool:
    """Whether nobody was met at the door: a server that answers and refuses says that it is fatal."""
    return "fatal:" not in words or any(begins in words for begins in _BEGINS_AGAIN)


def _by_state(state: str) -> CasefileError | None:
    if state.startswith(_GONE):
        return Away("The server broke off.")
    if state in ("40001", "40P01"):
        return Crossed("Somebody else wrote the same thing at this moment.")
    return {
        "53100": Unavailable(
            "The disk of the server is full.",
            kept="Nothing half-done was kept. What was saved before is safe.",
            remedy="Tell the people who look after the server; what you type is kept on this computer meanwhile.",
        ),
        "53200": Unavailable(
            "The server has no memory left for this.", remedy="Wait a moment and try again."
        ),
        "53300": Away("The server has as many connections as it takes."),
        "55P03": Unavailable(
            "Somebody else is writing here and has not finished.", remedy="Wait a moment and try again."
        ),
        "57014": Unavailable(
            "The server gave this up: it took longer than it allows.",
            remedy="Ask for less at once, or try again when the server has less to do.",
        ),
        "25006": standby(),
    }.get(state)
