"""Bulletins on their way, as the home pages meet them."""

from datetime import timedelta

from agencies.choices import TLP
from bulletins.choices import Ask
from bulletins.models import Bulletin, Receipt, Release
from tests.factories import NOON, UserFactory

DAY = timedelta(days=1)
TODAY = NOON.date()


def issued(by, *, reference="LB-2026-001", **changes):
    defaults = {
        "agency": by.agency,
        "title": "One casualty register",
        "bottom_line": "Name one post that keeps it.",
        "audience": "Commanders",
        "tlp": TLP.AMBER,
        "classification": "UNMARKED",
        "state": "ISSUED",
        "composed_at": NOON,
        "composed_by": UserFactory.create(agency_admin=True, agency=by.agency),
        "issued_at": NOON,
        "issued_by": by,
        "content": {},
        "sha256": "0" * 64,
    }
    return Bulletin.objects.create(reference=reference, **defaults | changes)


def issued_with(by, lesson, **changes):
    marking = {"tlp": lesson.tlp, "classification": lesson.classification}
    bulletin = drafted(by, **marking | changes)
    bulletin.parts.create(lesson=lesson, position=1)
    bulletin.state, bulletin.content, bulletin.sha256 = "ISSUED", {}, "0" * 64
    bulletin.issued_at, bulletin.issued_by = NOON, by
    bulletin.save()
    return bulletin


def drafted(by, **changes):
    blank = {"state": "DRAFT", "issued_at": None, "issued_by": None, "content": None, "sha256": ""}
    return issued(by, **blank | changes)


def released(bulletin, agency, *, ask=Ask.ACKNOWLEDGE, **receipt):
    release = Release.objects.create(
        bulletin=bulletin,
        to_agency=agency,
        ask=ask,
        acknowledge_by=None if ask == Ask.READ else NOON + 3 * DAY,
        act_by=TODAY + 9 * DAY if ask == Ask.ACT else None,
        shared_at=NOON,
        shared_by=bulletin.issued_by,
    )
    return Receipt.objects.create(release=release, bulletin=bulletin, agency=agency, **receipt)
