"""Who may do what: roles and their permissions, declared in this one place.

The permission matrix in the docs and the test of every role against every action are
both generated from here and from the registry of actions.
"""

from __future__ import annotations

from dataclasses import dataclass

from casefile.work.names import Permission


@dataclass(frozen=True, slots=True)
class Role:
    """A role an officer signs in with.

    Attributes:
        key: Short key, as given on a command line.
        title: As shown.
        short: Abbreviation before a name, e.g. ``DS``.
        permissions: What it allows.
    """

    key: str
    title: str
    short: str
    permissions: frozenset[Permission]


_READS = {Permission.OWN_ACCOUNT, Permission.READ_FILES}
_KEEPS = _READS | {Permission.KEEP_FILES, Permission.IMPORT, Permission.DISCLOSE, Permission.BREAK_GLASS}
_SUPERVISES = _KEEPS | {
    Permission.SIGN_SUPERVISION,
    Permission.ALLOCATE,
    Permission.KEEP_STAFF,
    Permission.WAIVE_TASK,
    Permission.RESTRICT_FILES,
    Permission.READ_LOG,
}

_INSPECTS = _SUPERVISES | {Permission.SIGN_INSPECTION}


def _role(key: str, title: str, short: str, permissions: set[Permission]) -> tuple[str, Role]:
    return key, Role(key, title, short, frozenset(permissions))


ROLES: dict[str, Role] = dict(
    (
        _role("researcher", "Researcher", "R", _KEEPS),
        _role("constable", "Detective constable", "DC", _KEEPS),
        _role("pclo", "Police conference liaison officer", "PCLO", _KEEPS),
        _role("referral_sergeant", "Referral desk sergeant", "DS", _SUPERVISES),
        _role("sergeant", "Detective sergeant", "DS", _SUPERVISES),
        _role("inspector", "Detective inspector", "DI", _INSPECTS),
        _role("commander", "Superintendent or commander", "Supt", _INSPECTS),
        _role("quality", "Quality assurance", "QA", _READS | {Permission.READ_LOG, Permission.DISCLOSE}),
        _role(
            "administrator",
            "Administrator",
            "Admin",
            {Permission.OWN_ACCOUNT, Permission.ADMINISTER, Permission.READ_LOG},
        ),
    )
)


def role(key: str) -> Role:
    """The role called *key*; KeyError if there is none."""
    return ROLES[key]
