"""Areas as a page shows them: the ladder from province to district, a search, one area."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import BooleanField, ExpressionWrapper, F, Prefetch, Q
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from places.choices import SEVERAL, Level
from places.finding import finder
from places.locators import Locator, Shape
from places.models import Area, AreaAlias

AreaChoices = list[tuple[str, list[tuple[int, str]]]]
MOST_HITS = 50
# A tehsil has no shape of its own: it is a point in its district.
LISTED = (Level.PROVINCE, Level.DIVISION, Level.DISTRICT)


@dataclass
class Branch:
    """An area and what lies in it."""

    area: Area
    branches: list["Branch"] = field(default_factory=list)

    @property
    def divisions(self) -> list["Branch"]:
        """What is divided further."""
        return [each for each in self.branches if each.area.level == Level.DIVISION]

    @property
    def districts(self) -> list[Area]:
        """What is not."""
        return [each.area for each in self.branches if each.area.level == Level.DISTRICT]


@dataclass(frozen=True)
class Hits:
    """Areas found, each with the spellings that fit as `fitting`; and whether there are more."""

    areas: list[Area]
    more: bool


@dataclass(frozen=True)
class AreaPage:
    """One area with all that is known of it."""

    area: Area
    above: list[Area]
    below: list[tuple[str, list[Area]]]
    aliases: list[AreaAlias]
    locator: Locator | None


def gazetteer() -> list[Branch]:
    """Every current province with its divisions and districts, by name. One query."""
    columns = ("name", "name_ur", "level", "parent_id")
    areas = Area.objects.current().filter(level__in=LISTED).order_by("name", "id").only(*columns)
    branches = {area.pk: Branch(area) for area in areas}
    for branch in branches.values():
        above = branches.get(branch.area.parent_id or 0)
        if above:
            above.branches.append(branch)
    return [each for each in branches.values() if each.area.level == Level.PROVINCE]


def found(words: str) -> Hits:
    """The first areas whose names fit, however spelled, widest first. Four queries."""
    meant = [each.place.pk for each in finder().found(words, most=MOST_HITS + 1)]
    fitting = (
        AreaAlias.objects.filter(alias__icontains=words)
        .exclude(alias__iexact=F("area__name"))
        .order_by("alias")
    )
    areas = list(
        (Area.objects.named(words) | Area.objects.filter(pk__in=meant))
        .widest_first()
        .with_parents()
        .prefetch_related(Prefetch("aliases", queryset=fitting, to_attr="fitting"))[: MOST_HITS + 1]
    )
    return Hits(areas[:MOST_HITS], more=len(areas) > MOST_HITS)


def area_page(area: Area) -> AreaPage:
    """All that the page of `area` shows; it comes with the areas above it. Three queries."""
    return AreaPage(
        area=area,
        above=above(area),
        below=_below(area),
        aliases=list(area.aliases.order_by("alias")),
        locator=_locator(area),
    )


def above(area: Area) -> list[Area]:
    """The areas that it lies in, the widest first."""
    chain: list[Area] = []
    each = area.parent
    while each is not None:
        chain.insert(0, each)
        each = each.parent
    return chain


def _below(area: Area) -> list[tuple[str, list[Area]]]:
    by_level: dict[str, list[Area]] = defaultdict(list)
    for child in area.children.current().order_by("name", "id").defer("shape"):
        by_level[child.level].append(child)
    return [(str(SEVERAL[level]), by_level[level]) for level in Level if by_level[level]]


def _locator(area: Area) -> Locator | None:
    """The shapes to draw, None where the sources have none. One query."""
    is_here, around, whole = _drawn(area)
    rows = (
        Area.objects.filter(is_here | around, shape__isnull=False)
        .annotate(here=ExpressionWrapper(is_here, BooleanField()))
        .order_by("id")
        .values_list("here", "shape")
    )
    shapes: list[tuple[bool, Shape]] = [(here, shape or {}) for here, shape in rows]
    mine = [shape for here, shape in shapes if here]
    point = _point(area)
    if not mine and not (point and shapes):
        return None
    others = [shape for here, shape in shapes if not here]
    return Locator(whole=whole, around=others, here=mine, point=point)


def _drawn(area: Area) -> tuple[Q, Q, str]:
    """Which areas stand for it on the map, which are drawn round it, and their name."""
    if area.level == Level.PROVINCE:
        return Q(pk=area.pk), Q(level=Level.PROVINCE, valid_to=None), gettext("Pakistan")
    if area.level == Level.DIVISION:
        return Q(parent=area, valid_to=None), Q(pk=area.province_id), _label(area.province)
    if area.level == Level.DISTRICT:
        return Q(pk=area.pk), Q(pk=area.province_id), _label(area.province)
    # A tehsil often bears the name of its district.
    whole = gettext("the district of %(name)s") % {"name": _label(area.parent)}
    return Q(pk=area.pk), Q(pk=area.parent_id), whole


def _label(area: Area | None) -> str:
    return area.label if area else ""


def _point(area: Area) -> tuple[float, float] | None:
    """The middle of a tehsil: the sources draw no lines of it."""
    if area.level != Level.TEHSIL or area.longitude is None or area.latitude is None:
        return None
    return area.longitude, area.latitude


def area_choices() -> AreaChoices:
    """Provinces, each with its districts."""
    areas = list(
        Area.objects.current()
        .filter(level__in=[Level.PROVINCE, Level.DISTRICT])
        .defer("shape")
        .order_by("name")
    )
    provinces = [area for area in areas if area.level == Level.PROVINCE]
    return [
        (
            province.label,
            [(province.pk, _("All of %(province)s") % {"province": province.label})]
            + [(area.pk, area.label) for area in areas if area.province_id == province.pk],
        )
        for province in provinces
    ]
