"""Beginning a campaign, answering about a file, ending it; forms are kept as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert

from casefile.errors import Fault, Invalid, Refused
from casefile.record.drafting import FormState, Typing, keep, settle
from casefile.sections.values import Reading, read_form, to_raw
from casefile.store.counters import next_number
from casefile.supervision.campaign.choose import choose
from casefile.supervision.campaign.forms import BEGIN, answer_faults, answering, begin_faults, questions
from casefile.supervision.campaign.model import (
    Campaign,
    CampaignAnswer,
    CampaignDraft,
    CampaignEnd,
    CampaignFile,
)
from casefile.supervision.campaign.reach import campaign_of, ended, file_of, last_answer, own_form
from casefile.work.door import action
from casefile.work.ids import new_id
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work

_NOT_BEGUN = "Nothing was begun; what you typed is kept."


@dataclass(frozen=True, slots=True)
class Begun:
    """A campaign that was begun: its reference, how many files it asks about, and how many of them are restricted."""

    id: UUID
    reference: str
    files: int
    restricted: int


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.COLLECTION)
def begin_campaign(work: Work, values: Mapping[str, Any]) -> Begun:
    """Begin a re-review of the files that fit, each for its reviewer; files, reviewers and questions stand for good."""
    reading = read_begin(work, values)
    named: list[UUID] = [row["officer_id"] for row in reading.groups["reviewers"]]
    chosen = choose(work, reading.values, named)
    if not chosen:
        raise Invalid(
            [Fault("", "No file fits all of this. Ask for less, or look again at dates and names.")],
            kept=_NOT_BEGUN,
        )
    year = work.today.year
    campaign = Campaign(
        reference=f"R-{year}-{next_number(work.session, f'campaign/{year}'):02}",
        title=reading.values["title"],
        asked={
            **to_raw(reading.values),
            **{key: [to_raw(row) for row in rows] for key, rows in reading.groups.items()},
        },
        due_on=reading.values["due_on"],
        begun_on=work.today,
        begun_at=work.now,
        begun_by=work.officer_id,
    )
    work.session.add(campaign)
    work.session.flush()
    work.session.execute(
        insert(CampaignFile),
        [
            {
                "id": new_id(),
                "campaign_id": campaign.id,
                "file_id": one.file_id,
                "reviewer_id": one.reviewer_id,
            }
            for one in chosen
        ],
    )
    _forget(work, None)
    work.about(files=[one.file_id for one in chosen])
    work.note(campaign=campaign.reference, files=len(chosen))
    work.touch(Kind.CAMPAIGN)
    return Begun(campaign.id, campaign.reference, len(chosen), sum(one.restricted for one in chosen))


def read_begin(work: Work, values: Mapping[str, Any]) -> Reading:
    """The form that begins a campaign, read; Invalid with a sentence for each field that cannot stand."""
    reading = read_form(BEGIN, values, work.standards)
    faults = reading.faults + begin_faults(reading.values, reading.groups["reviewers"], work.today)
    if faults:
        raise Invalid(faults, kept=_NOT_BEGUN)
    return reading


@action(needs=Permission.READ_FILES, logs=Logged.COLLECTION)
def answer_campaign(
    work: Work, campaign_file_id: UUID, values: Mapping[str, Any], *, reason: str | None = None
) -> UUID:
    """Answer a campaign's questions about a file; an answer is put right by a later one, with a reason.

    The reviewer needs no more than to read the file: quality assurance answers too, and changes nothing in it.
    """
    held = file_of(work, campaign_file_id)
    if not _may_answer(work, held.reviewer_id):
        raise Refused("Only its reviewer or a supervisor answers for a file.")
    campaign = campaign_of(work, held.campaign_id)
    _still_running(work, campaign)
    asked = questions(campaign.asked)
    reading = read_form(answering(campaign.title, asked), values, work.standards)
    faults = reading.faults + answer_faults(reading.values, asked)
    again = last_answer(work, campaign_file_id) is not None
    if again and not (reason or "").strip():
        faults.append(Fault("reason", "Say why the answer is put right: both stay readable."))
    if faults:
        raise Invalid(faults, kept="Nothing was answered; what you typed is kept.")
    answer = CampaignAnswer(
        campaign_file_id=campaign_file_id,
        file_id=held.file_id,
        answers=to_raw(reading.values),
        reason=(reason or "").strip() or None,
        answered_on=work.today,
        answered_at=work.now,
        answered_by=work.officer_id,
    )
    work.session.add(answer)
    work.session.flush()
    _forget(work, campaign_file_id)
    work.note(campaign=campaign.reference)
    work.touch(Kind.CAMPAIGN, held.file_id)
    return answer.id


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.ALTERATION)
def end_campaign(work: Work, campaign_id: UUID, findings: str) -> None:
    """End a campaign and say what was found; what is not answered then stays so."""
    campaign = campaign_of(work, campaign_id)
    _still_running(work, campaign)
    if not findings.strip():
        raise Invalid([Fault("findings", "Say what was found.")], kept="The campaign goes on.")
    work.session.add(
        CampaignEnd(
            campaign_id=campaign_id,
            findings=findings.strip(),
            ended_on=work.today,
            ended_at=work.now,
            ended_by=work.officer_id,
        )
    )
    work.note(campaign=campaign.reference)
    work.touch(Kind.CAMPAIGN)


@action(needs=Permission.READ_FILES, logs=Logged.COLLECTION)
def keep_campaign_form(
    work: Work,
    campaign_file_id: UUID | None,
    values: Mapping[str, Any],
    revision: int,
    typing: Typing | None = None,
) -> FormState:
    """Keep a form as typed: of the answers about a file, or (None) of a campaign to begin.

    Raises:
        Conflict: It was saved in another window since, and nobody said what had been read.
    """
    work.touch(Kind.DRAFT)
    return keep(work, _to_write(work, campaign_file_id), values, revision, typing)


@action(needs=Permission.READ_FILES, logs=Logged.COLLECTION)
def settle_campaign_form(
    work: Work, campaign_file_id: UUID | None, beside_id: UUID, seen: Any, value: Any
) -> FormState:
    """Keep what was decided where one had typed different words into one field in two windows."""
    work.touch(Kind.DRAFT)
    return settle(work, _to_write(work, campaign_file_id), beside_id, seen, value)


def _to_write(work: Work, campaign_file_id: UUID | None) -> CampaignDraft:
    if campaign_file_id is not None:
        file_of(work, campaign_file_id)
    form = own_form(work, campaign_file_id, held=True)
    if form is None:
        form = CampaignDraft(
            officer_id=work.officer_id,
            campaign_file_id=campaign_file_id,
            revision=0,
            values={},
            saved_at=work.now,
        )
        work.session.add(form)
    return form


@action(needs=Permission.READ_FILES, logs=Logged.ALTERATION)
def drop_campaign_form(work: Work, campaign_file_id: UUID | None) -> None:
    """Throw away a form as typed."""
    _forget(work, campaign_file_id)
    work.touch(Kind.DRAFT)


def _forget(work: Work, campaign_file_id: UUID | None) -> None:
    if (form := own_form(work, campaign_file_id)) is not None:
        work.session.execute(delete(CampaignDraft).where(CampaignDraft.id == form.id))


def _may_answer(work: Work, reviewer_id: UUID) -> bool:
    return reviewer_id == work.actor.officer_id or work.actor.may(Permission.SIGN_SUPERVISION)


def _still_running(work: Work, campaign: Campaign) -> None:
    if ended(work, campaign.id) is not None:
        raise Invalid(f"The campaign {campaign.reference} has ended.", kept="Nothing was changed.")
