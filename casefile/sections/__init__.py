"""One module per divider of the model file; ``SECTIONS`` is all of them in the order of the dividers."""

from __future__ import annotations

from casefile.sections.assessment import Assessment
from casefile.sections.base import Section
from casefile.sections.closure import Closure, SocialCareClosure
from casefile.sections.conference import Conference
from casefile.sections.core_group import CoreGroup
from casefile.sections.minutes import Minutes
from casefile.sections.plan import Plan
from casefile.sections.referral import Referral
from casefile.sections.section47 import Section47
from casefile.sections.strategy import StrategyDiscussion

_ALL: tuple[type[Section], ...] = (
    Referral,
    StrategyDiscussion,
    Section47,
    Assessment,
    Conference,
    Minutes,
    CoreGroup,
    Plan,
    SocialCareClosure,
    Closure,
)

SECTIONS: dict[str, type[Section]] = {section.key: section for section in _ALL}
"""Every kind of entry, by its key."""
