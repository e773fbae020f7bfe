"""What the shared store tells by itself: triggers that name, at each commit, what was written, to whoever listens.

A notice holds identities only, and of restricted files not even those: ``{"kinds": [...], "files": [...], "unnamed": true,
"from": "..."}``. Whoever hears it asks again through the desk and is shown what they may see. ``from`` is the connection
setting ``casefile.client``, by which a program knows its own writing.
"""

from __future__ import annotations

from collections.abc import Iterator

CHANNEL = "casefile"
KINDS = {
    "alarm": "alarm",
    "alarm_acceptance": "alarm",
    "allocation": "case file",
    "allocation_decision": "case file",
    "campaign": "campaign",
    "campaign_answer": "campaign",
    "campaign_draft": "draft",
    "campaign_end": "campaign",
    "campaign_file": "campaign",
    "case_file": "case file",
    "divider_mark": "case file",
    "document": "document",
    "draft": "draft",
    "entry": "entry",
    "handover": "hand-over",
    "handover_draft": "draft",
    "handover_file": "hand-over",
    "handover_mark": "hand-over",
    "handover_word": "hand-over",
    "involvement": "person",
    "match_decision": "match",
    "officer": "officer",
    "officer_absence": "officer",
    "person": "person",
    "person_birth": "person",
    "person_characteristics": "person",
    "person_contact": "person",
    "person_identifier": "person",
    "person_name": "person",
    "person_residence": "person",
    "person_setting": "person",
    "reader": "restriction",
    "relationship": "person",
    "remark": "entry",
    "restricted_file": "restriction",
    "restriction": "restriction",
    "staff_accreditation": "staff record",
    "staff_conflict": "staff record",
    "staff_terms": "staff record",
    "strength_adoption": "planned strength",
    "strength_scenario": "planned strength",
    "task": "task",
    "task_event": "task",
}
"""Tables whose writing is told, with the kind of record that each holds (``casefile.work.names.Kind``)."""

# 150 files in one notice: 40 characters each, and PostgreSQL carries fewer than 8,000 bytes.
_TELL = """
CREATE OR REPLACE FUNCTION casefile_tell(kind text, touched uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  open_ones uuid[] := ARRAY(SELECT one FROM unnest(touched) AS one
                            WHERE one NOT IN (SELECT file_id FROM restricted_file) ORDER BY one);
  hidden boolean := cardinality(open_ones) < cardinality(touched);
  place integer := 1;
BEGIN
  LOOP
    PERFORM pg_notify('casefile', jsonb_build_object(
      'kinds', jsonb_build_array(kind),
      'files', to_jsonb(open_ones[place : place + 149]),
      'unnamed', hidden,
      'from', current_setting('casefile.client', true))::text);
    place := place + 150;
    EXIT WHEN place > cardinality(open_ones);
  END LOOP;
END $$
"""
_OF = """
CREATE OR REPLACE FUNCTION casefile_tell_{how}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM changed) THEN
    PERFORM casefile_tell(TG_ARGV[0], {files});
  END IF;
  RETURN NULL;
END $$
"""
_FUNCTIONS = {
    "files": "ARRAY(SELECT DISTINCT file_id FROM changed)",
    "case_file": "ARRAY(SELECT id FROM changed)",
    "kind": "ARRAY[]::uuid[]",
}
_PRESENCE = """
CREATE OR REPLACE FUNCTION casefile_tell_presence() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.file_id, OLD.draft_id, OLD.writing) IS NOT DISTINCT FROM (NEW.file_id, NEW.draft_id, NEW.writing)
  THEN
    RETURN NULL;
  END IF;
  PERFORM casefile_tell('presence', ARRAY[COALESCE(NEW.file_id, OLD.file_id)]);
  RETURN NULL;
END $$
"""
_EVENTS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


def statements(columns: dict[str, set[str]]) -> Iterator[str]:
    """The statements that put the triggers up on the tables with these columns; again, and nothing changes."""
    yield _TELL
    for how, files in _FUNCTIONS.items():
        yield _OF.format(how=how, files=files)
    for table, kind in KINDS.items():
        how = "case_file" if table == "case_file" else "files" if "file_id" in columns[table] else "kind"
        for event, side in _EVENTS.items():
            yield (
                f"CREATE OR REPLACE TRIGGER tell_{event.lower()} AFTER {event} ON {table} "
                f"REFERENCING {side} TABLE AS changed FOR EACH STATEMENT "
                f"EXECUTE FUNCTION casefile_tell_{how}('{kind}')"
            )
    yield _PRESENCE
    yield (
        "CREATE OR REPLACE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON presence "
        "FOR EACH ROW EXECUTE FUNCTION casefile_tell_presence()"
    )
