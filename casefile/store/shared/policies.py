"""Grants, row security and triggers of the shared store, made from the rules and from the tables as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casefile.store.shared.rules import LOG, Rule, rule_of

GROUP = "casefile_officer"
OWNER, LOG_OWNER = "casefile_owner", "casefile_log"
_LOG_ROW = "(SELECT casefile_may('read log')) OR EXISTS (SELECT FROM log_subject s WHERE s.seq = log_row.seq)"
_LOG_SUBJECT = (
    "(SELECT casefile_may('read log')) OR "
    "((SELECT casefile_reads()) AND EXISTS (SELECT FROM case_file f WHERE f.id = log_subject.subject))"
)
_LOG_POLICIES: Mapping[str, str] = {
    "log_row": _LOG_ROW,
    "log_subject": _LOG_SUBJECT,
    "log_head": "(SELECT casefile_may('own account'))",
}
_VERBS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as the catalogue says it is.

    Attributes:
        columns: Its columns in order, with the name of each one's type.
        indexed: Columns that an index holds: the planner needs their statistics.
    """

    name: str
    columns: Mapping[str, str]
    indexed: frozenset[str]
    immutable: bool

    @property
    def rule(self) -> Rule:
        """What officers may do with it."""
        return rule_of(self.name, self.columns)


def statements(shape: Shape) -> Iterator[str]:
    """Everything that stands on one table of the record."""
    table, rule = shape.name, shape.rule
    yield f"ALTER TABLE {table} OWNER TO {OWNER}"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"REVOKE ALL ON {table} FROM PUBLIC, {GROUP}"
    readable = _listed(one for one in shape.columns if one not in rule.hides)
    yield (
        f"GRANT SELECT ({readable}) ON {table} TO {GROUP}"
        if rule.hides
        else (f"GRANT SELECT ON {table} TO {GROUP}")
    )
    yield from _policy(table, "SELECT", using=seen(table, rule))
    if rule.adds:
        yield f"GRANT INSERT ON {table} TO {GROUP}"
        yield from _policy(table, "INSERT", check=added(table, rule))
    changed = (
        []
        if shape.immutable
        else [one for one in shape.columns if one not in rule.keeps and one not in rule.hides]
    )
    if rule.changes:
        yield f"GRANT UPDATE ({_listed(changed)}) ON {table} TO {GROUP}"
        holds = _all(seen(table, rule), any_of(rule.changes), _own(rule))
        yield from _policy(table, "UPDATE", using=holds, check=_all(holds, rule.then))
    elif rule.locks:
        # PostgreSQL asks for this right of whoever locks a row; the guard refuses the change itself.
        yield f"GRANT UPDATE ({_listed([next(iter(shape.columns))])}) ON {table} TO {GROUP}"
        yield from _policy(table, "UPDATE", using=_all(seen(table, rule), any_of(rule.adds)))
    if rule.removes:
        yield f"GRANT DELETE ON {table} TO {GROUP}"
        yield from _policy(table, "DELETE", using=_all(seen(table, rule), any_of(rule.removes), _own(rule)))
    yield from _counted(shape)
    yield from _unguessed(shape)


def log_statements(table: str) -> Iterator[str]:
    """What stands on a table of the log: officers read it, and nobody but its own functions writes it."""
    yield f"ALTER TABLE {table} OWNER TO {LOG_OWNER}"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"REVOKE ALL ON {table} FROM PUBLIC, {GROUP}"
    yield f"GRANT SELECT ON {table} TO {GROUP}, {OWNER}"
    yield from _policy(table, "SELECT", using=_LOG_POLICIES[table])


def seen(table: str, rule: Rule) -> str:
    """When an officer sees a row."""
    reads = "(SELECT casefile_reads())"
    match rule.leads:
        case "file":
            leads = f"{reads} AND {table}.file_id NOT IN (SELECT casefile_hidden_files())"
        case "itself":
            leads = f"{reads} AND {table}.id NOT IN (SELECT casefile_hidden_files())"
        case "entry":
            leads = f"EXISTS (SELECT FROM entry e WHERE e.id = {table}.entry_id)"
        case "signed":
            leads = f"EXISTS (SELECT FROM entry e WHERE e.id = {table}.id)"
        case "person":
            leads = (
                f"{reads} AND (EXISTS (SELECT FROM involvement i WHERE i.person_id = {table}.id) OR "
                f"({table}.recorded_by = (SELECT casefile_me()) AND casefile_stands_nowhere({table}.id)))"
            )
        case _:
            leads = any_of(rule.reads)
    return _all(leads, rule.sees, _own(rule))


def added(table: str, rule: Rule) -> str:
    """When an officer may add a row: with the right, to what they see, in their own name."""
    brings_in = "(SELECT casefile_brings_in())"
    match rule.leads:
        case "file" if "casefile_may('break glass')" not in rule.also:
            stands = f"EXISTS (SELECT FROM case_file f WHERE f.id = {table}.file_id)"
            stands = f"{stands} OR {rule.blind}" if rule.blind else stands
        case "entry":
            stands = _fresh(f"{table}.entry_id")
        case "signed":
            stands = _fresh(f"{table}.id")
        case _:
            stands = ""
    name = f"({table}.{rule.by} = (SELECT casefile_me()) OR {brings_in})" if rule.by else ""
    return _all(f"{any_of(rule.adds)} OR {brings_in}", stands, name, rule.also, _own(rule))


def any_of(rights: Sequence[str]) -> str:
    """That the officer's role has one of some rights."""
    return " OR ".join(f"(SELECT casefile_may('{one}'))" for one in rights)


def _fresh(entry: str) -> str:
    """A row is signed with its entry, in one transaction, and never joins one that stands already."""
    return f"EXISTS (SELECT FROM entry e WHERE e.id = {entry} AND e.xmin = pg_current_xact_id()::xid)"


def _own(rule: Rule) -> str:
    return f"{rule.own} = (SELECT casefile_me())" if rule.own else ""


def _all(*conditions: str) -> str:
    return " AND ".join(f"({one})" for one in conditions if one)


def _policy(table: str, verb: str, *, using: str = "", check: str = "") -> Iterator[str]:
    name = f"officers_{verb.lower()}"
    yield f"DROP POLICY IF EXISTS {name} ON {table}"
    says = (f" USING ({using})" if using else "") + (f" WITH CHECK ({check})" if check else "")
    yield f"CREATE POLICY {name} ON {table} FOR {verb} TO {GROUP}{says}"


def _counted(shape: Shape) -> Iterator[str]:
    """Triggers that count what each statement changed."""
    if not shape.rule.told:
        return
    file = "id" if shape.rule.leads == "itself" else "file_id" if "file_id" in shape.columns else ""
    for verb, rows in _VERBS.items():
        if shape.immutable and verb != "INSERT":
            continue
        yield (
            f"CREATE OR REPLACE TRIGGER told_{shape.name}_{verb.lower()} AFTER {verb} ON {shape.name} "
            f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT "
            f"EXECUTE FUNCTION casefile_count_change('{file}')"
        )


def _unguessed(shape: Shape) -> Iterator[str]:
    """No statistics of what people are called or of what is said of them: a plan's estimate would tell of hidden rows."""
    if not shape.rule.leads:
        return
    for column, kind in shape.columns.items():
        if kind in ("text", "jsonb") and column not in shape.indexed:
            yield f"ALTER TABLE {shape.name} ALTER COLUMN {_listed([column])} SET STATISTICS 0"


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{one}"' for one in columns)


def is_log(table: str) -> bool:
    """Whether a table belongs to the log."""
    return table in LOG
