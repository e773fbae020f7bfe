"""A census return as plain data: the header, the children with their episodes, and every doubt.

Dates are calendar dates; codes are those of the lists in ``resources/standards/codes``. A value
that could not be read is None here and stands as stated in a :class:`Doubt`. ``path`` is the place
in the return, from the child down, e.g. ``CINdetails[2]/Section47``;
elements that stand there more than once are counted from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in the return that cannot be taken as it stands.

    Attributes:
        child: The authority's number for the child, ``child 7 of the return`` if it has none, or
            ``the return`` for the header.
        path: Where, from the child (or the return) down to the element.
        stated: The return's own words.
        why: Why it is doubtful, in a sentence.
        done: What was done with it, in a sentence.
        rule: Short key of the check, for counting; the national rule number where there is one.
        place: Which child of the return, from 1; 0 for the header.
    """

    child: str
    path: str
    stated: str
    why: str
    done: str
    rule: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """Who sent the return, for which year, and the day it speaks of.

    Attributes:
        year: The census year as stated: the year in which it ends (2023 is April 2022 to March 2023).
        reference_date: The last day the return speaks of; what it says was so on that day.
        lea: The authority's three-figure number.
        stated_at: When the authority's software wrote it, as stated.
    """

    collection: str = ""
    year: int | None = None
    reference_date: date | None = None
    source_level: str = ""
    lea: str = ""
    software: str = ""
    release: str = ""
    serial: str = ""
    stated_at: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment by social care: initial and core before 2013, a single one since.

    Attributes:
        kind: ``initial``, ``core`` or ``single`` (list ``assessment_type``).
        target_on: The day it was to be finished by, where the return gives one.
        review_on: The manager's review point within it.
        authorised_on: When it was finished and authorised.
        factors: Codes of what was found (list ``assessment_factor``).
    """

    path: str
    kind: str
    started_on: date | None
    target_on: date | None
    review_on: date | None
    authorised_on: date | None
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CinPlan:
    """A plan for a child in need who is not on a child protection plan."""

    path: str
    started_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A section 47 enquiry. It starts with the strategy discussion that decided on it.

    Attributes:
        conference_target: The day by which the initial conference was due, as the authority says.
        conference_on: The day of the initial conference that followed.
        conference_not_required: Whether the authority says that none was needed.
        target_on, ended_on: Older returns: when the enquiry was to end, and ended.
    """

    path: str
    started_on: date | None
    conference_target: date | None
    conference_on: date | None
    conference_not_required: bool | None
    target_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Review:
    """A review conference of a child protection plan."""

    path: str
    held_on: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A child protection plan.

    Attributes:
        first_category, latest_category: Category of abuse at the start and now (list ``abuse_category``).
        previous_plans: How many plans the child had before.
    """

    path: str
    started_on: date | None
    ended_on: date | None
    first_category: str | None
    latest_category: str | None
    previous_plans: int | None
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class Episode:
    """One spell of being in need, from referral to closure (``CINdetails``).

    Attributes:
        no_further_action: Whether the referral led to nothing more.
        conference_on: An initial conference stated for the episode itself, outside any enquiry.
    """

    path: str
    referred_on: date | None
    source: str | None
    no_further_action: bool | None
    primary_need: str | None
    closed_on: date | None
    closure_reason: str | None
    conference_on: date | None
    assessments: tuple[Assessment, ...]
    need_plans: tuple[CinPlan, ...]
    enquiries: tuple[Enquiry, ...]
    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Child:
    """One child of the return. The census gives no names.

    Attributes:
        place: Which child of the return, from 1.
        label: How the report names the child: the authority's number, else the place.
        key: What identifies the child in this authority's returns: the authority's number, else the
            pupil number, else a digest of everything said.
        sex: Code of the list ``sex``; the older returns' numbers are put into it.
        upn_unknown: Why there is no pupil number (list ``upn_unknown``).
        expected_on: Expected date of birth of a child not yet born.
    """

    place: int
    label: str
    key: str
    la_child_id: str | None
    upn: str | None
    former_upns: tuple[str, ...]
    upn_unknown: str | None
    born_on: date | None
    expected_on: date | None
    died_on: date | None
    sex: str | None
    ethnicity: str | None
    disabilities: tuple[str, ...]
    episodes: tuple[Episode, ...]


@dataclass(frozen=True, slots=True)
class CensusReturn:
    """A whole return.

    Attributes:
        doubts: Everything doubtful, in the order of the return.
        counts: How many elements of each name were read, unknown ones too, under the name as spelt.
        unknown: Of these, the ones that Casefile has no place for: they stand in the doubts.
    """

    header: Header
    children: tuple[Child, ...]
    doubts: tuple[Doubt, ...]
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    unknown: Mapping[str, int] = field(default_factory=dict[str, int])

    def doubts_of(self, child: Child) -> tuple[Doubt, ...]:
        """The doubts about one child of the return."""
        return tuple(one for one in self.doubts if one.place == child.place)
