"""What counts without being named: the tables once more, as views that show of a hidden file only what a number needs.

A sergeant's workload holds restricted files that they may not open: how many, who holds them, how heavy they are. The
views belong to the owner of the record, so they see past row security; what they say of a hidden file is in
``MASKED`` and no more. Every other table shows through its view what the officer sees anyway, so that a query can be
run on one schema or the other without being written twice (``casefile.access.visibility.unlimited``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from casefile.store.shared.policies import GROUP, OWNER, Shape

SCHEMA = "counted"
"""The schema that the views stand in."""
MASKED: Mapping[str, frozenset[str]] = {
    "case_file": frozenset(
        {
            "id", "opened_on", "recorded_at", "restricted", "state", "risk_level", "officer_id", "researcher_id",
            "supervisor_id",
        }
    ),
    "file_weight": frozenset({"file_id", "position", "weight", "number", "from_on", "until_on"}),
    "allocation": frozenset(
        {
            "id", "file_id", "role", "officer_id", "from_on", "until_on", "known_on", "recorded_at", "recorded_by",
            "replaces_id", "withdrawn", "verified",
        }
    ),
    "handover_file": frozenset({"id", "handover_id", "file_id", "role", "from_officer_id", "origin_id"}),
    "handover_word": frozenset(
        {
            "id", "handover_file_id", "file_id", "number", "what", "happened_on", "recorded_at", "recorded_by",
            "receiver_id", "interim_id", "approved_by", "until_on",
        }
    ),
    "restricted_file": frozenset({"file_id"}),
}  # fmt: skip
"""By table, the columns whose values show of a file that the officer may not see; of every other column nothing does."""
WHETHER = frozenset({("case_file", "plan_category")})
"""Columns of which it shows whether they say anything, and not what."""
_NOTHING = {"text": "''", "jsonb": "'{}'::jsonb", "boolean": "false"}


def views(shapes: Iterable[Shape]) -> Iterator[str]:
    """The statements that make the views anew."""
    yield f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"
    yield f"CREATE SCHEMA {SCHEMA} AUTHORIZATION {OWNER}"
    yield f"REVOKE ALL ON SCHEMA {SCHEMA} FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {GROUP}"
    for shape in shapes:
        name = f"{SCHEMA}.{shape.name}"
        yield _view(shape, name)
        yield f"ALTER VIEW {name} OWNER TO {OWNER}"
        yield f"GRANT SELECT ON {name} TO {GROUP}"


def _view(shape: Shape, name: str) -> str:
    whole = f"public.{shape.name} r"
    if shape.name in MASKED:
        barrier, columns, shown = "security_barrier", _masked(shape), " WHERE (SELECT casefile_reads())"
    else:
        kept = (one for one in shape.columns if one not in shape.rule.hides)
        barrier, columns, shown = "security_invoker", ", ".join(f'"{one}"' for one in kept), ""
    return f"CREATE VIEW {name} WITH ({barrier}) AS SELECT {columns} FROM {whole}{shown}"  # noqa: S608 (our own names)


def _masked(shape: Shape) -> str:
    file = "id" if shape.name == "case_file" else "file_id"
    hidden = f"r.{file} IN (SELECT casefile_hidden_files())"

    def shown(column: str, kind: str) -> str:
        if column in MASKED[shape.name]:
            return f'r."{column}"'
        nothing = _NOTHING.get(kind, "NULL")
        if (shape.name, column) in WHETHER:
            nothing = f'CASE WHEN r."{column}" IS NULL THEN NULL ELSE {nothing} END'
        return f'CASE WHEN {hidden} THEN {nothing} ELSE r."{column}" END AS "{column}"'

    return ", ".join(shown(column, kind) for column, kind in shape.columns.items())
