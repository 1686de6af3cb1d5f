"""What the database holds of a flash: it is marked as its incident, and its originator agrees."""

from string import Template

import pgtrigger

from bulletins.choices import BulletinState
from bulletins.models.triggers import (
    CAVEAT_IS_MISSING,
    CLASS_IS_HIGHER,
    IS_HIGHER,
    TLP_IS_HIGHER,
    WAS,
)

# `l` is the incident, as `l` is the lesson in the rules of lessons.
REFUSE = Template(
    """
    IF NEW.incident_id IS NULL THEN RETURN NULL; END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    -- Whoever is marking the incident up meanwhile is waited for.
    PERFORM 1 FROM incidents_incident WHERE id = NEW.incident_id FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM bulletins_bulletin b JOIN incidents_incident l ON l.id = b.incident_id
            WHERE b.id = NEW.id AND ($higher)
    ) THEN
        RAISE EXCEPTION 'bulletin % is marked lower than its incident', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_marked_as_its_incident';
    END IF;
    IF EXISTS (
        SELECT 1 FROM bulletins_bulletin b JOIN incidents_incident l ON l.id = b.incident_id
            WHERE b.id = NEW.id AND l.agency_id <> b.agency_id AND 'ORCON' = ANY (l.caveats)
            AND NOT EXISTS (SELECT 1 FROM bulletins_consent c WHERE c.incident_id = l.id
                AND c.agency_id = b.agency_id AND c.state = 'GRANTED')
    ) THEN
        RAISE EXCEPTION 'incident % goes on only with consent of its originator', NEW.incident_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'originator_consents';
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NULL;
    """
)
FOLLOW = Template(
    """
    PERFORM set_config('aar.inside', 'yes', true);
    UPDATE bulletins_bulletin AS b SET
        tlp = CASE WHEN $tlp_is_higher THEN l.tlp ELSE b.tlp END,
        classification = CASE
            WHEN $class_is_higher THEN l.classification ELSE b.classification END,
        caveats = CASE
            WHEN $caveat_is_missing THEN
                ARRAY(SELECT unnest(b.caveats) UNION SELECT unnest(l.caveats) ORDER BY 1)
            ELSE b.caveats END,
        lock_version = b.lock_version + 1
    FROM incidents_incident l
    WHERE l.id = NEW.id AND b.incident_id = l.id AND b.state = '$draft' AND ($higher);
    PERFORM set_config('aar.inside', was, true);
    RETURN NULL;
    """
)


class MarkedAsItsIncident(pgtrigger.Trigger):
    """Refuses, when all is written, a flash marked lower than its incident, or let go by nobody."""

    when = pgtrigger.After
    timing = pgtrigger.Deferred
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self) -> None:
        super().__init__(
            name="marked_as_its_incident",
            declare=[WAS],
            func=REFUSE.substitute(higher=IS_HIGHER),
        )


class FollowsItsIncident(pgtrigger.Trigger):
    """An incident that is marked up takes the drafts about it along; what is issued stays."""

    when = pgtrigger.After
    operation = pgtrigger.Update
    condition = pgtrigger.AnyChange("tlp", "classification", "caveats")

    def __init__(self) -> None:
        super().__init__(
            name="flash_drafts_follow",
            declare=[WAS],
            func=FOLLOW.substitute(
                tlp_is_higher=TLP_IS_HIGHER,
                class_is_higher=CLASS_IS_HIGHER,
                caveat_is_missing=CAVEAT_IS_MISSING,
                draft=BulletinState.DRAFT.value,
                higher=IS_HIGHER,
            ),
        )
