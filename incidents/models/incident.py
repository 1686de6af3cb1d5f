"""The incident: the record everything else hangs from."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Marked, MarkedQuerySet, NeverWider, Share, User
from incidents.choices import (
    OF_INCIDENTS,
    POINTED,
    AttackType,
    Delivery,
    Occasion,
    PlacePrecision,
    TargetType,
    YesNoUnknown,
)
from incidents.models.moments import Moment
from places.choices import Level
from places.models import Area, area_label

# Who marks an incident RED is named before it is RED; any further reader is a widening.
REFUSE_RED_READER = """
    PERFORM set_config('aar.inside', 'yes', true);
    IF EXISTS (SELECT 1 FROM incidents_incident i WHERE i.id = NEW.record_id AND i.tlp = 'RED')
        AND NOT EXISTS (SELECT 1 FROM incidents_incidentwidening w
            WHERE w.record_id = NEW.record_id AND w.reader_id = NEW.to_person_id
            AND w.granted_in = pg_current_xact_id()::text::bigint) THEN
        RAISE EXCEPTION 'a reader of incident % is named without a second person', NEW.record_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'widened_by_two_people';
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NEW;
"""


PLACED = pgtrigger.UpdateOf("area_id", "district_id", "province_id")  # type: ignore[no-untyped-call]
# One place, said in four columns: the smallest area that is named is what the others follow.
PLACE_FOLLOWS = """
    IF NEW.district_id IS NOT NULL
        AND (TG_OP = 'INSERT' OR NEW.area_id IS NOT DISTINCT FROM OLD.area_id) THEN
        NEW.area_id := NEW.district_id;
    END IF;
    SELECT level, province_id INTO found FROM places_area WHERE id = NEW.area_id;
    NEW.province_id := CASE WHEN found.level = 'PROVINCE' THEN NEW.area_id
        ELSE found.province_id END;
    NEW.district_id := CASE WHEN found.level = 'DISTRICT' THEN NEW.area_id END;
    RETURN NEW;
"""


class IncidentQuerySet(MarkedQuerySet["Incident"]):
    def standing(self) -> "IncidentQuerySet":
        """Without what was recorded in error and withdrawn: it is read on its page, and counts
        nowhere."""
        return self.filter(withdrawn_at=None)

    def in_areas(self, areas: "models.QuerySet[Area]") -> "IncidentQuerySet":
        """Incidents in any of these districts, or in a district of any of these provinces."""
        return self.filter(Q(district__in=areas) | Q(province__in=areas))

    def recorded_in(self, area: Area) -> "IncidentQuerySet":
        """Incidents whose place lies in `area`, whatever step of the ladder it is."""
        where = {
            Level.PROVINCE: Q(province=area),
            Level.DIVISION: Q(area=area) | Q(district__parent=area),
            Level.DISTRICT: Q(district=area),
            Level.TEHSIL: Q(tehsil=area),
        }
        return self.filter(where[Level(area.level)])


class Incident(Marked, Moment):
    """What happened, where and when, as far as it is known; never more certain than the record."""

    reference = models.CharField(_("reference"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    title_ur = models.CharField(_("title in Urdu"), max_length=200, blank=True)
    summary = models.TextField(_("what happened"), blank=True)
    when_note = models.CharField(_("note on the time"), max_length=300, blank=True)
    # The day the register sorts by: on_date, or the day of recording when no day is known.
    sort_date = models.DateField()
    # The smallest area that is known to hold it; None where no more than the country is. The
    # district and the province follow from it (`place_follows`); they are what everything asks for.
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    province = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("province")
    )
    district = models.ForeignKey(
        *(Area, models.PROTECT),
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name=_("district"),
    )
    tehsil = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tehsil")
    )
    place_text = models.CharField(_("place"), max_length=200, blank=True)
    police_station = models.CharField(_("police station"), max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # How exactly the place is known; a point no exacter than its district is never drawn as one.
    place_precision = models.CharField(
        *(_("place precise to"),),
        max_length=8,
        choices=PlacePrecision,
        default=PlacePrecision.DISTRICT,
    )
    attack_type = models.CharField(_("kind of attack"), max_length=2, choices=AttackType)
    suicide = models.CharField(
        _("suicide attack"), max_length=7, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN
    )
    delivery = models.CharField(
        _("how the device was brought"), max_length=8, choices=Delivery, default=Delivery.UNKNOWN
    )
    target_type = models.CharField(
        _("aimed at"), max_length=2, choices=TargetType, default=TargetType.UNKNOWN
    )
    target_text = models.CharField(_("target, in words"), max_length=200, blank=True)
    # As a source names it; said of the incident by somebody, never found by a court.
    group_named = models.CharField(_("group named"), max_length=200, blank=True)
    was_foiled = models.BooleanField(_("foiled"), default=False)
    hazards = models.CharField(_("hazards remaining"), max_length=300, blank=True)
    occasion = models.CharField(_("occasion"), max_length=12, choices=Occasion, blank=True)
    agencies_on_scene = models.TextField(_("agencies on the scene"), blank=True)
    # The post, the office or the kind of caller that told of it first; no private names.
    reporter = models.CharField(_("reported by"), max_length=200, blank=True)
    # Whether any body is known to have published a review of it (outside this product).
    official_review_known = models.BooleanField(default=False)
    # Recorded in error. Nothing is deleted: its readers stay, and see why.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.CharField(_("why it is withdrawn"), max_length=300, blank=True)
    # The record of the same incident that stands, where this one was recorded a second time.
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="also_recorded"
    )
    lock_version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="incidents_recorded")
    # The form, the example or the row of a data set it came from: the same twice is one incident.
    origin = models.CharField(max_length=120, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta(Marked.Meta, Moment.Meta):
        abstract = False
        constraints = [
            *Marked.Meta.constraints,
            *Moment.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="incident_has_a_title"),
            models.CheckConstraint(
                condition=Q(on_date=None) | Q(sort_date=F("on_date")),
                name="incident_sorts_by_its_day",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="incident_point_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(precision__in=OF_INCIDENTS, place_precision__in=PlacePrecision.values),
                name="incident_precision_is_known",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
                name="incident_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(same_as=None) | (Q(withdrawn_at__isnull=False) & ~Q(same_as=F("id"))),
                name="incident_is_the_same_as_another",
            ),
            models.UniqueConstraint(
                fields=["agency", "origin"],
                condition=~Q(origin=""),
                name="incident_once_an_origin",
            ),
        ]
        indexes = [
            models.Index(fields=["-sort_date", "-id"], name="incident_register"),
            models.Index(fields=["district", "-sort_date", "-id"], name="incident_of_district"),
            models.Index(fields=["agency", "-sort_date", "-id"], name="incident_of_agency"),
            models.Index(
                fields=["-sort_date", "-id"],
                condition=Q(place_precision__in=POINTED, latitude__isnull=False),
                name="incident_pointed",
            ),
            # What happened before at the very place, and what else the group is named for.
            models.Index(
                fields=["district", "place_text", "-sort_date"],
                condition=~Q(place_text=""),
                name="incident_of_place",
            ),
            models.Index(
                fields=["group_named", "-sort_date"],
                condition=~Q(group_named=""),
                name="incident_of_group",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="place_follows",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | PLACED,
                declare=[("found", "record")],
                func=PLACE_FOLLOWS,
            ),
            NeverWider(requests="incidents_incidentwidening"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:incident_detail", args=[self.pk])

    @property
    def label(self) -> str:
        """The title in the language of the page."""
        return self.title_ur if self.title_ur and get_language() == "ur" else self.title

    @property
    def area_label(self) -> str:
        """The smallest area that is known, or the country."""
        return area_label(self.area)

    @property
    def area_code(self) -> str:
        """Its code, as references begin with it."""
        return self.area.code if self.area else "PK"

    @classmethod
    def shares_of(cls, pk: Any) -> "models.QuerySet[IncidentShare]":
        return IncidentShare.objects.filter(record=pk)


class IncidentShare(Share):
    """An incident passed to an agency, a group or a person."""

    record = models.ForeignKey(Incident, models.CASCADE, related_name="shares")

    class Meta(Share.Meta):
        abstract = False
        constraints = [
            *Share.Meta.constraints,
            models.UniqueConstraint(
                fields=["record", "to_agency", "to_group", "to_person"],
                nulls_distinct=False,
                name="incident_shared_once",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="red_by_two_people",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("was", "text := coalesce(current_setting('aar.inside', true), '')")],
                func=REFUSE_RED_READER,
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} share of incident {self.record_id}"
