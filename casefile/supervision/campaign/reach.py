"""Reaching a campaign, a file of one and a form of one's own, with a sentence when it is not there to be reached."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from casefile.errors import Missing, Refused
from casefile.supervision.campaign.model import (
    Campaign,
    CampaignAnswer,
    CampaignDraft,
    CampaignEnd,
    CampaignFile,
)
from casefile.work.names import Permission
from casefile.work.unit import Work


def oversees(work: Work) -> bool:
    """Whether this officer sees whole campaigns, and not only the files they are to answer for."""
    return work.actor.may(Permission.SIGN_SUPERVISION) or work.actor.may(Permission.READ_LOG)


def campaign_of(work: Work, campaign_id: UUID) -> Campaign:
    """The campaign, if this officer oversees campaigns or answers in it."""
    found = work.session.get(Campaign, campaign_id)
    if found is None or not (oversees(work) or _answers_in(work, campaign_id)):
        raise Missing("There is no such campaign, or you are not one of those who answer in it.")
    return found


def by_reference(work: Work, reference: str) -> UUID:
    """Identity of a campaign by its reference, e.g. ``R-2026-01``."""
    found = work.session.scalars(
        select(Campaign.id).where(func.lower(Campaign.reference) == reference.strip().lower())
    ).first()
    if found is None:
        raise Missing(
            f"There is no campaign {reference.strip()}.", remedy="List them to see their references."
        )
    return found


def file_of(work: Work, campaign_file_id: UUID) -> CampaignFile:
    """A file of a campaign that this officer may read and answer for."""
    found = work.session.scalars(select(CampaignFile).where(CampaignFile.id == campaign_file_id)).first()
    if found is None:
        raise Missing(
            "That file is not in the campaign, or it is restricted and you are not one of its named readers."
        )
    if found.reviewer_id != work.actor.officer_id and not oversees(work):
        raise Refused("Another officer is to answer for that file.")
    work.about(files=[found.file_id])
    return found


def ended(work: Work, campaign_id: UUID) -> CampaignEnd | None:
    """The end of a campaign, if it has one."""
    return work.session.get(CampaignEnd, campaign_id)


def last_answer(work: Work, campaign_file_id: UUID) -> CampaignAnswer | None:
    """What stands answered about a file."""
    return work.session.scalars(
        select(CampaignAnswer)
        .where(CampaignAnswer.campaign_file_id == campaign_file_id)
        .order_by(CampaignAnswer.answered_at.desc(), CampaignAnswer.id.desc())
        .limit(1)
    ).first()


def own_form(work: Work, campaign_file_id: UUID | None, *, held: bool = False) -> CampaignDraft | None:
    """The form of this officer as last typed: of a file, or (None) of a campaign to begin; *held* until the work ends."""
    mine = CampaignDraft.officer_id == work.actor.officer_id
    about = (
        CampaignDraft.campaign_file_id.is_(None)
        if campaign_file_id is None
        else CampaignDraft.campaign_file_id == campaign_file_id
    )
    wanted = select(CampaignDraft).where(mine, about)
    return work.session.scalars(wanted.with_for_update() if held else wanted).first()


def _answers_in(work: Work, campaign_id: UUID) -> bool:
    wanted = select(CampaignFile.id).where(
        CampaignFile.campaign_id == campaign_id, CampaignFile.reviewer_id == work.actor.officer_id
    )
    return work.session.execute(wanted.limit(1)).first() is not None
