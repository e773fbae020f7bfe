"""Why a server did not let somebody in, in sentences for people.

libpq says in one English line what went wrong, or hands on what the server said. Where that is not enough (which of the
many things is wrong with a certificate), the server is asked once more, without a name and without a password.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass

from casefile.errors import Away, CasefileError, Missing, Refused, Unavailable
from casefile.store.shared.address import CONNECT_SECONDS, Address

NOBODY_IN = "Nobody was signed in and nothing was changed."
WRONG_NAME_OR_PASSWORD = "The name or the password is wrong."  # noqa: S105 (a sentence)
NO_LONGER = "This name may no longer sign in. Ask your administrator."
FORBIDDEN = "42501"
"""What PostgreSQL says when a role has no right."""
_ASK_FOR_TLS = bytes.fromhex("0000000804d2162f")
"""What a client of PostgreSQL sends to begin TLS: length 8, code 80877103."""
_EXPIRED, _NOT_YET, _OTHER_NAME = {10}, {9}, {62, 64}
"""OpenSSL's numbers for what it finds wrong with a certificate."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What a line of libpq means: any of the *parts* is in it."""

    parts: tuple[str, ...]
    error: type[CasefileError]
    sentence: str
    remedy: str


_ASK_IT = "Tell the people who look after the server."
_KNOWN = (
    _Words(
        ("could not translate host name", "name or service not known"),
        Unavailable,
        "There is no server called {server}.",
        "Check the name in the address, and that this computer is on the force's network.",
    ),
    _Words(
        ("connection refused",),
        Away,
        "No server answers at {server}, port {port}.",
        "Check the address and the port; the server may be stopped.",
    ),
    _Words(
        ("no such file or directory", "is the server running locally"),
        Away,
        "No server answers on this computer at {server}.",
        "Check the address; the server may be stopped.",
    ),
    _Words(
        ("timeout expired", "timed out", "no route to host", "network is unreachable"),
        Away,
        "The server {server} does not answer.",
        "Check the network, and the address.",
    ),
    _Words(
        ("server does not support ssl",),
        Unavailable,
        "The server {server} offers no encrypted connection, so nothing was sent to it.",
        "The administrator of the server turns TLS on (see casefile serve-setup).",
    ),
    _Words(
        ("invalid response to ssl negotiation",),
        Unavailable,
        "What answers at {server}, port {port}, is not PostgreSQL.",
        "Check the address and the port.",
    ),
    _Words(
        ("root certificate file", "could not read root certificate"),
        Missing,
        "The certificate authority's file that the address names is not there, or is none.",
        "Get it from the people who look after the server, and choose it again.",
    ),
    _Words(
        ("does not match host name",),
        Unavailable,
        "The certificate of the server is for another name than {server}, so nothing was sent to it.",
        "Use the name that the certificate has; otherwise it may be another server that answers.",
    ),
    _Words(
        ("could not load private key", "could not read certificate", "private key file", "certificate file"),
        Missing,
        "Your own certificate or its key cannot be read.",
        "Check “sslcert” and “sslkey” of the address; the key must be readable by you alone.",
    ),
    _Words(
        ("requires a valid client certificate", "certificate authentication failed", "ssl error: ", "tlsv1"),
        Refused,
        "The server asks for a certificate of your own, and none that it trusts was there.",
        "Ask your administrator for one.",
    ),
    _Words(("password authentication failed", "scram authentication"), Refused, WRONG_NAME_OR_PASSWORD, ""),
    _Words(("is not permitted to log in",), Refused, NO_LONGER, ""),
    _Words(
        ("peer authentication failed", "no matching entry in map"),
        Refused,
        "The account of this computer is not that officer's.",
        "Sign in with a name and a password, or from your own account.",
    ),
    _Words(("role ",), Refused, "The server knows nobody of that name.", "Check the name."),
    _Words(
        ("database ",),
        Missing,
        "There is no database “{database}” on {server}.",
        "Check the end of the address; a new one is made with casefile serve-setup.",
    ),
    _Words(
        ("no pg_hba.conf entry", "pg_hba.conf rejects"),
        Refused,
        "The server does not let this computer in under that name.",
        _ASK_IT,
    ),
    _Words(
        ("authentication method requirement", "did not complete authentication", "channel binding"),
        Refused,
        "The server wants to be signed in to in a way that Casefile does not trust, so nothing was sent to it.",
        f"{_ASK_IT} It must ask for scram-sha-256 over TLS, for a certificate, or for single sign-on.",
    ),
    _Words(
        ("gssapi", "sspi", "kerberos", "credential"),
        Refused,
        "The account of this computer did not sign you in.",
        "Sign in to the computer as yourself, or use your name and password.",
    ),
    _Words(
        ("too many connections", "too many clients", "remaining connection slots", "connection limit"),
        Away,
        "The server has as many connections as it takes.",
        f"Try again in a minute. {_ASK_IT}",
    ),
    _Words(
        ("starting up", "shutting down", "not yet accepting", "recovery"),
        Away,
        "The server is starting or stopping.",
        "Try again in a minute.",
    ),
    _Words(
        ("session is read-only", "hot standby"),
        Away,
        "Only a standby server answers, and it cannot be written to.",
        f"Try again in a minute. {_ASK_IT}",
    ),
)
_THERE = {"role ": "does not exist", "database ": "does not exist"}
"""Words that mean it only beside others."""


def explained(error: Exception, address: Address, *, by_account: bool = False) -> CasefileError:
    """What it means that no connection was made; *by_account*: to somebody who gave no password."""
    said = str(error).lower()
    server, port = address.shown, ", ".join(dict.fromkeys(address.ports))
    if "certificate verify failed" in said:
        return _certificate(address)
    if "permission denied for database" in said:
        return no_officer()
    if by_account and "authentication method requirement" in said:
        return Refused(
            "The server does not know you by the account of this computer.",
            kept=NOBODY_IN,
            remedy="Sign in with your name and password.",
        )
    if "closed the connection unexpectedly" in said and not _speaks_postgres(address):
        return Unavailable(
            f"What answers at {server}, port {port}, is not PostgreSQL.",
            kept=NOBODY_IN,
            remedy="Check the address and the port.",
        )
    for known in _KNOWN:
        if any(part in said and _THERE.get(part, "") in said for part in known.parts):
            sentence = known.sentence.format(server=server, port=port, database=address.database)
            return known.error(sentence, kept=NOBODY_IN, remedy=known.remedy)
    return Unavailable(
        f"The server {server} did not let you in. It said: {_line(error)}", kept=NOBODY_IN, remedy=_ASK_IT
    )


def no_officer() -> Refused:
    """Somebody is let in to the server who is no officer of the store."""
    return Refused(
        "The server knows you, but you are no officer of this store.",
        kept=NOBODY_IN,
        remedy="Ask your administrator.",
    )


def in_session(error: Exception) -> CasefileError | None:
    """What a PostgreSQL server's error in the midst of work means; None when it is none of those known here."""
    state = getattr(error, "sqlstate", None) or ""
    if state == FORBIDDEN:
        return Refused("The server refused this: your role has no right to it.")
    if state.startswith("28") or "is not permitted to log in" in str(error):
        return Refused(NO_LONGER, kept="What was saved before is safe.", remedy="")
    if state == "53300":
        return Unavailable("The server has as many connections as it takes.", remedy="Try again in a minute.")
    lost = (
        type(error).__module__.startswith("psycopg")
        and type(error).__name__ == "OperationalError"
        and not state
    )
    if lost or state.startswith(("57P", "08")):
        return Unavailable(
            "The connection to the server ended.",
            kept="Nothing half-done was kept.",
            remedy="Try again: Casefile connects anew.",
        )
    return None


def _line(error: Exception) -> str:
    """The last thing said, on one line and not without an end."""
    lines = [one.strip() for one in str(error).splitlines() if one.strip()]
    said = lines[-1] if lines else type(error).__name__
    return f"{said.rpartition('FATAL:')[2].strip()[:200].rstrip('.')}."


def _certificate(address: Address) -> CasefileError:
    """Which of the things that can be wrong with a server's certificate it is."""
    number = _fault_number(address)
    server = address.shown
    if number in _EXPIRED:
        sentence = f"The certificate of the server {server} has expired, so nothing was sent to it."
        remedy = "The administrator of the server renews it."
    elif number in _NOT_YET:
        sentence = f"The certificate of the server {server} is not valid yet, so nothing was sent to it."
        remedy = "Check the date of this computer; otherwise tell the people who look after the server."
    elif number in _OTHER_NAME:
        sentence = (
            f"The certificate of the server is for another name than {server}, so nothing was sent to it."
        )
        remedy = "Use the name that the certificate has; otherwise it may be another server that answers."
    else:
        sentence = (
            f"The certificate of the server {server} is not from the certificate authority that this computer was "
            "told to trust, so nothing was sent to it."
        )
        remedy = "Choose the authority's file that the force gave you; otherwise it may be another server that answers."
    return Unavailable(sentence, kept=NOBODY_IN, remedy=remedy)


def look(address: Address) -> None:
    """Ask the servers who they are, without a name and without a password, until one proves it.

    Raises:
        Unavailable: None of them is there, is PostgreSQL, offers TLS and proves who it is.
        Missing: The file of the certificate authority is not there.
    """
    from psycopg import OperationalError

    if address.local or not address.hosts:
        return
    trouble: list[CasefileError] = []
    for place in range(len(address.hosts)):
        try:
            _fault_number(address, place, strict=True)
            return
        except OperationalError as error:
            trouble.append(explained(error, address))
    raise trouble[0]


def _fault_number(address: Address, place: int = 0, *, strict: bool = False) -> int:
    """OpenSSL's number for what is wrong with a server's certificate; 0 when it finds nothing wrong.

    With *strict*, whatever is wrong is raised in the words that libpq has for it.
    """
    from psycopg import OperationalError

    trusted = address.told("", None, "").get("sslrootcert")
    try:
        context = ssl.create_default_context(cafile=None if trusted == "system" else trusted)
    except OSError:
        if strict:
            raise OperationalError("root certificate file") from None
        return 0
    try:
        with (
            _begun(address, place) as plain,
            context.wrap_socket(plain, server_hostname=address.hosts[place]),
        ):
            return 0
    except ssl.SSLCertVerificationError as error:
        if strict:
            raise OperationalError("certificate verify failed") from error
        return error.verify_code
    except OSError as error:
        if strict:
            raise OperationalError(_as_libpq(error)) from error
        return 0


def _as_libpq(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "could not translate host name"
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    if isinstance(error, ssl.SSLError):
        return "invalid response to SSL negotiation"
    if isinstance(error, ConnectionError):
        return str(error)
    return "timeout expired"


def _speaks_postgres(address: Address) -> bool:
    """Whether what answers knows how a client of PostgreSQL begins."""
    try:
        _begun(address, 0).close()
    except ConnectionError as error:
        return "support SSL" in str(error)
    except (OSError, IndexError):
        return False
    return True


def _begun(address: Address, place: int) -> socket.socket:
    """A line to a server on which TLS may begin; OSError when that is not what answers there."""
    named = address.parts.get("hostaddr", "").split(",")
    host = named[place] if place < len(named) and named[place] else address.hosts[place]
    line = socket.create_connection((host, int(address.ports[place])), timeout=CONNECT_SECONDS)
    try:
        line.sendall(_ASK_FOR_TLS)
        answer = line.recv(1)
        if answer == b"N":
            raise ConnectionError("server does not support SSL")
        if answer != b"S":
            raise ConnectionError("invalid response to SSL negotiation")
    except BaseException:
        line.close()
        raise
    return line
