"""What each role allows, written into the shared store, which asks it at every statement."""

from __future__ import annotations

from sqlalchemy import Connection, text

from casefile.access.roles import ROLES
from casefile.store import shared


def keep_rights(connection: Connection) -> None:
    """Write down what each role allows; part of setting a shared store up and of bringing it up to a newer version."""
    shared.keep_rights(
        connection,
        {key: (role.short, sorted(one.value for one in role.permissions)) for key, role in ROLES.items()},
    )


def rights_agree(connection: Connection) -> bool:
    """Whether the shared store allows each role what this program says it allows; asked when it is opened."""
    held = {(role, right) for role, right in connection.execute(text("SELECT * FROM casefile_rights()"))}
    return held == {(key, one.value) for key, role in ROLES.items() for one in role.permissions}
