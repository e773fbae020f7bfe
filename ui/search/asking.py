"""How one may ask: each operator with an example that can be taken over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.page import scrolled
from ui.widgets.parts import button, column, label, readable

WAYS = (
    (
        "bruise arm",
        "Both words, in any order. English endings do not matter: bruise finds bruised and bruising.",
    ),
    ('"left arm"', "These words, one behind the other."),
    ("bruise -football", "The first word, and not the second. A phrase can be left out too."),
    ("bruise NEAR arm", "Both within ten words of each other; NEAR/3 for another number."),
    ("neglect*", "Every word that begins like this, from three letters on."),
    ("07700 900123", "A telephone number, however its figures are parted; so too postcodes and references."),
    ("nowak anna 12/3/1984", "A person, however the name is written, with a date of birth or an age."),
    ("bruise by:Marsh", "Records and documents that an officer wrote or filed."),
    ("bruise section:medical", "Records of one section of the file."),
    ("school agency:education", "Records and tasks that name an agency."),
    ("bruise after:1/3/2026 before:2027", "From a day on, and before a day or a year."),
    ("review status:closed", "In files that are open, or closed."),
    ("arm file:F-2026-00417", "In one file, by its reference or its family name."),
    ("Marlow kind:person", "Only people, files, records, documents or tasks."),
)


class HowToAsk(QWidget):
    """The page before anything is asked."""

    def __init__(self, take: Callable[[str], object]) -> None:
        """*take* is handed the example that somebody picks."""
        super().__init__()
        inner = QWidget()
        body = column(inner, margins=(20, 8, 20, 20), gap=10)
        body.addWidget(label("What can be asked", "section-title"))
        body.addWidget(
            readable(
                "Type a name, a reference, an address, a number or any words. Everything that you may see is searched: "
                "people, files, records, documents and tasks. Nothing that is typed is wrong: what cannot be read is "
                "said, and the rest is searched.",
                "quiet",
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for line, (example, means) in enumerate(WAYS):
            link = button(example, lambda example=example: take(example), name="link")
            link.setAccessibleName(f"Search for {example}")
            link.setAccessibleDescription(means)
            grid.addWidget(link, line, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(means, wrap=True), line, 1)
        body.addLayout(grid)
        body.addStretch(1)
        column(self, gap=0).addWidget(scrolled(inner, "What can be asked"))
