"""One example bulletin from the example lessons, released to two agencies, waiting to be read."""

from datetime import datetime, timedelta

from django.utils import timezone

from aar.examples.people import person
from agencies.choices import TLP, Classification, Role
from agencies.lock import acting
from agencies.models import Agency, User
from bulletins.actions.bulletins import compose_bulletin, issue_bulletin
from bulletins.actions.releases import release_to_agency
from bulletins.choices import Ask
from bulletins.inputs import Asked, BulletinText
from bulletins.models import Bulletin
from lessons.models import Lesson

ORIGIN = "example:three-checks"
TITLE = "Crowds, prayer halls and one list of the wounded"
BOTTOM_LINE = (
    "On 29 September 2023 a gathering in Mastung and a police station's mosque near Hangu were "
    "bombed within hours. Check three things in your district before the next sacred day."
)
ACTIONS = """Say in writing who may stop a procession, and where people are searched before they gather.
Have an engineer look at every prayer hall inside a police compound; drill the gate and the hall together.
Name the one post that keeps the register of killed and injured for all hospitals."""  # noqa: E501
RECIPIENTS = ("KP-POLICE", "BL-LEVIES")


def load(*, at: datetime) -> int:
    """Compose, issue and release the example bulletin once; 1 if it was new.

    The agency's admin writes it and the release officer sends it out: two people, as always.
    """
    writer = person("BL-POLICE", Role.AGENCY_ADMIN)
    officer = person("BL-POLICE", Role.RELEASE_OFFICER)
    with acting(writer):
        return _load(writer, officer, at=at)


def _load(writer: User, officer: User, *, at: datetime) -> int:
    lessons = Lesson.objects.visible_to(writer).endorsed().filter(is_example=True)
    known = Bulletin.objects.filter(origin=ORIGIN)
    if known.exists() or not lessons.exists():
        return 0
    today = timezone.localdate(at)
    text = BulletinText(
        title=TITLE,
        bottom_line=BOTTOM_LINE,
        audience="District and regional police officers, commandants of Levies",
        actions=ACTIONS,
        act_by=today + timedelta(days=30),
        tlp=TLP.GREEN,
        classification=Classification.RESTRICTED,
    )
    in_order = list(lessons.order_by("reference").values_list("pk", flat=True))
    bulletin = compose_bulletin(text=text, lesson_ids=in_order, by=writer, at=at, origin=ORIGIN)
    issue_bulletin(bulletin_id=bulletin.pk, by=officer, at=at)
    asked = Asked(
        ask=Ask.ACT,
        acknowledge_by=at + timedelta(days=3),
        act_by=today + timedelta(days=30),
    )
    for code in RECIPIENTS:
        agency = Agency.objects.get(code=code)
        release_to_agency(
            bulletin_id=bulletin.pk, agency_id=agency.pk, asked=asked, by=officer, at=at
        )
    return 1
