"""Which agency somebody is from, by how minutes describe them."""

from __future__ import annotations

import re

RANK = (
    r"(?:DC|DS|DI|DCI|DSU|PC|PS|PCSO|TDC|T/DC|A/DS|Det\.?\s+(?:Con(?:stable)?|Sgt|Sergeant|Insp(?:ector)?)\.?"
    r"|Detective\s+\w+|Police\s+Constable|Sergeant|Inspector|Superintendent)"
)
"""Ranks as minutes write them before a name."""
_POLICE_NAME = re.compile(rf"^{RANK}\b")
_PROFESSIONS = (
    ("midwifery", r"midwi"),
    ("health_visiting", r"health\s+visit|school\s+nurs|family\s+nurse"),
    ("mental_health", r"\bCAMHS\b|mental\s+health|psychiatr|\bCPN\b"),
    ("substance", r"drugs?\b.*alcohol|alcohol|substance|addiction"),
    ("ambulance", r"ambulance|paramedic"),
    ("adult_social_care", r"adult\s+social|adult\s+services|adults?\s+safeguarding"),
    ("youth_justice", r"youth\s+(?:offending|justice)|\bYO[TS]\b"),
    ("probation", r"probation"),
    ("cafcass", r"cafcass"),
    ("domestic_abuse", r"domestic\s+(?:abuse|violence)|\bID[VS]A\b|women[’']?s\s+(?:aid|refuge)"),
    ("la_legal", r"legal\s+(?:services|department|advis[oe]r)|local\s+authority\s+solicitor"),
    ("cps", r"crown\s+prosecution|\bCPS\b"),
)
_ORGANISATIONS = (
    ("other_force", r"another\s+force|home\s+force"),
    (
        "police",
        r"police|constabulary|child\s+abuse\s+investigation|\bCAIT\b|public\s+protection\s+unit|detective",
    ),
    ("early_years", r"early\s+(?:years|help)|children[’']?s\s+centre|family\s+hub"),
    ("education", r"school|nursery|academy|college|education|head\s*teacher|teacher|\bSENCO\b|\bDSL\b"),
    ("hospital", r"hospital|\bward\b|acute\s+trust|emergency\s+department"),
    ("gp", r"\bGP\b|general\s+practi|surgery|medical\s+(?:centre|practice)"),
    ("paediatrics", r"paediatric|community\s+child\s+health|named\s+doctor"),
    (
        "safeguarding_board",
        r"safeguarding\s+(?:children\s+)?(?:board|partnership)|\bLSC[BP]\b",
    ),
    (
        "social_care",
        (
            r"social\s+(?:care|work|services)|children[’']?s\s+services|independent\s+(?:reviewing|chair)|\bIRO\b"
            r"|conference\s+chair|safeguarding\s+unit|family\s+support\s+work|\bCSC\b"
        ),
    ),
    ("housing", r"housing|homes\b"),
    ("fire", r"fire\s+(?:and\s+rescue|service|brigade)"),
    ("prison", r"prison|\bHMP\b"),
    ("immigration", r"immigration|home\s+office"),
    ("court", r"\bcourt\b"),
    ("voluntary", r"\bNSPCC\b|barnardo|home-?start|voluntary|charity|advoca(?:te|cy)"),
    ("health", r"\bNHS\b|health|nurse|doctor|\bICB\b|\bCCG\b"),
    (
        "family",
        (
            r"\b(?:step|grand|great-?)?-?(?:mother|father|parents?|mum|dad|aunt|uncle|sister|brother|partner|carer|"
            r"guardian|child|young\s+person|family)\b"
        ),
    ),
)
_KNOWN = tuple(
    (code, re.compile(pattern, re.IGNORECASE)) for code, pattern in (*_PROFESSIONS, *_ORGANISATIONS)
)
_OWN = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _PROFESSIONS)


def agency_of(name: str, role: str = "", organisation: str = "") -> str:
    """Code of the list ``agency``; "" when the words do not tell.

    A profession tells more than the house it works in: a midwife of a hospital is midwifery.
    """
    for code, pattern in _OWN:
        if pattern.search(role) or pattern.search(organisation):
            return code
    for words in (organisation, role):
        for code, pattern in _KNOWN:
            if pattern.search(words):
                return code
    return "police" if _POLICE_NAME.match(name) else ""
