"""Requests to let an incident go further, and what the database does with them."""

from typing import Self

import pgtrigger
from django.db import models
from django.urls import reverse

from agencies.choices import WIDENERS, Classification, WideningState
from agencies.models import User, Widening
from agencies.models.marking import Person
from incidents.models.incident import Incident

# A grant is noted with its transaction: for that long it lets the marking go lower, and no longer.
NOTE_WHEN = """
    NEW.granted_in := CASE WHEN TG_OP = 'UPDATE' AND NEW.state = 'GRANTED'
        THEN pg_current_xact_id()::text::bigint END;
    RETURN NEW;
"""
# What a grant does, whether or not who grants may read the record: it is marked, or its reader is
# named, as was asked; and only if it still stands as it stood then.
CARRY_OUT = """
    IF NEW.state <> 'GRANTED' OR OLD.state = NEW.state THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    UPDATE incidents_incident SET tlp = NEW.tlp, classification = NEW.classification,
        caveats = NEW.caveats, lock_version = lock_version + 1
        WHERE id = NEW.record_id AND tlp = NEW.from_tlp
        AND classification = NEW.from_classification
        AND caveats <@ NEW.from_caveats AND NEW.from_caveats <@ caveats;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the marking of % changed since', NEW.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'widened_from_what_it_was';
    END IF;
    IF NEW.reader_id IS NOT NULL THEN
        INSERT INTO incidents_incidentshare (record_id, to_person_id, shared_at, shared_by_id)
            VALUES (NEW.record_id, NEW.reader_id, NEW.decided_at, NEW.decided_by_id)
            ON CONFLICT DO NOTHING;
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NULL;
"""


class IncidentWideningQuerySet(models.QuerySet["IncidentWidening"]):
    def visible_to(self, user: Person) -> Self:
        """Requests on incidents that one reads; and all of one's agency, for who may decide."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        seen = models.Q(record__in=Incident.objects.visible_to(user), agency_id=user.agency_id)
        if user.role in WIDENERS:
            cleared = Classification.up_to(user.clearance)
            seen |= models.Q(agency_id=user.agency_id, from_classification__in=cleared)
        return self.filter(seen)

    def waiting_for(self, user: User) -> Self:
        """What this person may decide on: asked by another of their agency."""
        if user.role not in WIDENERS:
            return self.none()
        return self.visible_to(user).filter(state=WideningState.ASKED).exclude(asked_by=user)


class IncidentWidening(Widening):
    """A request to let one incident go further."""

    record = models.ForeignKey(Incident, models.CASCADE, related_name="widenings")

    objects = IncidentWideningQuerySet.as_manager()

    class Meta(Widening.Meta):
        abstract = False
        triggers = [
            pgtrigger.Trigger(
                name="granted_now",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NOTE_WHEN,
            ),
            pgtrigger.Trigger(
                name="carried_out",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                declare=[("was", "text := coalesce(current_setting('aar.inside', true), '')")],
                func=CARRY_OUT,
            ),
            pgtrigger.Protect(
                name="decided_stands",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state=WideningState.ASKED),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} widening of incident {self.record_id}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:widening_detail", args=[self.pk])
