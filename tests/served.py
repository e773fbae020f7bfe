"""A real PostgreSQL with TLS and SCRAM on a loopback port, and certificates of an authority of its own.

It stands beside ``tests/postgres.py``, whose server listens on a socket and trusts whoever comes.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from psycopg import sql
from psycopg.conninfo import make_conninfo

from casefile.desk import real_clock
from casefile.opening.setup import Choices, Prepared, prepare
from casefile.store.shared.address import parse
from tests.postgres import NOBODY, Postgres

OWNER, OWNERS_PASSWORD = "keeper", "nine brass lanterns"
ADMINISTRATOR, PASSWORD = "Boss", "three quiet otters swim"
HOST = "localhost"
DAY = timedelta(days=1)
RULES = """
local all postgres trust
local all all scram-sha-256
hostssl certs all 127.0.0.1/32 cert
hostssl all all 127.0.0.1/32 scram-sha-256
"""
"""Who is let in how; ``certs`` is the database where a certificate is asked for instead of a password."""


@dataclass
class Authority:
    """A certificate authority that lives for one test run.

    Attributes:
        path: The file that a client is given.
    """

    folder: Path
    name: str = "force"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.path = self.folder / f"{self.name}-ca.pem"
        self._called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{self.name} authority")])
        made = self._begun(self._called, self.key, 3650 * DAY).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        self.path.write_bytes(made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def issue(self, file: str, *names: str, lasts: timedelta = 30 * DAY) -> tuple[Path, Path]:
        """A certificate for *names* (the first is also its common name) and its key, as two files."""
        key = ec.generate_private_key(ec.SECP256R1())
        called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
        made = (
            self._begun(called, key, lasts)
            .add_extension(x509.SubjectAlternativeName(list(_alternatives(names))), critical=False)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]),
                critical=False,
            )
        )
        certificate, secret = self.folder / f"{file}.crt", self.folder / f"{file}.key"
        certificate.write_bytes(made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        secret.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        secret.chmod(0o600)
        return certificate, secret

    def _begun(
        self, called: x509.Name, key: ec.EllipticCurvePrivateKey, lasts: timedelta
    ) -> x509.CertificateBuilder:
        now = real_clock()
        return (
            x509.CertificateBuilder()
            .subject_name(called)
            .issuer_name(self._called)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 60 * DAY)
            .not_valid_after(now + lasts)
        )


def _alternatives(names: Iterable[str]) -> Iterable[x509.GeneralName]:
    for name in names:
        try:
            yield x509.IPAddress(ipaddress.ip_address(name))
        except ValueError:
            yield x509.DNSName(name)


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Served(Postgres):
    """A server as a force has it: TLS with a certificate, SCRAM, durable.

    Attributes:
        authority: Who issued its certificate.
        port: Where it listens on the loopback.
    """

    def __init__(self, programs: Path | None = None, *, encrypts: bool = True, **settings: str) -> None:
        """A server with these settings beside its own; without TLS where its programs were built without."""
        super().__init__(programs)
        self._given = None
        self.encrypts = encrypts
        self.port = free_port()
        self.settings = settings

    def _configuration(self, folder: Path) -> dict[str, str]:
        self.authority = Authority(folder / "certificates")
        certificate, key = self.authority.issue("server", HOST)
        self.install(folder, certificate, key)
        return {
            **super()._configuration(folder),
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "log_error_verbosity": "terse",
            "log_connections": "on",
            **self.settings,
        }

    def start(self) -> None:
        """Start it; then its rules of who is let in, and its own administrator, who is no superuser."""
        super().start()
        assert self._folder is not None
        self.dsn = make_conninfo(self.dsn, port=self.port)
        self._rules(RULES)
        with self.superuser() as connection:
            if self.encrypts:
                for name, value in (("cert", "server.crt"), ("key", "server.key"), ("ca", "ca.crt")):
                    file = sql.Literal(str(self._folder / value))
                    connection.execute(
                        sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(f"ssl_{name}_file"), file)
                    )
                connection.execute("ALTER SYSTEM SET ssl = on")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEROLE CREATEDB PASSWORD {}").format(
                    sql.Identifier(OWNER), sql.Literal(OWNERS_PASSWORD)
                )
            )

    def superuser(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """A connection that may do everything, over the socket."""
        return psycopg.connect(self.dsn_of(database), autocommit=True)

    def forget(self, *names: str) -> None:
        """Drop the roles of officers whom another test left on this server."""
        with self.superuser() as connection:
            for name in names:
                connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(name.casefold())))

    def install(self, folder: Path, certificate: Path, key: Path) -> None:
        """Give the server a certificate; it takes it with the next reload."""
        for source, name in (
            (certificate, "server.crt"),
            (key, "server.key"),
            (self.authority.path, "ca.crt"),
        ):
            target = folder / name
            target.unlink(missing_ok=True)
            shutil.copy(source, target)
            target.chmod(0o600)
            if os.geteuid() == 0:
                shutil.chown(target, NOBODY)

    def present(self, certificate: tuple[Path, Path]) -> None:
        """From now on the server shows this certificate to whoever connects."""
        assert self._folder is not None
        self.install(self._folder, *certificate)
        with self.superuser() as connection:
            connection.execute("SELECT pg_reload_conf()")

    @contextmanager
    def rules(self, *first: str) -> Iterator[None]:
        """While the block runs, these lines stand before the others that say who is let in."""
        for lines in (first, ()):
            self._rules("\n".join((*lines, RULES)))
            with self.superuser() as connection:
                loaded = connection.execute("SELECT pg_conf_load_time()").fetchone()
                connection.execute("SELECT pg_reload_conf()")
            self.until(lambda loaded=loaded: self._loaded() != loaded)
            if lines:
                try:
                    yield
                except BaseException:
                    self._rules(RULES)
                    raise

    def _rules(self, rules: str) -> None:
        """Whom the server lets in, from the next reload on."""
        assert self._folder is not None
        # A server that was built without TLS takes no rule that speaks of it.
        kept = [line for line in rules.splitlines() if self.encrypts or not line.startswith("hostssl")]
        (self._folder / "data" / "pg_hba.conf").write_text("\n".join((*kept, "")), "ascii")

    def _loaded(self) -> object:
        with self.superuser() as connection:
            return connection.execute("SELECT pg_conf_load_time()").fetchone()

    def until(self, so: Callable[[], object]) -> None:
        """Ask until it is so: the server takes a moment to read its settings anew."""
        for _ in range(200):
            try:
                if so():
                    return
            except Exception:  # noqa: BLE001 (asked again; in the end it says what is wrong)
                continue
        assert so()

    def socket_host(self) -> str:
        """The socket and port as the host of an address."""
        assert self._folder is not None
        return f"{quote(str(self._folder), safe='')}:{self.port}"

    def address(self, database: str, *, host: str = HOST, user: str = "", ca: Path | None = None) -> str:
        """The address of a database, as an officer would give it; over the socket where there is no TLS."""
        who = f"{user}@" if user else ""
        if not self.encrypts:
            return f"postgresql://{who}{self.socket_host()}/{database}"
        return f"postgresql://{who}{host}:{self.port}/{database}?sslrootcert={ca or self.authority.path}"

    def store(
        self,
        database: str = "casefile",
        choices: Choices = Choices(),  # noqa: B008 (frozen)
        administrator: str = ADMINISTRATOR,
    ) -> Prepared:
        """Make a shared store, as the server's administrator does who is no superuser."""
        return prepare(
            parse(self.address(database, user=OWNER), naming=True),
            OWNERS_PASSWORD,
            choices,
            lambda: (administrator, PASSWORD),
        )
