"""Editions: the same number, one higher, each naming the one that it takes the place of."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

EDITION_RULES: list[models.BaseConstraint] = [
    models.UniqueConstraint(fields=["reference", "edition"], name="bulletin_edition_once"),
    models.CheckConstraint(
        condition=Q(edition=1, supersedes=None, change_note="")
        | (Q(edition__gt=1, supersedes__isnull=False) & ~Q(change_note="")),
        name="bulletin_edition_says_what_changed",
        violation_error_message=_("A further edition says which it replaces and what changed."),
    ),
]
REFUSE = """
    IF NEW.supersedes_id IS NULL THEN RETURN NEW; END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    IF NOT EXISTS (
        SELECT 1 FROM bulletins_bulletin b WHERE b.id = NEW.supersedes_id
            AND b.reference = NEW.reference AND b.edition = NEW.edition - 1
            AND b.agency_id = NEW.agency_id AND b.kind = NEW.kind
            AND b.state = 'ISSUED'
    ) THEN
        RAISE EXCEPTION 'bulletin % is not the edition before', NEW.supersedes_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_follows_its_edition';
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NEW;
"""


class FollowsItsEdition(pgtrigger.Trigger):
    """The edition before is issued, of the same number, kind and agency, and one lower."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self) -> None:
        super().__init__(
            name="follows_its_edition",
            declare=[("was", "text := coalesce(current_setting('aar.inside', true), '')")],
            func=REFUSE,
        )
