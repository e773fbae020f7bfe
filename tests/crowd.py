"""A crowd of invented people with names as skewed as real ones, and how clerks write them wrongly; from a fixed seed."""

from __future__ import annotations

import random
from bisect import bisect
from datetime import date, timedelta
from itertools import accumulate

from casefile.names.words import RESOURCES

_FIRST = [
    "ash",
    "black",
    "brad",
    "bur",
    "carl",
    "chil",
    "clif",
    "cran",
    "dar",
    "den",
    "east",
    "ed",
    "far",
    "gar",
    "hal",
    "har",
    "hol",
    "kirk",
    "lang",
    "law",
    "mar",
    "mid",
    "nor",
    "old",
    "pres",
    "ral",
    "red",
    "roth",
    "shel",
    "stan",
    "sut",
    "thorn",
    "wal",
    "war",
    "wes",
    "whit",
    "win",
    "wood",
    "yar",
]
_LAST = [
    "bourne",
    "by",
    "combe",
    "don",
    "field",
    "ford",
    "gate",
    "ham",
    "hurst",
    "ley",
    "low",
    "man",
    "mere",
    "more",
    "pole",
    "ridge",
    "shaw",
    "son",
    "stead",
    "stone",
    "stow",
    "ton",
    "wick",
    "well",
    "worth",
]
ORIGINS = (
    ("british", 60),
    ("irish", 7),
    ("south_asian", 12),
    ("polish", 7),
    ("arabic", 7),
    ("west_african", 7),
)
_KEYBOARD = "qwertyuiopasdfghjklzxcvbnm"


def _table(origin: str) -> list[str]:
    lines = (RESOURCES / f"{origin}.txt").read_text("utf-8").splitlines()
    return [line.partition(":")[0] for line in lines if line and not line.startswith("#")]


class _Skewed:
    """Draws from a list as names are drawn: the second half as often as the first, and so on."""

    def __init__(self, values: list[str], chance: random.Random) -> None:
        self._values = list(values)
        chance.shuffle(self._values)
        self._edges = list(accumulate(1 / (place + 8) for place in range(len(values))))

    def __call__(self, chance: random.Random) -> str:
        return self._values[bisect(self._edges, chance.random() * self._edges[-1])]


class Crowd:
    """Invented people, one after the other."""

    def __init__(self, seed: int = 2009) -> None:
        self.chance = random.Random(seed)
        made = [first + last for first in _FIRST for last in _LAST]
        surnames = _table("surnames") + _table("polish")[:0] + made
        self._families = _Skewed(surnames, self.chance)
        self._foreign = _Skewed(_table("surnames") + _table("arabic") + _table("south_asian"), self.chance)
        self._polish = _Skewed(
            [f"{one}{end}" for one in _FIRST[:20] for end in ("owski", "inski", "czyk", "ak", "ewicz")],
            self.chance,
        )
        self._given = {origin: _Skewed(_table(origin), self.chance) for origin, _ in ORIGINS}

    def name(self) -> str:
        """Somebody’s name, given names first."""
        origin = self.chance.choices([one for one, _ in ORIGINS], [share for _, share in ORIGINS])[0]
        given = [self._given[origin](self.chance) for _ in range(2 if self.chance.random() < 0.25 else 1)]
        families = {"polish": self._polish, "arabic": self._foreign, "south_asian": self._foreign}
        return " ".join([*given, families.get(origin, self._families)(self.chance)]).title()

    def born(self) -> date:
        """Somebody’s date of birth."""
        return date(1940, 1, 1) + timedelta(days=self.chance.randrange(31_000))

    def wrong(self, name: str) -> str:
        """A name as somebody else types it: letters wrong, parts swapped or left out."""
        words = name.split()
        for place, word in enumerate(words):
            if self.chance.random() < 0.6:
                words[place] = self._slip(word.lower())
        if self.chance.random() < 0.4:
            words = [words[-1], *words[:-1]]
        if len(words) > 2 and self.chance.random() < 0.4:
            del words[1]
        return " ".join(words)

    def _slip(self, word: str) -> str:
        at = self.chance.randrange(len(word))
        letter = self.chance.choice(_KEYBOARD)
        how = self.chance.randrange(4)
        if how == 0:
            return word[:at] + word[at + 1 :] if len(word) > 2 else word
        if how == 1:
            return word[:at] + letter + word[at:]
        if how == 2:
            return word[:at] + letter + word[at + 1 :]
        return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
