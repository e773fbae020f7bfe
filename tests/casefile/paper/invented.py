"""An invented family for the tests of paper: nobody here lives anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from casefile.paper.model_file import PrintedDivider, PrintedFile, PrintedTable
from casefile.paper.records import Doubt, PrintedGroup, PrintedRecord, PrintedVersion, Signature
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint

MARSH = Signature("DC 4471 Marsh", "constable", "2 November 2026, 14:02", "9f2c" * 16)
OKORO = Signature("DS 2210 Okoro", "sergeant", "4 November 2026, 09:15", "71be" * 16)
REASONS = (
    "The explanation given by the mother's partner changed twice within a day. The health visitor "
    "had recorded an earlier mark at the two-year check that nobody asked about.\n"
    "Police, social care and the named nurse agree that the threshold is met for both younger children."
)
SCRIPTS = (
    "Łukasz Żółć · Nguyễn Thị Hạnh · Ελένη Παπαδοπούλου · Юлія Ґудзь",
    "عمر بن عبد الله",
    "רחל כהן",
    "प्रिया शर्मा",
    "ফাতেমা খাতুন",
    "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "பிரியா",
    "ሰላም ተስፋዬ",
    "Անի Պետրոսյան",
    "ნინო ბერიძე",
    "สมชาย",
    "王小明",
    "佐藤さくら",
    "김민준",
)


def imprint(copy: int | None = 3) -> Imprint:
    return Imprint(
        "Official-Sensitive",
        "F-2026-00417",
        "ASHDOWN family",
        "DC 4471 Marsh",
        datetime(2026, 11, 23, 14, 2, tzinfo=UTC),
        copy,
    )


def strategy() -> PrintedRecord:
    common = (
        ("How held", "Telephone"),
        ("Decision", "Section 47 enquiry, joint with social care"),
    )
    first = PrintedVersion(
        1,
        (*common, ("What was known", "Bruise to the left forearm, seen at school on 27 October.")),
        "",
        MARSH,
    )
    second = PrintedVersion(
        2,
        (
            *common,
            (
                "What was known",
                "Bruise to the right forearm, seen at school on 27 October and photographed there.",
            ),
        ),
        "The school's photograph shows the right forearm; the note of the call said left.",
        OKORO,
    )
    return PrintedRecord(
        "Strategy discussion",
        "Held on 27 October 2026 at 15:40; police knew on 27 October 2026",
        "OFFICIAL-SENSITIVE · from social care, by telephone · version 2 of 2",
        (*second.fields, ("Reasons", REASONS)),
        groups=(
            PrintedGroup(
                "Who took part",
                (Column("Name", 30), Column("Agency", 25), Column("Attendance", 20), Column("Said", 45)),
                (
                    (
                        "DC 4471 Marsh",
                        "Police",
                        "Attended",
                        "Checks of all adults made; nothing on the partner.",
                    ),
                    (
                        "T. Adeyemi",
                        "Social care",
                        "Attended",
                        "Two earlier contacts, both closed without visit.",
                    ),
                    ("R. Collins", "Health", "By report", "Missed the last two appointments."),
                    (
                        "Head teacher",
                        "Education",
                        "Attended",
                        "Child said that he fell; later that he was pulled.",
                    ),
                ),
            ),
        ),
        doubts=(
            Doubt(
                "Medical booked for", "29 February 2009", "2009 was not a leap year: there was no such day."
            ),
        ),
        versions=(first, second),
        signature=OKORO,
    )


def visit(number: int, words: int = 120) -> PrintedRecord:
    text = " ".join(
        f"Seen alone in the front room, visit {number}; she spoke of school, part {part}."
        for part in range(words // 12)
    )
    return PrintedRecord(
        f"Visit {number}",
        "Made on 3 November 2026; police knew on 5 November 2026",
        "OFFICIAL-SENSITIVE · version 1",
        (("Seen", "Child alone"), ("Account", text)),
        signature=MARSH,
    )


def visits(count: int, words: int = 120) -> Iterator[PrintedRecord]:
    return (visit(number, words) for number in range(1, count + 1))


def family(records: int = 6, chronology: int = 40) -> PrintedFile:
    names = PrintedRecord(
        "Names as given",
        "Recorded on 2 November 2026",
        "OFFICIAL-SENSITIVE",
        tuple((f"Name {number}", name) for number, name in enumerate(SCRIPTS, 1)),
        signature=MARSH,
    )
    return PrintedFile(
        name="ASHDOWN family",
        reference="F-2026-00417",
        extent="Whole file",
        cover=(
            ("Team", "Team North"),
            ("Officer in charge", "DC 4471 Marsh"),
            ("Child protection plan", "Neglect, since 4 May 2026"),
            ("Risk", "High, assessed 11 November 2026"),
        ),
        front=(
            ("Team", "Team North"),
            ("Officer in charge", "DC 4471 Marsh"),
            ("Researcher", "R 118 Patel"),
            ("Supervisor", "DS 2210 Okoro"),
            ("Plan", "Neglect, since 4 May 2026"),
            ("Risk", "High, assessed 11 November 2026"),
            ("Legal status", "No order; legal planning meeting asked for"),
            ("Linked files", "F-2025-00102 (mother's earlier household)"),
        ),
        warnings=("Dog at the address; not on a lead.", "Adult male may be in the loft room."),
        children=PrintedTable(
            "children",
            "Children",
            (Column("Name", 30), Column("Born", 20), Column("Plan", 30), Column("Lives with", 30)),
            (
                ("Ellis ASHDOWN", "14 March 2019", "Neglect, since 4 May 2026", "Mother"),
                ("Maya ASHDOWN", "2 July 2022", "Neglect, since 4 May 2026", "Mother"),
                ("Unborn", "expected 9 January 2027", "Pre-birth conference due", "–"),
            ),
        ),
        due=PrintedTable(
            "due",
            "Next due",
            (Column("Due", 20), Column("What", 45), Column("Owed by", 30), Column("State", 20)),
            (
                ("10 November 2026", "Final medical report", "Hospital paediatrics", "9 working days late"),
                ("24 November 2026", "Legal planning advice", "Local authority", "tomorrow"),
            ),
        ),
        before=(
            PrintedTable(
                "chronology",
                "Chronology",
                (Column("Date", 18), Column("What happened", 60), Column("Divider", 24), Column("Known", 18)),
                (
                    (
                        f"{1 + day % 28} October 2026",
                        f"Event {day}: the school telephoned about an absence and the family was visited.",
                        "Strategy discussions",
                        f"{1 + day % 28} Oct 2026",
                    )
                    for day in range(chronology)
                ),
            ),
        ),
        dividers=(
            PrintedDivider(
                "people",
                "2",
                "Children and household",
                "Complete.",
                "Every child of the household.",
                1,
                (names,),
            ),
            PrintedDivider(
                "strategy",
                "6",
                "Strategy discussions",
                "Missing: 1 thing.",
                "Each discussion with who took part, what was known and what was decided. WT2023, chapter 3.",
                1 + records,
                _stream(records),
                missing=("The record of the decision was not sent to all who took part.",),
            ),
            PrintedDivider(
                "bail",
                "15",
                "Bail",
                "Not applicable: DS 2210 Okoro, 4 November 2026: nobody was arrested.",
                "",
                0,
                (),
            ),
        ),
        after=(
            PrintedTable(
                "documents",
                "Documents",
                (
                    Column("No.", 6, number=True),
                    Column("Name", 50),
                    Column("Kind", 20),
                    Column("Received", 24),
                ),
                (
                    ("1", "review-minutes.docx", "Minutes", "20 November 2026"),
                    ("2", "school-photograph.jpg", "Photograph", "28 October 2026"),
                ),
            ),
        ),
    )


def _stream(records: int) -> Iterator[PrintedRecord]:
    yield strategy()
    yield from visits(records)
