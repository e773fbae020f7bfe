"""What an officer's login may do with each table of the shared store; one rule a table, and no table without one.

Policies, grants and triggers are made from these (``casefile.store.shared.policies``). A right is the value of a
permission (``casefile.work.names.Permission``); the store asks the officer's role for it at every statement.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

KEEPS = ("keep files",)
READS = ("read files",)
ANYBODY = ("own account",)
ADMINISTERS = ("administer",)

Leads = Literal["file", "itself", "entry", "signed", "person", ""]


@dataclass(frozen=True, slots=True)
class Rule:
    """What officers may do with one table.

    Attributes:
        leads: How a row leads to a person: by its ``file_id``, being a file ``itself``, by its ``entry_id``, being
            ``signed`` with an entry under the same identity, being a ``person``; "" leads to nobody.
        reads, adds, changes, removes: Rights of which one is needed; none means that nobody may.
        by: The column that names who wrote the row: it must be the officer who is connected.
        own: The column that names whose row it is: nobody sees or changes another's.
        keeps: Columns that are never changed, in a table whose rows are.
        hides: Columns that no officer reads or changes.
        also: A further condition on a new row, in SQL.
        then: A further condition on a row after a change, in SQL.
        sees: A further condition on what is seen, in SQL.
        blind: When a row of a file that the officer may not see may be added all the same, in SQL.
        locks: Whether a row that is never changed is locked while something is added to it.
        told: Whether a change that no log row tells is told by the store itself.
    """

    leads: Leads = ""
    reads: tuple[str, ...] = READS
    adds: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    by: str = ""
    own: str = ""
    keeps: tuple[str, ...] = ("id", "file_id")
    hides: tuple[str, ...] = ()
    also: str = ""
    then: str = ""
    sees: str = ""
    blind: str = ""
    locks: bool = False
    told: bool = True


_FACT = Rule("file", adds=KEEPS, by="recorded_by")
_IN_SIGHT = "EXISTS (SELECT FROM case_file f WHERE f.id = file_id)"
_CACHE = Rule("file", adds=KEEPS, changes=KEEPS, removes=KEEPS, keeps=(), then=_IN_SIGHT)
_SIGNED = Rule("signed", adds=KEEPS)
_ROW = Rule("entry", adds=KEEPS)
_SUPERVISES = ("sign supervision",)
_FRESH_CAMPAIGN = (
    "EXISTS (SELECT FROM campaign c WHERE c.id = campaign_id AND c.xmin = pg_current_xact_id()::xid)"
)
_ANSWERS = (
    "EXISTS (SELECT FROM case_file f WHERE f.id = file_id AND f.supervisor_id = (SELECT casefile_me()))"
)
_GLASS = (
    "(officer_id = (SELECT casefile_me()) AND (SELECT casefile_may('break glass')) AND trim(glass_reason) <> '' "
    "AND until_at <= (SELECT casefile_now()) + interval '24 hours 5 minutes')"
)
_NAMED = (
    f"((SELECT casefile_may('restrict files')) AND glass_reason IS NULL AND until_at IS NULL AND {_IN_SIGHT})"
)
_HELD = (
    "((from_officer_id = (SELECT casefile_me()) OR (SELECT casefile_may('allocate'))) "
    "AND (SELECT casefile_is_open(file_id)))"
)
_LOOK = "EXISTS (SELECT FROM person_look l WHERE l.id = look_id)"
_BOTH = (
    "((SELECT casefile_reads()) AND one_file_id NOT IN (SELECT casefile_hidden_files()) "
    "AND other_file_id NOT IN (SELECT casefile_hidden_files()))"
)
_MATCH = "EXISTS (SELECT FROM person_match m WHERE m.id = match_id)"
_STAFF = ("keep staff records", "administer")

RULES: Mapping[str, Rule] = {
    "alarm": _CACHE,
    "alarm_acceptance": replace(_FACT, adds=_SUPERVISES),
    "allocation_decision": Rule("file", adds=("allocate",), by="decided_by"),
    "blob": Rule("file", adds=KEEPS),
    "blob_chunk": Rule(
        "file",
        adds=KEEPS,
        also="EXISTS (SELECT FROM blob b WHERE b.file_id = blob_chunk.file_id AND b.sha256 = blob_chunk.sha256 "
        "AND b.xmin = pg_current_xact_id()::xid)",
    ),
    "campaign": Rule(adds=_SUPERVISES, by="begun_by"),
    "campaign_answer": Rule("file", adds=READS, by="answered_by"),
    "campaign_draft": Rule(
        adds=READS,
        changes=READS,
        removes=READS,
        own="officer_id",
        also="(campaign_file_id IS NULL OR EXISTS (SELECT FROM campaign_file f WHERE f.id = campaign_file_id))",
    ),
    "campaign_end": Rule(adds=_SUPERVISES, by="ended_by"),
    "campaign_file": Rule("file", adds=_SUPERVISES, also=_FRESH_CAMPAIGN),
    "case_file": Rule("itself", adds=KEEPS, changes=KEEPS, keeps=("id", "reference", "recorded_at")),
    "counter": Rule(
        reads=ANYBODY, adds=ANYBODY, changes=ANYBODY, keeps=("key",), also="last = 1",
        sees="split_part(key, '/', -1) NOT IN (SELECT h::text FROM casefile_hidden_files() h)",
    ),
    "diary_feed": Rule(
        reads=ANYBODY, adds=("disclose",), changes=ANYBODY, removes=ANYBODY, own="officer_id", told=False
    ),
    "draft": Rule(
        "file", adds=KEEPS, changes=KEEPS, removes=KEEPS, by="officer_id", then=_IN_SIGHT,
        sees="((SELECT casefile_may('keep files')) AND (record <> 'supervision' OR officer_id = (SELECT casefile_me())))",
    ),
    "entry": Rule("file", adds=KEEPS, by="author_id"),
    "entry_person": _ROW,
    "entry_thread": Rule("file", adds=KEEPS, changes=KEEPS, keeps=("id", "file_id", "section")),
    "file_weight": _CACHE,
    "handover": Rule(adds=KEEPS, by="begun_by", locks=True),
    "handover_draft": replace(_CACHE, keeps=("id", "file_id")),
    "handover_file": Rule("file", adds=KEEPS, blind=_HELD),
    "handover_mark": Rule(adds=KEEPS, by="recorded_by"),
    "handover_word": replace(_FACT, blind="what = 'withdrawn'"),
    "kept_filter": Rule(
        reads=READS, adds=READS, changes=READS, removes=READS, own="officer_id", keeps=("officer_id", "room", "name"),
        told=False,
    ),
    "match_decision": Rule(adds=KEEPS, by="recorded_by", sees=_MATCH, also=_MATCH),
    "officer": Rule(
        reads=ANYBODY,
        adds=ADMINISTERS,
        changes=ADMINISTERS,
        keeps=("id", "name", "sign_in_name", "created_at"),
        hides=("password_hash", "failed", "locked_until"),
    ),
    "officer_absence": Rule(
        reads=ANYBODY,
        adds=ANYBODY,
        by="recorded_by",
        also="(officer_id = (SELECT casefile_me()) OR (SELECT casefile_may('allocate')) "
        "OR (SELECT casefile_may('administer')) OR (SELECT casefile_brings_in()))",
    ),
    "person": Rule(
        "person", adds=KEEPS, changes=KEEPS, by="recorded_by", keeps=("id", "recorded_at", "recorded_by")
    ),
    "person_called": Rule(adds=KEEPS, removes=KEEPS, keeps=(), sees=_LOOK, also=_LOOK, told=False),
    "person_key": Rule(adds=KEEPS, removes=KEEPS, keeps=(), sees=_LOOK, also=_LOOK, told=False),
    "person_look": replace(_CACHE, changes=(), then="", told=False),
    "person_match": Rule(
        adds=KEEPS, changes=KEEPS, keeps=("id", "kind", "one_file_id", "other_file_id", "trace", "found_at"),
        sees=_BOTH, also=_BOTH,
    ),
    "presence": Rule(
        "file", adds=READS, changes=READS, removes=READS, by="officer_id", keeps=("id", "officer_id"), then=_IN_SIGHT,
        told=False,
    ),
    "reader": Rule(
        adds=("break glass", "restrict files"),
        changes=("restrict files",),
        by="recorded_by",
        keeps=("id", "file_id", "officer_id", "from_at", "glass_reason", "recorded_by"),
        also=f"({_GLASS} OR {_NAMED} OR (SELECT casefile_brings_in()) AND {_IN_SIGHT})",
        then="until_at <= (SELECT casefile_now()) + interval '5 minutes'",
        sees=f"(officer_id = (SELECT casefile_me()) OR {_IN_SIGHT})",
    ),
    "remark": _FACT,
    "restricted_file": Rule("file", adds=("restrict files",), removes=("restrict files",)),
    "restricted_mark": replace(_FACT, adds=_SUPERVISES, sees=_ANSWERS, also=_ANSWERS),
    "restricted_match": Rule(sees="false", told=False),
    "restriction": replace(_FACT, adds=("restrict files",)),
    "section_closure": replace(_SIGNED, adds=_SUPERVISES),
    "section_supervision": replace(_SIGNED, adds=_SUPERVISES),
    "source_ref": Rule("file", adds=KEEPS, changes=KEEPS, keeps=("scheme", "key", "file_id")),
    "staff_accreditation": Rule(adds=("keep staff records",), by="recorded_by"),
    "staff_conflict": Rule(
        adds=READS,
        by="recorded_by",
        also="(officer_id = (SELECT casefile_me()) OR (SELECT casefile_may('keep staff records'))) "
        f"AND (file_id IS NULL OR {_IN_SIGHT})",
        sees="(file_id IS NULL OR (SELECT casefile_reads()) AND file_id NOT IN (SELECT casefile_hidden_files()))",
    ),
    "staff_terms": Rule(reads=ANYBODY, adds=_STAFF, by="recorded_by"),
    "store_fact": Rule(reads=ANYBODY, told=False),
    "strength_adoption": Rule(reads=ANYBODY, adds=("sign inspector’s review",), by="adopted_by"),
    "strength_scenario": Rule(
        reads=ANYBODY, adds=("allocate",), changes=("allocate",), removes=("allocate",), keeps=("id",)
    ),
    "task": _CACHE,
    "task_event": replace(
        _FACT,
        also="(what <> 'waived' OR (SELECT casefile_may('waive task')) OR (SELECT casefile_brings_in()))",
    ),
    "word_row": replace(_CACHE, then="", told=False),
    "written": Rule(reads=("administer",), told=False),
}  # fmt: skip
"""Tables that are not told from their columns; every other is a dated fact of a file or is signed with an entry."""

LOG = ("log_head", "log_row", "log_subject")
"""Tables of the log: read with the right to, and written by functions only."""


class NoRuleError(LookupError):
    """A table that nobody has said a rule for: it is given to nobody, and the set-up stops."""


def rule_of(table: str, columns: Collection[str]) -> Rule:
    """The rule of a table by its name, or by the shape that facts, sections and rows of entries share.

    Raises:
        NoRuleError: Neither says who may see it.
    """
    if table in RULES:
        return RULES[table]
    if table.startswith("section_"):
        return _SIGNED
    if table.startswith("row_") and "entry_id" in columns:
        return _ROW
    if {"file_id", "recorded_by"} <= set(columns):
        return _FACT
    raise NoRuleError(f"No rule says who may see the table {table} (casefile/store/shared/rules.py).")
