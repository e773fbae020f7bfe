"""Separation of duties: who may put their hand to a record, and who may instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer, Reader
from casefile.access.queries import shown
from casefile.access.roles import ROLES
from casefile.access.visibility import RestrictedFile
from casefile.errors import Refused
from casefile.record.facts import EntryFact
from casefile.sections import SECTIONS
from casefile.sections.base import Section
from casefile.sections.load import entries
from casefile.work.names import Permission
from casefile.work.unit import Work

_KEPT = "It is kept as a draft."
_WEIGHED = ("supervision",)
"""Only of these sections do the rules look at more than who recorded an entry and when."""
_NAMED = 3
"""So many officers are named in the sentence."""


def may_sign(work: Work, file_id: UUID, section: type[Section], values: Mapping[str, Any]) -> None:
    """Refuse a signature for want of the right, or because the officer would judge their own work.

    Raises:
        Refused: With who may sign instead.
    """
    right = section.right(values)

    @cache
    def held() -> Sequence[EntryFact]:
        return entries(work.session, SECTIONS, file_id, all_versions=True, whole=_WEIGHED)

    def barred(officer_id: UUID, named: str) -> str | None:
        return section.bars(values, held, officer_id, named)

    if not work.actor.may(right):
        rank = "an inspector or above" if right is Permission.SIGN_INSPECTION else "a supervisor"
        who = who_instead(work, file_id, right)
        raise Refused(f"Only {rank} may sign this: {section.title.lower()}.", kept=_KEPT, remedy=who)
    if sentence := barred(work.officer_id, work.actor.name):
        raise Refused(sentence, kept=_KEPT, remedy=who_instead(work, file_id, right, barred))


def who_instead(
    work: Work,
    file_id: UUID,
    right: Permission,
    barred: Callable[[UUID, str], str | None] | None = None,
) -> str:
    """Which other officers hold a right in a file and are not barred, in a sentence."""
    roles = [key for key, one in ROLES.items() if right in one.permissions]
    wanted = select(Officer).where(Officer.role.in_(roles), Officer.active, Officer.id != work.officer_id)
    if work.session.get(RestrictedFile, file_id) is not None:
        named = select(Reader.officer_id).where(Reader.file_id == file_id, Reader.until_at.is_(None))
        wanted = wanted.where(Officer.id.in_(named))
    names = [
        shown(one.name, one.role, one.number)
        for one in work.session.scalars(wanted.order_by(Officer.name))
        if barred is None or barred(one.id, shown(one.name, one.role, one.number)) is None
    ]
    if not names:
        return "Nobody else here may do it yet: ask your administrator to add a supervisor."
    more = f" or {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more} may do it."
