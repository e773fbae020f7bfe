"""A signed record as read: quiet labels, plain values, groups as small tables, doubts said aloud."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from casefile.record.described import Description, GroupSpec
from casefile.record.facts import EntryFact
from ui.widgets.choice import Around
from ui.widgets.parts import column, label, readable, scaled
from ui.widgets.words import moment_words, row_words, value_words


class RecordView(QWidget):
    """One signed version; *differs* names the fields that another version holds otherwise."""

    def __init__(
        self,
        description: Description,
        entry: EntryFact,
        around: Around,
        *,
        differs: frozenset[str] = frozenset(),
        narrow: bool = False,
    ) -> None:
        super().__init__()
        self._around, self._narrow = around, narrow
        body = column(self, gap=12)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        body.addLayout(grid)
        line = 0
        for spec in description.fields:
            words = value_words(spec, entry.get(spec.key), around)
            doubt = entry.doubts.get(spec.key)
            if not words and doubt is None:
                continue
            mark = "● " if spec.key in differs else ""
            name = label(mark + spec.label, "label", wrap=True)
            if not around.stacked:
                name.setFixedWidth(scaled(96 if narrow else 132))
            grid.addWidget(name, line, 0, 1, 2 if around.stacked else 1, Qt.AlignmentFlag.AlignTop)
            line += around.stacked
            value = readable(words, "strong" if spec.key in differs else "")
            value.setAlignment(Qt.AlignmentFlag.AlignTop)
            if doubt is not None:
                value.setText(f"{words}\n{doubt_words(doubt.stated, doubt.why)}".strip())
            value.setAccessibleName(f"{spec.label}: {value.text()}")
            grid.addWidget(value, line, 0 if around.stacked else 1, 1, -1)
            line += 1
        for group in description.groups:
            if entry.rows(group.key):
                body.addWidget(self._group(group, entry, group.key in differs))
        signed = f"Version {entry.version} of {entry.versions}. Signed by {entry.author}, {moment_words(entry.recorded_at)}."
        if entry.reason:
            signed += f" Amended because: {entry.reason}"
        if entry.origin:
            signed += f" From: {entry.origin}."
        body.addWidget(readable(signed, "small"))

    def _group(self, spec: GroupSpec, entry: EntryFact, differs: bool) -> QWidget:
        made = QWidget()
        outer = column(made, gap=4)
        outer.addWidget(label(("● " if differs else "") + spec.label, "strong", wrap=True))
        rows = [row_words(spec.fields, one, self._around) for one in entry.rows(spec.key)]
        if self._narrow or self._around.short:
            for one in rows:
                outer.addWidget(readable(in_a_line(spec, one)))
        else:
            outer.addLayout(as_table(spec, rows))
        for path, doubt in entry.doubts.items():
            if path.startswith(f"{spec.key}."):
                number = path.split(".")[1]
                outer.addWidget(
                    readable(
                        f"Row {int(number) + 1 if number.isdecimal() else number}: "
                        + doubt_words(doubt.stated, doubt.why),
                        "quiet",
                    )
                )
        return made


def as_table(spec: GroupSpec, rows: Sequence[Sequence[str]]) -> QGridLayout:
    """The rows of a group under headings; columns in which nothing stands are left out."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    used = [place for place in range(len(spec.fields)) if any(one[place] for one in rows)]
    for at, place in enumerate(used):
        grid.addWidget(label(spec.fields[place].label, "small", wrap=True), 0, at)
        grid.setColumnStretch(at, 3 if max(len(one[place]) for one in rows) > 30 else 1)
        for line, one in enumerate(rows, start=1):
            grid.addWidget(readable(one[place]), line, at, Qt.AlignmentFlag.AlignTop)
    return grid


def in_a_line(spec: GroupSpec, row: Sequence[str]) -> str:
    """A row of a group in words, where there is no room for a table; what says yes or no is named."""
    said = [(field.label, words) for field, words in zip(spec.fields, row, strict=True) if words]
    return "– " + " · ".join(
        words if not place or len(words) > 3 else f"{name}: {words.lower()}"
        for place, (name, words) in enumerate(said)
    )


def doubt_words(stated: str, why: str) -> str:
    """What a source stated that could not be taken as it stands."""
    return f"◆ As stated by the source: {stated}. {why}" if stated else f"◆ {why}"
