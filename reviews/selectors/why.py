"""Section E gathered for reading: findings with what hangs from them, their causes, the ratings.

One query, however many findings; files as far as the reader may see them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies.models.marking import Person
from reviews.causes import Chain, Link, Node, chains_of
from reviews.choices import BodyRole, FindingKind, Phase
from reviews.models import (
    CapabilityRating,
    CauseLink,
    FailureCategory,
    Finding,
    FindingBody,
    FindingEvidence,
    Review,
)
from reviews.selectors.gathering import Found, Lists, gathered, under

# How the list of findings may be put in order, by the word in the address.
WAYS = ("kind", "category", "phase")


@dataclass(frozen=True)
class Joint:
    """A link as one of its two findings tells it."""

    did: str
    number: int
    title: str
    text: str


@dataclass
class FindingLine:
    """One finding as a page shows it."""

    finding: Finding
    principal: list[FindingBody] = field(default_factory=list)
    contributing: list[FindingBody] = field(default_factory=list)
    cleared: list[FindingBody] = field(default_factory=list)
    affected: list[FindingBody] = field(default_factory=list)
    others: list[FailureCategory] = field(default_factory=list)
    files: list[FindingEvidence] = field(default_factory=list)
    led_by: list[Joint] = field(default_factory=list)
    led_to: list[Joint] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """Findings of one kind, category or phase."""

    label: str | Promise
    lines: list[FindingLine]


@dataclass(frozen=True)
class Why:
    """Section E."""

    lines: list[FindingLine]
    chains: list[Chain]
    ratings: list[CapabilityRating]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of each kind there are, in the order of the kinds."""
        kinds = [line.finding.kind for line in self.lines]
        return [(str(kind.label), kinds.count(kind)) for kind in FindingKind if kind in kinds]

    @property
    def titles(self) -> dict[int, str]:
        """Titles by number."""
        return {line.finding.number: line.finding.title for line in self.lines}

    @property
    def numbers(self) -> dict[int, int]:
        """Numbers in the database by number in the review."""
        return {line.finding.number: line.finding.pk for line in self.lines}


def why_of(review: Review, reader: Person) -> Why:
    """Findings, causes and ratings of a review, as far as `reader` may see them."""
    return why_from(gathered(review, **why_asked(review, reader)))


def why_asked(review: Review, reader: Person) -> Lists:
    """What `why_from` reads."""
    files = FindingEvidence.objects.visible_to(reader).filter(finding__review=review)
    return {
        **grounds_asked(review),
        "files": files.select_related("evidence").order_by("id"),
    }


def grounds_asked(review: Review) -> Lists:
    """Of that, what every reader of the review sees: all but the files."""
    of = {"finding__review": review}
    ratings = CapabilityRating.findings.through.objects
    return {
        "findings": review.findings.select_related("category__parent").order_by("number"),
        "bodies": FindingBody.objects.filter(**of).select_related("agency").order_by("id"),
        "coded": Finding.other_categories.through.objects.filter(**of)
        .select_related("failurecategory")
        .order_by("failurecategory__code"),
        "links": CauseLink.objects.filter(cause__review=review).order_by("id"),
        "ratings": review.ratings.order_by("id"),
        "explaining": ratings.filter(capabilityrating__review=review).order_by("finding__number"),
    }


def why_from(gathered_rows: Found) -> Why:
    """The section as it was gathered."""
    found: list[Finding] = gathered_rows["findings"]
    bodies = under(gathered_rows["bodies"], "finding_id")
    coded = under(gathered_rows["coded"], "finding_id")
    files = under(gathered_rows["files"], "finding_id")
    lines = {
        each.pk: FindingLine(
            finding=each,
            principal=[row for row in bodies[each.pk] if row.role == BodyRole.PRINCIPAL],
            contributing=[row for row in bodies[each.pk] if row.role == BodyRole.CONTRIBUTING],
            cleared=[row for row in bodies[each.pk] if row.role == BodyRole.CLEARED],
            affected=[row for row in bodies[each.pk] if row.role == BodyRole.AFFECTED],
            others=[row.failurecategory for row in coded[each.pk]],
            files=files[each.pk],
        )
        for each in found
    }
    links: list[CauseLink] = gathered_rows["links"]
    for each in links:
        cause, effect = lines[each.cause_id], lines[each.effect_id]
        cause.led_to.append(_joint(each, effect.finding))
        effect.led_by.append(_joint(each, cause.finding))
    for line in lines.values():
        line.led_to.sort(key=lambda joint: joint.number)
        line.led_by.sort(key=lambda joint: joint.number)
    numbers = {pk: line.finding.number for pk, line in lines.items()}
    return Why(
        lines=list(lines.values()),
        chains=chains_of(
            (Node(each.number, each.title, each.kind, each.get_kind_display()) for each in found),
            (
                Link(numbers[each.cause_id], numbers[each.effect_id], each.kind, each.text)
                for each in links
            ),
        ),
        ratings=_explained(gathered_rows, numbers),
    )


def _explained(found: Found, numbers: Mapping[int, int]) -> list[CapabilityRating]:
    explaining = under(found["explaining"], "capabilityrating_id")
    ratings: list[CapabilityRating] = found["ratings"]
    for each in ratings:
        numbered = [numbers[row.finding_id] for row in explaining[each.pk]]
        each.explained_by = numbered  # type: ignore[attr-defined]  # as `ratings_of` names it
    return ratings


def ratings_of(review: Review) -> "QuerySet[CapabilityRating]":
    """The ratings in the order they were given; `explained_by`: numbers of findings."""
    numbers = ArrayAgg(
        "findings__number",
        filter=Q(findings__isnull=False),
        order_by="findings__number",
        default=Value([]),
    )
    return review.ratings.annotate(explained_by=numbers).order_by("id")


def grouped(lines: Sequence[FindingLine], by: str) -> list[Group]:
    """The findings by kind, by stage of their category or by phase; otherwise one list."""
    if by == "kind":
        return _by(lines, [(kind.value, kind.label) for kind in FindingKind], _kind)
    if by == "phase":
        return _by(lines, [(phase.value, phase.label) for phase in Phase], _phase)
    if by == "category":
        stages = {_stage(line): _stage_label(line) for line in lines}
        return _by(lines, sorted(stages.items(), key=lambda pair: pair[0] or "~"), _stage)
    return [Group("", list(lines))] if lines else []


def _kind(line: FindingLine) -> str:
    return line.finding.kind


def _phase(line: FindingLine) -> str:
    return line.finding.phase


def _stage(line: FindingLine) -> str:
    category = line.finding.category
    return category.code.split(".")[0] if category else ""


def _stage_label(line: FindingLine) -> str:
    category = line.finding.category
    if category is None:
        return _("Not coded yet")
    stage = category.parent or category
    return f"{stage.code} {stage.label}"


def _by(
    lines: Sequence[FindingLine],
    order: Iterable[tuple[str, "str | Promise"]],
    key: Callable[[FindingLine], str],
) -> list[Group]:
    held: dict[str, list[FindingLine]] = defaultdict(list)
    for line in lines:
        held[key(line)].append(line)
    return [Group(label, held[word]) for word, label in order if held.get(word)]


def _joint(link: CauseLink, other: Finding) -> Joint:
    return Joint(link.get_kind_display(), other.number, other.title, link.text)
