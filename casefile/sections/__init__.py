"""One module per divider of the model file; ``SECTIONS`` is all of them in the order of the dividers."""

from __future__ import annotations

from casefile.sections.agency_event import AgencyEvent
from casefile.sections.assessment import Assessment
from casefile.sections.bail import Bail
from casefile.sections.base import Section
from casefile.sections.challenge import Challenge
from casefile.sections.closure import Closure, SocialCareClosure
from casefile.sections.conference import Conference
from casefile.sections.contact import Contact
from casefile.sections.core_group import CoreGroup
from casefile.sections.decision import Decision
from casefile.sections.disclosure import Disclosure
from casefile.sections.household import Household
from casefile.sections.investigation import Investigation
from casefile.sections.legal import Legal
from casefile.sections.medical import Medical
from casefile.sections.minutes import Minutes
from casefile.sections.photographs import Photographs
from casefile.sections.plan import Plan
from casefile.sections.police_protection import PoliceProtection
from casefile.sections.referral import Referral
from casefile.sections.report import ConferenceReport
from casefile.sections.research import Research
from casefile.sections.risk import Risk
from casefile.sections.section47 import Section47
from casefile.sections.strategy import StrategyDiscussion
from casefile.sections.supervision import Supervision

_ALL: tuple[type[Section], ...] = (
    Household,
    Research,
    Referral,
    StrategyDiscussion,
    Section47,
    Assessment,
    Conference,
    ConferenceReport,
    Minutes,
    CoreGroup,
    Plan,
    Risk,
    Medical,
    Photographs,
    Investigation,
    Bail,
    Decision,
    Supervision,
    Challenge,
    PoliceProtection,
    Legal,
    Disclosure,
    AgencyEvent,
    Contact,
    SocialCareClosure,
    Closure,
)

SECTIONS: dict[str, type[Section]] = {section.key: section for section in _ALL}
"""Every kind of entry, by its key."""
