"""The homes of those who keep the house: the auditor's deeds, the system admin's links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import User
from audit.policies import has_whole_remit
from audit.selectors import Deed, as_deeds, events_in_remit

RECENT = 20
# The rooms whose lists the field edits.
KEPT = ("agencies", "places", "incidents", "reviews")


@dataclass(frozen=True)
class Watch:
    """What an auditor sees first."""

    deeds: Sequence[Deed]
    whole: bool
    sentence: str


@dataclass(frozen=True)
class Link:
    """A list that the system admin keeps."""

    words: str
    url: str


@dataclass(frozen=True)
class Keeping:
    """What a system admin keeps: people and reference data, and no content."""

    people: Sequence[Link]
    reference: Sequence[Link]
    sentence: str


def deeds_seen_by(user: User, *, today: date) -> Watch:
    """The latest deeds in the auditor's remit, and how many of them are of today."""
    events = list(events_in_remit(user).order_by("-at", "-id")[:RECENT])
    last = as_deeds(user, events)
    return Watch(deeds=last, whole=has_whole_remit(user), sentence=_sentence(user, today))


def _sentence(user: User, today: date) -> str:
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    count = events_in_remit(user).filter(at__gte=midnight).count()
    if not count:
        return _("No deed in your remit today.")
    return ngettext("One deed in your remit today.", "%(n)d deeds in your remit today.", count) % {
        "n": count
    }


def links_of(user: User, *, today: date) -> Keeping:  # noqa: ARG001 - one shape for all homes
    """People and sharing groups, and the lists of the reference pages."""
    people = [
        Link(words=_("People"), url=reverse("person_list")),
        Link(words=_("Sharing groups"), url=reverse("group_list")),
        Link(words=_("Documents in the making"), url=reverse("bulletins:job_list")),
    ]
    reference: list[Link] = []
    for model in admin.site._registry:
        meta = model._meta
        if meta.app_label not in KEPT:
            continue
        link = Link(
            words=str(meta.verbose_name_plural).capitalize(),
            url=reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"),
        )
        (people if meta.app_label == "agencies" else reference).append(link)
    return Keeping(
        people=people,
        reference=reference,
        sentence=_("You keep people and reference data. Your post shows you no records."),
    )
