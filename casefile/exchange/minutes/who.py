"""People named in minutes: name, role, agency; and which agency a few words mean."""

from __future__ import annotations

import re

_AGENCIES: tuple[tuple[str, str], ...] = (
    (r"police|\b(?:dc|ds|di|dci|dcs|pc|ps|pclo)\b|\bdet(?:ective)?\b|constab|public protection|child abuse investigation", "police"),
    (r"adult social care|adult services", "adult_social_care"),
    (r"legal|solicitor|barrister", "la_legal"),
    (r"health visit|school nurs|0.19", "health_visiting"),
    (r"midwi|maternity", "midwifery"),
    (r"paediatric", "paediatrics"),
    (r"mental health|camhs|psychiatr|psycholog", "mental_health"),
    (r"drug|alcohol|substance", "substance"),
    (r"domestic (?:abuse|violence)|idva|refuge|women.s aid", "domestic_abuse"),
    (r"ambulance|paramedic", "ambulance"),
    (r"nursery|early years|children.s centre|family hub|childmind", "early_years"),
    (r"school|teacher|education|college|academy|senco|designated safeguarding lead", "education"),
    (r"probation", "probation"),
    (r"youth (?:justice|offending)|\byot\b|\byjs\b", "youth_justice"),
    (r"housing|homes\b|tenancy", "housing"),
    (r"crown prosecution|\bcps\b", "cps"),
    (r"cafcass|children.s guardian", "cafcass"),
    (r"\bgp\b|general pract|surgery|health cent", "gp"),
    (r"hospital|infirmary|consultant|a&e|emergency department", "hospital"),
    (r"health|nhs|nurse|\bicb\b|named doctor", "health"),
    (r"safeguarding (?:board|partnership|unit)", "safeguarding_board"),
    ((r"social (?:work|care)|children.s (?:services|social)|team manager|reviewing officer|independent chair|\biro\b"
     r"|family support"), "social_care"),
    (r"mother|father|parent|grandmother|grandfather|step-?father|step-?mother|family|aunt|uncle|carer", "family"),
    (r"voluntary|charity|barnardo|nspcc|home-?start", "voluntary"),
)  # fmt: skip
"""What the words of minutes call an agency, the more particular before the more general, and its code."""
_DASHES = re.compile(r"\s+[–—-]\s+")
_BRACKETS = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<rest>[^()]+)\)\s*$")
_RANK = re.compile(
    r"^(?:(?:dc|ds|di|dci|pc|ps|pclo|dr|mrs|mr|ms|miss|prof|det con|det sgt|detective (?:constable|sergeant|inspector)"
    r"|team manager)\b\.?\s*)+(?:\d{2,6}\s+)?",
    re.IGNORECASE,
)


def agency_of(*words: str) -> str:
    """Code of the agency that these words name, tried one after another; "" for none."""
    for said in words:
        plain = said.lower().replace("’", "'")
        for pattern, code in _AGENCIES:
            if plain and re.search(pattern, plain):
                return code
    return ""


def split_person(said: str) -> tuple[str, str]:
    """Name and role of one person: ``Name (role)``, ``Name – role`` or ``Name, role``."""
    said = " ".join(said.split()).strip(" .;,•")
    if found := _BRACKETS.match(said):
        return found["name"].strip(), found["rest"].strip()
    parts = _DASHES.split(said, maxsplit=1)
    if len(parts) == 1:
        parts = said.split(",", 1)
    return parts[0].strip(), parts[1].strip() if len(parts) > 1 else ""


def surname(name: str) -> str:
    """The last word of a name without rank and brackets, in small letters: what people are called by in actions."""
    plain = _RANK.sub("", re.split(r"[(,]", name, maxsplit=1)[0].strip()).split()
    return plain[-1].lower().strip(".;:’'") if plain else ""


def looks_like_a_person(said: str) -> bool:
    """Whether a line of an attendance list names a person rather than beginning something else."""
    name, _ = split_person(said)
    words = name.split()
    return 0 < len(words) <= 7 and not name.endswith(".") and all(
        word[0].isupper() or word[0].isdigit() or word.lower() in ("de", "da", "van", "von", "al", "bin", "of")
        for word in words
        if word[0].isalnum()
    )  # fmt: skip
