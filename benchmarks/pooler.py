"""An officer's work through PgBouncer: which of its modes carry it. ``python -m benchmarks.pooler /usr/sbin/pgbouncer``.

Not part of any test: a machine without PgBouncer must be able to run those.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from benchmarks import load
from tests import owners
from tests.postgres import NOBODY, Postgres

_SETTINGS = """
[databases]
* = host={host}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = 6432
auth_type = scram-sha-256
auth_user = postgres
auth_query = SELECT usename, passwd FROM pg_shadow WHERE usename = $1
pool_mode = {mode}
default_pool_size = 2
server_idle_timeout = 60
logfile = {folder}/log
"""
"""Each officer has a pool of their own, by their own role; the pooler holds no password of theirs."""


def main() -> None:
    """Try each mode, and say what came of it."""
    program = sys.argv[1]
    with Postgres() as server, load.force(server, 2, 20) as store:
        for mode in ("session", "transaction", "statement"):
            folder = Path(tempfile.mkdtemp(prefix="casefile-pool-"))
            host = str(conninfo_to_dict(store.dsn)["host"])
            (folder / "pgbouncer.ini").write_text(
                _SETTINGS.format(host=host, folder=folder, mode=mode), "utf-8"
            )
            (folder / "userlist.txt").touch()
            shutil.chown(folder, NOBODY)
            running = subprocess.Popen(
                [program, *(["-u", NOBODY] if os.geteuid() == 0 else []), "-q", str(folder / "pgbouncer.ini")]
            )
            try:
                while not (folder / ".s.PGSQL.6432").exists() and running.poll() is None:
                    time.sleep(0.1)
                through = owners.address_of(make_conninfo(store.dsn, host=str(folder), port=6432))
                done = load.work("desk", through, range(2), 20)
                said = (
                    "; ".join(dict.fromkeys(done.refused))
                    or f"{done.acts} acts, {len(done.signed)} signatures"
                )
                sys.stdout.write(f"pool_mode = {mode}: {said}\n")
            finally:
                running.terminate()
                running.wait()
                shutil.rmtree(folder)


if __name__ == "__main__":
    main()
