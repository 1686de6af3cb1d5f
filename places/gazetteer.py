"""Which area a name or a P-code means, as other people's files write it.

Held in memory: a file of a million rows asks a million times. A name that fits several areas is
never decided here; whoever loads the file is asked, and answers once for the whole file.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language

from core import spelling
from places.choices import Edition, Level
from places.models import Area, AreaAlias
from places.old_districts import old_districts, old_provinces

# What is written around a name: "Charsadda district", "Sindh province", "ضلع چارسدہ".
AROUND = re.compile(
    r"\b(?:district|province|division|tehsil|taluka|agency|town|city|territory|the"
    r"|ضلع|صوبہ|ڈویژن|تحصیل|شہر)\b"
)
# A code of OCHA, whose meaning is another in another year.
PCODE = re.compile(r"PK\d+")
# Other names of provinces, today's and those of older files.
PROVINCES = {
    "PK1": ("Azad Jammu and Kashmir", "Azad Jammu & Kashmir", "AJK", "Azad Kashmir"),
    "PK2": ("Balochistan", "Baluchistan"),
    "PK3": ("Gilgit-Baltistan", "Gilgit Baltistan", "Northern Areas"),
    "PK4": ("Islamabad", "Islamabad Capital", "Islamabad Capital Territory (ICT)", "ICT"),
    "PK5": (
        *("Khyber Pakhtunkhwa", "Khyber Pakhtunkwa", "KPK", "KP"),
        *("North-West Frontier Province", "North-West Frontier", "NWFP"),
        # Merged into it in 2018.
        *("Federally Administered Tribal Areas", "Federally Administered Tribal Areas (FATA)"),
        "FATA",
    ),
    "PK6": ("Punjab",),
    "PK7": ("Sindh", "Sind"),
}


@lru_cache(maxsize=1 << 14)
def folded(name: str) -> str:
    """The name as names are compared: without case, marks, punctuation and "district"."""
    letters = spelling.folded(name)
    core = " ".join(AROUND.sub(" ", letters).split())
    return core or letters


@dataclass(frozen=True)
class Place:
    """An area as the loading of files needs it."""

    pk: int
    code: str
    level: str
    province: int | None
    above: int | None
    name: str
    name_ur: str

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_ur if self.name_ur and get_language() == "ur" else self.name


@dataclass(frozen=True)
class Meant:
    """What a name may mean: one place, several that must be asked about, or none."""

    places: tuple[Place, ...] = ()

    @property
    def only(self) -> Place | None:
        """The one place that is meant, None where it is none or not certain."""
        return self.places[0] if len(self.places) == 1 else None

    @property
    def is_doubtful(self) -> bool:
        return len(self.places) > 1


class Gazetteer:
    """All current areas and every spelling of them. Two queries, then none."""

    def __init__(self, answers: Mapping[str, str] | None = None, *, edition: str = "") -> None:
        """`answers` says which code a folded name means in this file, `edition` of which year
        its P-codes are; blank where nobody said."""
        self.edition = edition
        self.by_pk = {each.pk: each for each in _places()}
        self.by_code = {each.code: each for each in self.by_pk.values()}
        self._names: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._doubted: set[tuple[str, str]] = set()
        self._old_codes: dict[tuple[str, str], set[int]] = defaultdict(set)
        # What a name meant before the district was parted: asked of a list, not of who types today.
        self._parted: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._learn_names()
        self._learn_aliases()
        self._learn_old_districts()
        known = {folded(name): code for name, code in (answers or {}).items()}.items()
        self._answers = {name: self.by_code[code] for name, code in known if code in self.by_code}

    def _learn_names(self) -> None:
        for place in self.by_pk.values():
            code = "" if PCODE.fullmatch(place.code) else place.code
            for name in filter(None, (place.name, place.name_ur, code)):
                self._names[place.level, folded(name)].add(place.pk)
        for code, names in PROVINCES.items():
            if code in self.by_code:
                for name in names:
                    self._names[Level.PROVINCE, folded(name)].add(self.by_code[code].pk)

    def _learn_aliases(self) -> None:
        for area, alias, doubted in AreaAlias.objects.values_list("area", "alias", "is_ambiguous"):
            if area in self.by_pk:
                key = self.by_pk[area].level, folded(alias)
                self._names[key].add(area)
                if doubted:
                    self._doubted.add(key)

    def spellings(self) -> Iterator[tuple[str, Place, bool]]:
        """Every folded name, an area that bears it, and whether it names another one too."""
        for key, bearers in self._names.items():
            for pk in bearers:
                yield key[1], self.by_pk[pk], key in self._doubted

    def _learn_old_districts(self) -> None:
        """What was parted since is asked about, whether its name or its code is written."""
        for old in old_districts():
            parts = {self.by_code[code].pk for code in old.now if code in self.by_code}
            self._old_codes[Level.DISTRICT, old.code] |= parts
            if len(old.now) > 1:
                self._parted[Level.DISTRICT, folded(old.name)] |= parts
        for code, now in old_provinces().items():
            if now in self.by_code:
                self._old_codes[Level.PROVINCE, code].add(self.by_code[now].pk)

    def province(self, name: str) -> Meant:
        """What is meant where a province was to be named."""
        return self._meant(Level.PROVINCE, name, None)

    def asks_edition(self, name: str) -> bool:
        """Whether it is a P-code, and nobody said of which year."""
        return not self.edition and bool(PCODE.fullmatch(name.strip().upper()))

    def district(self, name: str, *, province: Place | None = None) -> Meant:
        """What is meant where a district was to be named; an answer may be a wider area."""
        answer = self._answers.get(folded(name))
        return Meant((answer,)) if answer else self._meant(Level.DISTRICT, name, province)

    def tehsil(self, name: str, *, province: Place | None = None) -> Meant:
        """The tehsil of this name."""
        return self._meant(Level.TEHSIL, name, province)

    def _meant(self, level: str, name: str, province: Place | None) -> Meant:
        code = name.strip().upper()
        if PCODE.fullmatch(code):
            numbers, doubted = self._coded(level, code), False
        else:
            key = level, folded(name)
            numbers = self._names.get(key, set()) | self._parted.get(key, set())
            doubted = key in self._doubted or key in self._parted
        found = [self.by_pk[pk] for pk in sorted(numbers)]
        if province is not None:
            found = [each for each in found if each.province == province.pk]
        if len(found) == 1 and doubted:
            found += self._wider(found)
        return Meant(tuple(found))

    def _coded(self, level: str, code: str) -> set[int]:
        """Every meaning of a P-code: in its year where that is known, else in either."""
        found = set()
        if self.edition != Edition.OF_2018 and (now := self.by_code.get(code)):
            found |= {now.pk} if now.level == level else set()
        if self.edition != Edition.OF_2022:
            found |= self._old_codes.get((level, code), set())
        return found

    def _wider(self, found: Iterable[Place]) -> list[Place]:
        """The division above a name that once meant more than the district of today."""
        return [self.by_pk[each.above] for each in found if each.above in self.by_pk]

    def offered(self, name: str) -> list[Place]:
        """What to offer to somebody who is asked what a name means: all of its division too.

        The wider areas first, then what the name is known to mean, then what lies beside it.
        """
        meant = self.district(name).places
        above = {each.above for each in meant if each.level == Level.DISTRICT}
        beside = [each for each in self.by_pk.values() if each.above in above and each.above]
        wider = [self.by_pk[pk] for pk in above if pk in self.by_pk]
        likely = {each for each in meant if each.level == Level.DISTRICT}
        rest = {each for each in beside if each.level == Level.DISTRICT} - likely
        return [place for some in ({*wider}, likely, rest) for place in sorted(some, key=_by_name)]


def _places() -> list[Place]:
    rows = Area.objects.current().values_list(
        "pk", "code", "level", "province_id", "parent_id", "name", "name_ur"
    )
    return [Place(*row) for row in rows]


def _by_name(place: Place) -> str:
    return place.name
