"""Reading campaigns: the list, one with its progress and answers, what one owes, and forms as they stand.

A restricted file is in its campaign as any other; who may not read it learns only how many there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import func, select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.record.dates import long_date
from casefile.record.described import FieldKind
from casefile.record.drafting import state_of
from casefile.record.model import CaseFile
from casefile.supervision.campaign.actions import read_begin
from casefile.supervision.campaign.choose import choose
from casefile.supervision.campaign.forms import BEGIN, CRITERIA, Question, answering, questions
from casefile.supervision.campaign.model import Campaign, CampaignAnswer, CampaignEnd, CampaignFile
from casefile.supervision.campaign.reach import (
    by_reference,
    campaign_of,
    ended,
    file_of,
    last_answer,
    oversees,
    own_form,
)
from casefile.supervision.campaign.rows import (
    AskedFile,
    CampaignPage,
    CampaignRow,
    Fit,
    Fitting,
    FormToFill,
    OwedAnswer,
    Share,
    Tally,
)
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def campaigns(work: Work) -> tuple[CampaignRow, ...]:
    """List the campaigns that go on, then those that have ended, the newest first; figures only."""
    held = work.session.scalars(select(Campaign).order_by(Campaign.begun_at.desc(), Campaign.id)).all()
    everyone = _officers(work)
    rows = [_row(work, one, everyone) for one in held]
    seen = [one for one in rows if oversees(work) or one.files]
    return tuple(sorted(seen, key=lambda one: one.ended_on is not None))


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def campaign(work: Work, which: UUID | str) -> CampaignPage:
    """Read a campaign (by identity or reference): its files with their answers, and how far each reviewer is."""
    found = campaign_of(work, which if isinstance(which, UUID) else by_reference(work, which))
    everyone = _officers(work)
    over = ended(work, found.id)
    files = _files(work, found, everyone, over=over is not None)
    work.about(files=[one.file_id for one in files])
    work.note(campaign=found.reference)
    asked = questions(found.asked)
    return CampaignPage(
        row=_row(work, found, everyone),
        why=str(found.asked.get("why") or ""),
        reviewers=work.standards.codes("campaign_reviewer").label(str(found.asked.get("by"))),
        criteria=_criteria(work, found.asked, everyone),
        questions=asked,
        files=files,
        shares=_shares(files),
        tallies=tuple(_tally(one, files) for one in asked),
        ended_by=everyone.get(over.ended_by, "") if over else "",
        findings=over.findings if over else "",
    )


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def my_campaign_files(work: Work) -> tuple[OwedAnswer, ...]:
    """List the files one has still to answer for in campaigns that go on, the earliest due first."""
    rows: Any = work.session.execute(
        _mine(
            work,
            select(
                CampaignFile.id, Campaign.id.label("campaign_id"), Campaign.title, Campaign.due_on,
                CaseFile.id.label("file_id"), CaseFile.reference, CaseFile.family_name,
            ),
        )
        .join(CaseFile, CaseFile.id == CampaignFile.file_id)
        .order_by(Campaign.due_on, CaseFile.reference)
    ).all()  # fmt: skip
    work.about(files=[row.file_id for row in rows])
    return tuple(
        OwedAnswer(
            row.id, row.campaign_id, row.title, row.file_id, row.reference, row.family_name, row.due_on,
            max((work.today - row.due_on).days, 0),
        )
        for row in rows
    )  # fmt: skip


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def waiting_campaign_files(work: Work) -> int:
    """Count the files one has still to answer for; a number only."""
    return work.session.execute(_mine(work, select(func.count(CampaignFile.id)))).scalar_one()


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def answer_form(work: Work, campaign_file_id: UUID) -> FormToFill:
    """Read the form of the answers about a file: as last typed, else as last answered, else empty."""
    held = file_of(work, campaign_file_id)
    found = campaign_of(work, held.campaign_id)
    over = ended(work, found.id) is not None
    (asked,) = _files(work, found, _officers(work), over=over, only=campaign_file_id)
    form, answer = own_form(work, campaign_file_id), last_answer(work, campaign_file_id)
    values = form.values if form else answer.answers if answer else {}
    return FormToFill(
        answering(found.title, questions(found.asked)),
        values,
        form.revision if form else 0,
        form.saved_at if form else None,
        asked,
        again=answer is not None,
        state=state_of(work, form) if form else None,
    )


@query(needs=Permission.SIGN_SUPERVISION, logs=Logged.NOT_PERSONAL)
def begin_form(work: Work) -> FormToFill:
    """Read the form that begins a campaign, as last typed."""
    form = own_form(work, None)
    if form is None:
        return FormToFill(BEGIN, {}, 0, None)
    return FormToFill(BEGIN, form.values, form.revision, form.saved_at, state=state_of(work, form))


@query(needs=Permission.SIGN_SUPERVISION, logs=Logged.CONSULTATION)
def fitting_files(work: Work, values: Any) -> Fitting:
    """Say which files a campaign would ask about if it began now, and who would answer."""
    reading = read_begin(work, values)
    chosen = choose(work, reading.values, [row["officer_id"] for row in reading.groups["reviewers"]])
    everyone = _officers(work)
    seen: dict[UUID, Any] = {}
    for some in in_pieces(one.file_id for one in chosen):
        wanted = select(CaseFile.id, CaseFile.reference, CaseFile.family_name).where(CaseFile.id.in_(some))
        seen |= {row.id: row for row in work.session.execute(wanted)}
    work.about(files=seen)
    return Fitting(
        tuple(
            Fit(row.id, row.reference, row.family_name, everyone.get(one.reviewer_id, ""))
            for one in chosen
            if (row := seen.get(one.file_id)) is not None
        ),
        len(chosen) - len(seen),
    )


def _mine(work: Work, wanted: Any) -> Any:
    """Files of campaigns that go on, that this officer has not answered for."""
    answered = select(CampaignAnswer.campaign_file_id)
    return wanted.join(Campaign, Campaign.id == CampaignFile.campaign_id).where(
        CampaignFile.reviewer_id == work.actor.officer_id,
        CampaignFile.id.not_in(answered),
        Campaign.id.not_in(select(CampaignEnd.campaign_id)),
    )


def _row(work: Work, one: Campaign, everyone: dict[UUID, str]) -> CampaignRow:
    limit = () if oversees(work) else (CampaignFile.reviewer_id == work.actor.officer_id,)
    answered = CampaignFile.id.in_(select(CampaignAnswer.campaign_file_id))
    counts: Any = work.session.execute(
        select(CampaignFile.reviewer_id, answered, func.count(CampaignFile.id))
        .where(CampaignFile.campaign_id == one.id, *limit)
        .group_by(CampaignFile.reviewer_id, answered)
    ).all()
    table: Any = CampaignFile.__table__
    every = work.session.execute(
        select(func.count(table.c.id)).where(table.c.campaign_id == one.id)
    ).scalar_one()
    over = ended(work, one.id)
    files, done = sum(row[2] for row in counts), sum(row[2] for row in counts if row[1])
    mine = sum(row[2] for row in counts if not row[1] and row[0] == work.actor.officer_id)
    return CampaignRow(
        id=one.id,
        reference=one.reference,
        title=one.title,
        occasion=work.standards.codes("campaign_occasion").label(str(one.asked.get("occasion"))),
        due_on=one.due_on,
        begun_on=one.begun_on,
        begun_by=everyone.get(one.begun_by, ""),
        files=files,
        answered=done,
        restricted=every - files if oversees(work) else 0,
        mine=0 if over else mine,
        late=over is None and work.today > one.due_on and done < files,
        ended_on=over.ended_on if over else None,
    )


def _files(
    work: Work, one: Campaign, everyone: dict[UUID, str], *, over: bool, only: UUID | None = None
) -> tuple[AskedFile, ...]:
    """The files of a campaign that this officer may see, those still to be answered first."""
    wanted = (
        select(CampaignFile.id, CampaignFile.reviewer_id, CaseFile.id.label("file_id"), CaseFile.reference,
               CaseFile.family_name)
        .join(CaseFile, CaseFile.id == CampaignFile.file_id)
        .where(CampaignFile.campaign_id == one.id)
        .order_by(CaseFile.reference)
    )  # fmt: skip
    if only is not None:
        wanted = wanted.where(CampaignFile.id == only)
    elif not oversees(work):
        wanted = wanted.where(CampaignFile.reviewer_id == work.actor.officer_id)
    rows: Any = work.session.execute(wanted).all()
    answers = _answers(work, [row.id for row in rows])
    outstanding = "not answered" if over else "late" if work.today > one.due_on else "due"
    found = [_asked(row, answers.get(row.id), outstanding, everyone) for row in rows]
    return tuple(sorted(found, key=lambda each: each.state == "answered"))


def _asked(row: Any, answer: CampaignAnswer | None, outstanding: str, everyone: dict[UUID, str]) -> AskedFile:
    return AskedFile(
        row.id,
        row.file_id,
        row.reference,
        row.family_name,
        row.reviewer_id,
        everyone.get(row.reviewer_id, ""),
        "answered" if answer else outstanding,
        answer.answered_on if answer else None,
        everyone.get(answer.answered_by, "") if answer else "",
        dict(answer.answers) if answer else {},
        (answer.reason or "") if answer else "",
    )


def _answers(work: Work, ids: Iterable[UUID]) -> dict[UUID, CampaignAnswer]:
    """What stands answered about each file: the last word counts."""
    found: dict[UUID, CampaignAnswer] = {}
    for some in in_pieces(ids):
        rows = work.session.scalars(
            select(CampaignAnswer)
            .where(CampaignAnswer.campaign_file_id.in_(some))
            .order_by(CampaignAnswer.answered_at, CampaignAnswer.id)
        )
        found |= {row.campaign_file_id: row for row in rows}
    return found


def _shares(files: tuple[AskedFile, ...]) -> tuple[Share, ...]:
    by: dict[str, list[AskedFile]] = defaultdict(list)
    for one in files:
        by[one.reviewer].append(one)
    return tuple(
        Share(
            reviewer,
            sum(one.state == "answered" for one in theirs),
            sum(one.state != "answered" for one in theirs),
            sum(one.state == "late" for one in theirs),
        )
        for reviewer, theirs in sorted(by.items())
    )


def _tally(one: Question, files: tuple[AskedFile, ...]) -> Tally:
    given = [str(file.answers[one.key]) for file in files if file.answers.get(one.key)]
    return Tally(one, {"text": len(given)} if one.in_words else dict(Counter(given)))


def _criteria(work: Work, asked: Any, everyone: dict[UUID, str]) -> tuple[tuple[str, str], ...]:
    """What files a campaign asks about, in words."""
    found: list[tuple[str, str]] = []
    for key in CRITERIA:
        spec, value = BEGIN.field(key), asked.get(key)
        if value in (None, "", []):
            continue
        match spec.kind:
            case FieldKind.CODE | FieldKind.CODES:
                labels = work.standards.codes(str(spec.codes)).label
                several = cast("list[Any]", value if isinstance(value, list) else [value])
                words = "; ".join(labels(str(one)) for one in several)
            case FieldKind.OFFICER:
                words = everyone.get(UUID(value), "")
            case FieldKind.DATE:
                words = long_date(date.fromisoformat(value))
            case FieldKind.YES_NO:
                words = "Yes" if value else "No"
            case _:
                words = str(value)
        found.append((spec.label, words))
    return tuple(found)


def _officers(work: Work) -> dict[UUID, str]:
    rows = work.session.execute(select(Officer.id, Officer.name, Officer.role, Officer.number))
    return {row[0]: shown(*row[1:]) for row in rows}
