"""What the deeds of this room share: fetching, queueing, numbering, sources."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.timezone import localtime

from agencies.models import User
from agencies.numbers import next_number
from incidents import policies
from incidents.choices import Precision
from incidents.details import IncidentDetails, SourceDetails, When
from incidents.models import Incident, IncidentShare, Source


def fetch(incident_id: int, by: User) -> Incident:
    """The incident, locked; Incident.DoesNotExist where `by` may not see it."""
    return Incident.objects.visible_to(by).select_for_update(of=("self",)).get(pk=incident_id)


def fetch_for_change(incident_id: int, by: User) -> Incident:
    """The incident, locked, for somebody who may add to it and correct it."""
    incident = fetch(incident_id, by)
    if not policies.can_change_incident(by, incident):
        raise PermissionDenied
    return incident


def next_reference(details: IncidentDetails) -> str:
    """`INC-PK220-2023-0929-01`; zeros stand for what is not known of the day."""
    area = details.columns()["area"]
    prefix = f"INC-{area.code[:20]}-{_day(details.when)}-"
    return f"{prefix}{next_number(Incident, prefix):02d}"


def _day(when: When) -> str:
    if when.on_date is None:
        return "0000-0000"
    return (
        f"{when.on_date:%Y-%m}00"
        if when.precision == Precision.MONTH
        else f"{when.on_date:%Y-%m%d}"
    )


def sort_date(when: When, recorded_at: datetime) -> dict[str, object]:
    """The day the register sorts by: the incident's, or that of recording when it has none."""
    return {"sort_date": when.columns()["on_date"] or localtime(recorded_at).date()}


def name_reader(incident: Incident, person: User, *, at: datetime) -> None:
    """A RED record is read by named people only, so whoever makes it RED is named at once."""
    IncidentShare.objects.get_or_create(
        record=incident,
        to_person=person,
        to_agency=None,
        to_group=None,
        defaults={"shared_at": at, "shared_by": person},
    )


def source_of(incident: Incident, details: SourceDetails | None) -> Source | None:
    """The incident's source that these words name, made where new and graded where it was not."""
    if details is None or not details.title.strip():
        return None
    grade = {"reliability": details.reliability, "credibility": details.credibility}
    source, is_new = Source.objects.get_or_create(
        incident=incident,
        title=details.title.strip(),
        url=details.url,
        published=details.published,
        defaults=grade,
    )
    if not is_new and not source.grade and any(grade.values()):
        source.reliability, source.credibility = details.reliability, details.credibility
        source.save(update_fields=[*grade])
    return source


def next_position(rows: "models.QuerySet[models.Model]") -> int:
    """The place after the last of `rows`."""
    last: int | None = rows.aggregate(last=models.Max("position"))["last"]
    return (last or 0) + 1
