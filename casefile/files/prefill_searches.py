"""What research brings to a police report: what was found, where nothing was, what stays with police, what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from casefile.files.research.model import Researched, ResearchGrid
from casefile.record.dates import long_date
from casefile.sections.research import FOUND
from casefile.sections.researched import CheckState, Searched
from casefile.standards import Library

_POLICE_ONLY, _CONDITIONS = "police_only", "conditions"


class SearchLines:
    """The lines of a report that searches give, of those whom it may name."""

    def __init__(self, library: Library, grid: ResearchGrid, people: Sequence[Researched]) -> None:
        """*people* of the *grid* are named; nobody else is."""
        self._library, self._grid, self._people = library, grid, people

    def checks(self) -> list[dict[str, Any]]:
        """What was found, each once however many people the search was about; then where nothing was found."""
        lines: list[dict[str, Any]] = []
        for one, people in self._by_search().items():
            if one.result in FOUND and not self._stays(one):
                lines.append(self._found(people, one))
        return lines + self._nothing_found()

    def _by_search(self) -> dict[Searched, list[Researched]]:
        """The latest searches, each with everybody it was about."""
        found: dict[Searched, list[Researched]] = {}
        for person in self._people:
            for one in _latest(person):
                found.setdefault(one, []).append(person)
        return found

    def _nothing_found(self) -> list[dict[str, Any]]:
        """One line for all whom the same systems know nothing of."""
        alike: dict[tuple[str, date, str], list[Researched]] = {}
        for person in self._people:
            none = [one for one in _latest(person) if one.result == "no_trace"]
            if none:
                named = ", ".join(dict.fromkeys(self._system(one) for one in none))
                last = max(none, key=lambda one: one.on)
                alike.setdefault((named, last.on, last.by), []).append(person)
        return [
            report_line(
                people[0].id if len(people) == 1 else None, on,
                f"{', '.join(one.name for one in people)}: nothing found in {systems}.", "fact",
                f"Research, {long_date(on)}, {by}",
            )
            for (systems, on, by), people in alike.items()
        ]  # fmt: skip

    def _found(self, people: list[Researched], one: Searched) -> dict[str, Any]:
        system = self._system(one)
        said = one.found or "what was found is not written down"
        possible = " Not confirmed to be this person." if one.result == "possible" else ""
        conditions = " Shared with conditions." if self._handling(one, _CONDITIONS) else ""
        graded = "/".join(part for part in one.grade if part)
        mark = "intelligence" if graded else "told" if one.result == "possible" else "fact"
        reference = f", {one.reference}" if one.reference else ""
        source = f"{system}{reference}, searched {long_date(one.on)} by {one.by}"
        about = people[0].id if len(people) == 1 else None
        return report_line(about, one.on, f"{stop(said)}{possible}{conditions}", mark, source, graded)

    def _handling(self, one: Searched, tag: str) -> bool:
        code = self._library.codes("intelligence_handling").get(one.grade[2])
        return code is not None and tag in code.tags

    def _stays(self, one: Searched) -> bool:
        return self._handling(one, _POLICE_ONLY)

    def _system(self, one: Searched) -> str:
        return self._library.codes("research_system").label(one.system)

    def kept_back(self) -> list[str]:
        """Intelligence that its handling keeps within law enforcement, each in a sentence."""
        codes = self._library.codes("intelligence_handling")
        return [
            f"{', '.join(person.name for person in people)}, {self._system(one)} of {long_date(one.on)}: "
            f"{codes.label(one.grade[2]).lower()}."
            for one, people in self._by_search().items()
            if one.result in FOUND and self._stays(one)
        ]

    def not_known(self) -> str:
        """Checks that are wanted or not settled, person by person."""
        lines: list[str] = []
        for person in self._people:
            for state in CheckState:
                titles = [
                    self._grid.column(key).title for key, cell in person.cells.items()
                    if cell.state is state and state.open
                ]  # fmt: skip
                if titles:
                    lines.append(f"{person.name}: {state.value}: {', '.join(titles)}.")
        return "\n".join(lines)


def _latest(person: Researched) -> list[Searched]:
    """The latest answer of each system about one person."""
    found: dict[str, Searched] = {}
    for cell in person.cells.values():
        for one in cell.searches:
            if one.result in (*FOUND, "no_trace", "refused"):
                held = found.get(one.system)
                found[one.system] = one if held is None or one.on > held.on else held
    return list(found.values())


def report_line(
    about: UUID | None, on: date | None, what: str, mark: str, source: str, graded: str = ""
) -> dict[str, Any]:
    """A line of a report as its form holds it."""
    row = {
        "about": str(about) if about else "",
        "said_on": on.isoformat() if on else "",
        "said": what,
        "mark": mark,
        "graded": graded,
        "source": source,
    }
    return {key: value for key, value in row.items() if value}


def stop(said: str) -> str:
    """Words on one line, with a stop at their end."""
    said = " ".join(said.split())
    return said if not said or said[-1] in ".!?”" else f"{said}."
