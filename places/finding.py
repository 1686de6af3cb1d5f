"""Which areas somebody means who has begun to write a name: a few, the likeliest first.

Held in memory between requests: areas are few and change a few times a year. What was typed is
looked for in every spelling of every area, in either language, and beside it in the names of the
areas above: "mastung baloch". Where nothing is written so, what sounds like it is offered.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic

from django.db.models import Count, Max

from core import spelling
from places.choices import Level
from places.gazetteer import Gazetteer, Place, folded
from places.models import Area, AreaAlias

MOST = 8
# One letter begins half of all names.
SHORTEST = 2
KEPT_SECONDS = 3600
ALIKE = 0.4
# Most is recorded in a district; who means the whole province writes its name.
ORDER = (Level.DISTRICT, Level.TEHSIL, Level.DIVISION, Level.PROVINCE)
# How well a spelling fits, best first.
SAME, BEGINS, HAS_WORD, HOLDS, SOUNDS = range(5)


@dataclass(frozen=True)
class Spelling:
    """One way to write one area, ready to be compared."""

    place: Place
    name: str
    # The same without spaces: Dera Ismail Khan is written in one word too.
    joined: str
    words: tuple[str, ...]
    # Words in the names of the areas above it.
    above: frozenset[str]
    sound: frozenset[str]
    is_doubtful: bool


@dataclass(frozen=True)
class FoundPlace:
    """One area as it is offered: its step, what lies above it, and what choosing it fills in."""

    place: Place
    above: tuple[Place, ...]
    province: Place
    district: Place | None
    tehsil: Place | None
    # Written exactly so, and so is nothing else.
    is_sure: bool = False

    @property
    def step(self) -> str:
        """`district`."""
        return str(Level(self.place.level).label).lower()


class Finder:
    """All current areas by all their spellings."""

    def __init__(self) -> None:
        known = Gazetteer()
        self.by_pk = known.by_pk
        above = {pk: _words_above(self.above(each)) for pk, each in self.by_pk.items()}
        self.spellings = [
            Spelling(
                place=place,
                name=name,
                joined=name.replace(" ", ""),
                words=tuple(name.split()),
                above=above[place.pk],
                sound=spelling.trigrams(spelling.sounded(name)),
                is_doubtful=is_doubtful,
            )
            for name, place, is_doubtful in known.spellings()
        ]
        self.by_sound: dict[str, list[int]] = defaultdict(list)
        for at, each in enumerate(self.spellings):
            for part in each.sound:
                self.by_sound[part].append(at)

    def found(self, typed: str, *, most: int = MOST) -> list[FoundPlace]:
        """The areas that may be meant, the likeliest first."""
        asked = folded(typed)
        if len(asked) < SHORTEST:
            return []
        fits = self._written(asked) or self._sounding(asked)
        best: dict[int, tuple[float, bool]] = {}
        for fit, each in fits:
            known = best.get(each.place.pk)
            if known is None or fit < known[0]:
                best[each.place.pk] = fit, each.is_doubtful
        ranked = sorted(best, key=lambda pk: (best[pk][0], *_order(self.by_pk[pk])))
        same = [pk for pk in best if best[pk] == (SAME, False)]
        is_sure = len([pk for pk in best if best[pk][0] == SAME]) == 1 == len(same)
        return [self.of(pk, is_sure=is_sure and pk in same) for pk in ranked[:most]]

    def _written(self, asked: str) -> list[tuple[float, Spelling]]:
        words, joined = asked.split(), asked.replace(" ", "")
        # A look at each spelling for what any fit needs: the rest is asked of few.
        near = [
            each
            for each in self.spellings
            if joined in each.joined
            or (len(words) > 1 and any(word in each.joined for word in words))
        ]
        fits = ((_fit(asked, joined, words, each), each) for each in near)
        return [(fit, each) for fit, each in fits if fit is not None]

    def _sounding(self, asked: str) -> list[tuple[float, Spelling]]:
        """What sounds like it, the likest first."""
        sound = spelling.trigrams(spelling.sounded(asked))
        near = {at for part in sound for at in self.by_sound.get(part, ())}
        likenesses = (
            (spelling.alike(sound, self.spellings[at].sound), self.spellings[at]) for at in near
        )
        return [(SOUNDS + 1 - how, each) for how, each in likenesses if how >= ALIKE]

    def of(self, pk: int, *, is_sure: bool = False) -> FoundPlace:
        """The area of this number with its ladder; raises KeyError where there is none."""
        place = self.by_pk[pk]
        above = self.above(place)
        ladder = {each.level: each for each in (place, *above)}
        return FoundPlace(
            place=place,
            above=above,
            province=ladder[Level.PROVINCE],
            district=ladder.get(Level.DISTRICT),
            tehsil=ladder.get(Level.TEHSIL),
            is_sure=is_sure,
        )

    def above(self, place: Place) -> tuple[Place, ...]:
        """What it lies in, the smallest first."""
        over = self.by_pk.get(place.above or 0)
        return (over, *self.above(over)) if over else ()


def _fit(asked: str, joined: str, words: list[str], each: Spelling) -> int | None:
    if joined == each.joined:
        return SAME
    if each.joined.startswith(joined):
        return BEGINS
    if _begin(words, each.words, each.above):
        return HAS_WORD
    return HOLDS if asked in each.name else None


def _begin(typed: list[str], own: tuple[str, ...], above: frozenset[str]) -> bool:
    """Whether each typed word begins one of the name or of those above, and one of its own."""
    in_own = [any(each.startswith(word) for each in own) for word in typed]
    return any(in_own) and all(
        is_own or any(each.startswith(word) for each in above)
        for word, is_own in zip(typed, in_own, strict=True)
    )


def _order(place: Place) -> tuple[int, str, int]:
    return ORDER.index(Level(place.level)), place.name, place.pk


def _words_above(above: Iterable[Place]) -> frozenset[str]:
    names = (name for each in above for name in (each.name, each.name_ur))
    return frozenset(word for name in names for word in folded(name).split())


_kept: dict[str, tuple[tuple[object, ...], Finder]] = {}


def finder() -> Finder:
    """The finder of these areas, made anew when areas or spellings came or went. Two queries."""
    stamp = (*_counted(Area), *_counted(AreaAlias), monotonic() // KEPT_SECONDS)
    kept = _kept.get("finder")
    if kept is None or kept[0] != stamp:
        kept = _kept["finder"] = stamp, Finder()
    return kept[1]


def _counted(model: type[Area] | type[AreaAlias]) -> tuple[object, ...]:
    return tuple(model._default_manager.aggregate(Count("pk"), Max("pk")).values())
