"""The commander's digest: at most seven things, each with the reason why it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Marked, User
from bulletins.choices import Ask
from bulletins.models import Bulletin, BulletinLesson, Receipt
from core import text
from incidents.choices import TargetType
from incidents.models import Incident
from lessons.models import Lesson, RecurrenceCase
from lessons.selectors.recurrences import SeenRecurrence, see, visible_recurrences
from places.models import Area
from reviews.choices import SHORT_KINDS
from reviews.models import Finding, Review

MOST = 7
# Unicode isolates: an English title keeps its own direction in an Urdu line, and the reverse.
# A mark without a shape: the sentence runs as the page does, whatever title it begins with.
RUNS = {"en": "\u200e", "ur": "\u200f"}
# Places kept for what came back, so that lessons never crowd it out.
MOST_CAME_BACK = 2
# What kind of agency is hit when which target is aimed at.
FORCE_TARGETS = {
    "police": TargetType.POLICE,
    "ctd": TargetType.POLICE,
    "levies": TargetType.POLICE,
    "military": TargetType.MILITARY,
    "civil_armed_force": TargetType.MILITARY,
}


@dataclass(frozen=True)
class Item:
    """One thing of the digest."""

    kind: str
    ref: str
    title: str
    url: str
    do: str
    why: str
    # The records it names: the page is marked as high as the highest of them.
    shows: Sequence[Marked]
    due: date | datetime | None = None
    came_back: bool = False


@dataclass(frozen=True)
class Ground:
    """What a commander answers for: areas with all below and above them, and the force."""

    areas: Sequence[int]
    above: Sequence[int]
    force: str

    @classmethod
    def of(cls, user: User) -> "Ground":
        """The person's areas; without any, the agency's province."""
        rows: list[tuple[int, int | None]] = list(user.areas.values_list("pk", "province_id"))
        if not rows and user.agency.province_id:
            rows = [(user.agency.province_id, None)]
        return cls(
            areas=[pk for pk, _province in rows],
            above=[province for _pk, province in rows if province],
            force=FORCE_TARGETS.get(user.agency.kind, ""),
        )

    def incidents(self, user: User) -> QuerySet[Incident]:
        """Incidents there that the person may see."""
        areas = Area.objects.filter(pk__in=self.areas)
        return Incident.objects.visible_to(user).standing().in_areas(areas)


def digest(user: User, receipts: Sequence[Receipt]) -> list[Item]:
    """Bulletins that wait for the agency, what came back, then lessons that fit best."""
    ground = Ground.of(user)
    bulletins = [_bulletin(receipt) for receipt in receipts][:MOST]
    came_back = _came_back(user, ground)[: min(MOST_CAME_BACK, MOST - len(bulletins))]
    left = MOST - len(bulletins) - len(came_back)
    told = [receipt.bulletin_id for receipt in receipts]
    lessons = [_lesson(each) for each in _fitting(user, ground, told)[:left]]
    return [*bulletins, *came_back, *lessons]


def waiting_receipts(user: User) -> list[Receipt]:
    """Bulletins released to the agency that it has not answered, or not even opened."""
    owed = Receipt.objects.owed_by(user.agency)
    unopened = Receipt.objects.live().filter(agency=user.agency, opened_at=None)
    return list(
        (owed | unopened)
        .filter(bulletin__in=Bulletin.objects.visible_to(user))
        .select_related("bulletin", "release")
        .order_by(F("release__acknowledge_by").asc(nulls_last=True), "-release__shared_at", "id")
    )


def _bulletin(receipt: Receipt) -> Item:
    release, bulletin = receipt.release, receipt.bulletin
    due: date | datetime | None = None
    if release.ask == Ask.READ:
        why = _("It was released to your agency, and nobody has opened it yet.")
    elif receipt.acknowledged_at is None:
        why, due = _("Your agency was asked to acknowledge it."), release.acknowledge_by
    else:
        why = _("Your agency acknowledged it and has not said what was done.")
        due = release.act_by
    return Item(
        kind=_("Bulletin"),
        ref=bulletin.reference,
        title=bulletin.title,
        url=bulletin.get_absolute_url(),
        do=bulletin.bottom_line,
        why=why,
        shows=(bulletin,),
        due=due,
    )


def _came_back(user: User, ground: Ground) -> list[Item]:
    here = RecurrenceCase.objects.filter(incident__in=ground.incidents(user))
    rows = visible_recurrences(user).filter(pk__in=here.values("recurrence"))
    local = set(here.values_list("recurrence_id", "incident_id") if ground.areas else ())
    seen = [see(row) for row in rows.order_by("-recorded_at", "-id")[: MOST * 2]]
    twice = [each for each in seen if each.gap is not None]
    twice.sort(key=lambda each: max(c.day for c in each.cases if c.day), reverse=True)
    items = []
    for each in twice:
        days = each.gap or 0
        nearest = next(
            c.incident
            for c in each.cases
            if c.incident and (each.recurrence.pk, c.incident.pk) in local
        )
        items.append(
            Item(
                kind=ngettext("Came back after %(n)s day", "Came back after %(n)s days", days)
                % {"n": f"{days:,}"},
                ref="",
                title=each.recurrence.failure,
                url=nearest.get_absolute_url() + "#before",
                do=_recurrence_words(each),
                why=_("One of them was in %(district)s, where you answer for security.")
                % {"district": nearest.area_label},
                shows=[each.recurrence, *(c.incident for c in each.cases if c.incident)],
                came_back=True,
            )
        )
    return items


def _recurrence_words(seen: SeenRecurrence) -> str:
    """Which incidents, on which days, and what differed."""
    cases = [
        f"{text.isolated(case.incident.label)} ({text.short_date(case.day)})"
        for case in seen.cases
        if case.incident and case.day
    ]
    differed = seen.recurrence.what_differed
    return f"{RUNS[text.language()]}{'; '.join(cases)}. {differed}".strip()


def _fitting(user: User, ground: Ground, told: Sequence[int]) -> QuerySet[Lesson]:
    """Endorsed lessons by how well they fit; those in a bulletin shown above are left out."""
    areas = Lesson.areas.through.objects.filter(lesson=OuterRef("pk"))
    there = Q(area_id__in=[*ground.areas, *ground.above]) | Q(area__province_id__in=ground.areas)
    findings = Finding.objects.filter(
        lessons=OuterRef("pk"), review__in=Review.objects.visible_to(user)
    )
    below = Q(review__incident__district__in=ground.areas)
    below |= Q(review__incident__province__in=ground.areas)
    own_failures = Finding.objects.filter(
        review__in=Review.objects.visible_to(user).settled().filter(agency_id=user.agency_id),
        kind__in=SHORT_KINDS,
        category__isnull=False,
    )
    aimed = ground.incidents(user).exclude(target_type=TargetType.UNKNOWN).values("target_type")
    in_bulletin = BulletinLesson.objects.filter(bulletin__in=told, lesson=OuterRef("pk"))
    return (
        Lesson.objects.visible_to(user)
        .endorsed()
        .filter(~Exists(in_bulletin))
        .annotate(
            names_area=Exists(areas.filter(there)),
            elsewhere=Exists(areas.exclude(there)),
            from_here=Exists(findings.filter(below)),
            same_failure=Exists(own_failures.filter(category=OuterRef("category"))),
            own_target=_flag(Q(target_type=ground.force) & ~Q(target_type="")),
            aimed_here=_flag(Q(target_type__in=aimed)),
        )
        .annotate(
            fit=F("own_target") * 2
            + F("aimed_here")
            + _points("names_area", 4)
            + _points("from_here", 3)
            + _points("same_failure", 2)
        )
        .filter(Q(fit__gt=0), Q(names_area=True) | Q(elsewhere=False))
        .select_related("category")
        .order_by("-fit", "-endorsed_at", "-id")
    )


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _points(flag: str, points: int) -> Case:
    when = When(Q(**{flag: True}), then=Value(points))
    return Case(when, default=Value(0), output_field=IntegerField())


def _lesson(lesson: Lesson) -> Item:
    return Item(
        kind=str(lesson.get_kind_display()),
        ref=lesson.reference,
        title=lesson.label,
        url=lesson.get_absolute_url(),
        do=lesson.recommendation,
        why=_why(lesson),
        shows=(lesson,),
    )


def _why(lesson: Lesson) -> str:
    """The reasons that put it here, the strongest first."""
    asked = {
        "names_area": _("It names your district or province."),
        "from_here": _("It was drawn from an incident in your area."),
        "same_failure": _("A review of your agency found the same kind of failure."),
        "own_target": _("It is about attacks on a force like yours."),
        "aimed_here": _("Incidents in your area were aimed at the same kind of target."),
    }
    return " ".join(words for name, words in asked.items() if getattr(lesson, name))
