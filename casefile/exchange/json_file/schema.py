"""The JSON Schema of the format, drawn from the descriptions of sections and facts.

``python -m casefile.exchange.json_file.schema`` writes ``resources/schema/casefile-1.schema.json``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from casefile.exchange.json_file.shape import FORMAT, CaseFileIn
from casefile.record.described import FieldKind, FieldSpec, GroupSpec
from casefile.record.people import Allocation
from casefile.record.persons import FACT_KEYS, describe_fact
from casefile.sections import SECTIONS
from casefile.sections.base import Section, describe
from casefile.sections.keep import COMMON
from casefile.standards import Library, library

PLACE = Path(__file__).resolve().parents[3] / "resources" / "schema" / "casefile-1.schema.json"

EXAMPLE: dict[str, Any] = {
    "format": FORMAT,
    "reference": "F-2026-00417",
    "opened_on": "2026-03-02",
    "people": [
        {
            "key": "child",
            "facts": {
                "name": [
                    {
                        "says": {
                            "kind": "legal",
                            "given": "Rowan",
                            "family": "Ashdown",
                            "known_on": "2026-03-02",
                        }
                    }
                ],
                "birth": [{"says": {"born_on": "2021-06-14", "known_on": "2026-03-02"}}],
                "involvement": [{"says": {"role": "subject", "known_on": "2026-03-02"}}],
            },
        },
        {
            "key": "mother",
            "facts": {
                "name": [{"says": {"kind": "legal", "given": "Tamsin", "family": "Ashdown"}}],
                "involvement": [{"says": {"role": "mother", "parental_responsibility": True}}],
                "relationship": [{"says": {"kind": "mother", "to_person_id": "child"}}],
            },
        },
    ],
    "entries": [
        {
            "key": "first conference",
            "section": "conference",
            "versions": [
                {
                    "happened_on": "2026-03-20",
                    "known_on": "2026-03-20",
                    "concerns": ["child"],
                    "says": {
                        "kind": "initial",
                        "outcome": "plan",
                        "category": "NEG",
                        "attendees": [{"name": "DC Lovell", "agency": "police", "attendance": "attended"}],
                    },
                }
            ],
        }
    ],
}
"""A file that imports: the smallest that says something. The tests import it."""

_WRITING = (
    "To write one by hand: keys are any text used once in the file (a UUID is kept); whatever has none gets one from its "
    "content, so the same file read twice adds nothing twice. Days are YYYY-MM-DD, from 1890 to 2100; moments carry their "
    "time zone. happened_on is when it happened, known_on when police knew: a replayed day uses only what was known by then. "
    "A day that cannot be, or a needed value that the source does not give, is left out and stands under doubts by its key, "
    'as {"stated": "29 February 2009", "why": "There is no such day."}; in a row of a group by group.number.key, from 0. '
    "Officers go by the name they sign in with; one whom the store does not know must stand under officers. From its second "
    "version on an entry gives the reason. Documents are base64. The whole file comes in, or nothing, and each fault is "
    "told with its place. The example at the end imports."
)
"""How to write a file, for whoever reads only the schema."""

_KINDS: dict[FieldKind, dict[str, Any]] = {
    FieldKind.LINE: {"type": "string"},
    FieldKind.PROSE: {"type": "string"},
    FieldKind.DATE: {"type": "string", "format": "date"},
    FieldKind.TIME: {"type": "string", "description": "Local time of day, HH:MM."},
    FieldKind.MOMENT: {"type": "string", "format": "date-time"},
    FieldKind.NUMBER: {"type": "integer"},
    FieldKind.YES_NO: {"type": "boolean"},
    FieldKind.PERSON: {"type": "string", "description": "Key of a person of this file."},
    FieldKind.PEOPLE: {
        "type": "array",
        "items": {"type": "string", "description": "Key of a person of this file."},
    },
    FieldKind.OFFICER: {"type": "string", "description": "Sign-in name of an officer."},
    FieldKind.DOCUMENT: {"type": "string", "description": "Key of a document of this file."},
    FieldKind.ENTRY: {"type": "string", "description": "Key of another entry of this file."},
}


def build(standards: Library) -> dict[str, Any]:
    """The schema as plain data, with every section, fact and code list."""
    schema = CaseFileIn.model_json_schema()
    defs = schema["$defs"]
    for key, section in SECTIONS.items():
        described = describe(section)
        own = tuple(one for one in described.fields if one.key not in COMMON)
        day = f"The day under happened_on is: {section.happened_label.lower()}."
        about = f"{described.about} {day} {_together(section)}".strip()
        defs[f"section_{key}"] = _object(described.title, about, own, described.groups)
    for key, cls in {**FACT_KEYS, "allocation": Allocation}.items():
        described = describe_fact(cls)
        defs[f"fact_{key}"] = _object(described.title, described.about, described.fields, ())
    for key in sorted(_lists()):
        codes = standards.codes(key).codes
        defs[f"codes_{key}"] = {"anyOf": [{"const": one.code, "title": one.label} for one in codes]}
    dated: dict[str, Any] = {"required": ["happened_on"]}
    doubted = {"required": ["doubts"], "properties": {"doubts": {"required": ["happened_on"]}}}
    defs["VersionIn"]["anyOf"] = [dated, doubted]
    defs["EntryIn"]["properties"]["section"]["enum"] = list(SECTIONS)
    defs["EntryIn"]["allOf"] = [_when_section(key) for key in SECTIONS]
    defs["DividerMarkIn"]["properties"]["divider"]["enum"] = [one.key for one in standards.dividers]
    facts = defs["PersonIn"]["properties"]["facts"]
    facts.pop("additionalProperties")
    facts |= {
        "additionalProperties": False,
        "required": ["involvement"],
        "properties": {key: {"type": "array", "items": _fact(key)} for key in FACT_KEYS},
    }
    schema["properties"]["allocations"]["items"] = _fact("allocation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A case file, format casefile/1",
        **{key: value for key, value in schema.items() if key != "title"},
        "description": f"{schema['description']} {_WRITING}",
        "examples": [EXAMPLE],
    }


def text(standards: Library) -> str:
    """The schema as it stands in ``resources/schema``."""
    return json.dumps(build(standards), ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def _lists() -> set[str]:
    """Every code list that a field of the format draws from."""
    descriptions = [describe(one) for one in SECTIONS.values()]
    descriptions += [describe_fact(one) for one in (*FACT_KEYS.values(), Allocation)]
    fields = [one for each in descriptions for one in each.fields]
    fields += [one for each in descriptions for group in each.groups for one in group.fields]
    return {one.codes for one in fields if one.codes}


def _when_section(key: str) -> dict[str, Any]:
    described = describe(SECTIONS[key])
    version: dict[str, Any] = {"properties": {"says": {"$ref": f"#/$defs/section_{key}"}}}
    needed = [one.key for one in described.fields if one.needed and one.key not in COMMON]
    needed += [one.key for one in described.groups if one.needed]
    if needed:
        version["allOf"] = [_said_or_doubted(one) for one in needed]
    return {
        "if": {"properties": {"section": {"const": key}}},
        "then": {"properties": {"versions": {"items": version}}},
    }


def _said_or_doubted(key: str) -> dict[str, Any]:
    """A needed value is given, or it stands under doubts why not."""
    return {
        "anyOf": [
            {"required": [part], "properties": {part: {"required": [key]}}} for part in ("says", "doubts")
        ]
    }


def _together(section: type[Section]) -> str:
    """What must stand together in an entry, as the section says it of its check."""
    if "faults" not in vars(section):
        return ""
    return f"Checked: {' '.join((section.faults.__doc__ or '').split())}"


def _fact(key: str) -> dict[str, Any]:
    return {"allOf": [{"$ref": "#/$defs/FactIn"}, {"properties": {"says": {"$ref": f"#/$defs/fact_{key}"}}}]}


def _object(
    title: str, about: str, fields: tuple[FieldSpec, ...], groups: tuple[GroupSpec, ...]
) -> dict[str, Any]:
    properties = {one.key: _field(one) for one in fields}
    for group in groups:
        row = _object(group.label, group.help, group.fields, ())
        properties[group.key] = {"type": "array", "title": group.label, "items": row}
    return {
        "type": "object",
        "title": title,
        "description": about,
        "additionalProperties": False,
        "properties": properties,
    }


def _field(spec: FieldSpec) -> dict[str, Any]:
    notes = [spec.help]
    if spec.needed:
        notes.append("Needed, unless it stands under doubts.")
    if spec.codes:
        listed = {"$ref": f"#/$defs/codes_{spec.codes}"}
        shape = {"type": "array", "items": listed} if spec.kind is FieldKind.CODES else listed
        notes.append(f"Code of the list {spec.codes}.")
    else:
        shape = dict(_KINDS[spec.kind])
        notes.append(str(shape.pop("description", "")))
    return {"title": spec.label, "description": " ".join(one for one in notes if one), **shape}


if __name__ == "__main__":
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    PLACE.write_text(text(library()), "utf-8")
