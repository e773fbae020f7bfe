"""What queries of the staff record hand over: frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casefile.access.staffing import Gap


@dataclass(frozen=True, slots=True)
class TermsRow:
    """One change of an officer's terms of service, in words, from a day on."""

    from_on: date
    said: str
    note: str
    by: str
    recorded_on: date


@dataclass(frozen=True, slots=True)
class AccreditationRow:
    """One accreditation of an officer, as it stands.

    Attributes:
        kind, title: Code and label.
        state: ``stands``, ``expired``, ``withdrawn`` or ``not yet``, as of the day asked.
    """

    id: UUID
    kind: str
    title: str
    granted_on: date
    expires_on: date | None
    withdrawn_on: date | None
    evidence: str
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A declared conflict of interest that stands.

    Attributes:
        file_id, reference: The file; None and "" where there is none, or where this officer may not name it.
        words: With whom and why; "" where it is about a file this officer may not read.
    """

    id: UUID
    officer_id: UUID
    officer: str
    file_id: UUID | None
    reference: str
    words: str
    from_on: date
    by: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One officer in the list of staff, as of a day.

    Attributes:
        fte: Hundredths of full time.
        probation_until: Last day of a probation that lasts; None else.
        gaps, told: What the role needs and is lacking or will be; the same in words.
        away: Why they are not there today, in words; "" where they are.
    """

    officer_id: UUID
    officer: str
    role: str
    role_title: str
    team: str
    number: str
    post: str
    fte: int
    probation_until: date | None
    areas: tuple[str, ...]
    gaps: tuple[Gap, ...]
    told: tuple[str, ...]
    active: bool
    away: str = ""


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """The staff record of one officer, as of a day.

    Attributes:
        may_keep: Whether this officer may record terms and accreditations in it.
        may_declare: Whether they may declare conflicts of interest in it.
    """

    row: StaffRow
    terms: tuple[TermsRow, ...]
    accreditations: tuple[AccreditationRow, ...]
    conflicts: tuple[ConflictRow, ...]
    may_keep: bool
    may_declare: bool
