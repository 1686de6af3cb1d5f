"""One example flash, drill card and action notice, from the published facts of Hangu 2023."""

from datetime import datetime, timedelta

from django.utils import timezone

from aar.examples.people import person
from agencies.choices import TLP, Classification, Role
from agencies.lock import acting
from agencies.models import User
from bulletins.actions.bulletins import compose_bulletin, issue_bulletin
from bulletins.choices import BulletinKind, Purpose
from bulletins.inputs import BulletinText
from bulletins.models import Bulletin
from incidents.models import Incident
from lessons.models import Lesson

AGENCY = "KP-POLICE"
INCIDENT = "example:hangu-2023"
# What the card and the notice rest on.
LESSONS = {
    BulletinKind.DRILL: "example:guards-who-engage-at-the-gate",
    BulletinKind.NOTICE: "example:prayer-hall-inside-police-compound",
}
AUDIENCE = "District police officers, Kohat region"
# Steps, posts and times are ours; what happened is as it was published.
FLASH = BulletinText(
    title="Hangu: police station mosque attacked during the Friday sermon",
    bottom_line=(
        "Two attackers; one stopped at the gate, one reached the hall; the roof fell. No claim."
    ),
    audience=AUDIENCE,
    known=(
        "Friday 29 September 2023, mosque inside Doaba police station. Two men opened fire at the"
        " gate; police fired back. The shots warned worshippers and most left; the second attacker"
        " detonated inside with 30 to 40 people there, and the roof fell.\n\n"
        "Rescue 1122 and residents dug with heavy machinery."
    ),
    unknown=(
        "The clock time.\n"
        "Who the attackers were and how they came: by vehicle or on a motorbike.\n"
        "The state of the roof before."
    ),
    actions=(
        "Check at the hall door as well as the gate; nobody passes on uniform alone.\n"
        "Tell everyone in the hall: shots at the gate mean leave at once, away from the gate.\n"
        "Close any hall whose roof an engineer or the officer in charge does not trust."
    ),
    next_word="At 18:00 today, or when a count changes.",
    tlp=TLP.GREEN,
    classification=Classification.UNMARKED,
)
CARD = BulletinText(
    title="Shots at the gate: empty the hall",
    bottom_line=(
        "At Hangu, gunfire at the gate warned worshippers; most got clear before the second"
        " attacker came in and the roof fell. Practise it until nobody has to think."
    ),
    audience="Every police station with a prayer hall",
    steps=(
        "Gate: Take cover, fire if you can see the threat, shout GATE on the radio. Do not leave"
        " the post to help the hall.\n"
        "Hall door: Open every door. Send people to the side away from the gate.\n"
        "Inside: Leave shoes. Leave now. Help the old and the young.\n"
        "Radio: Call reinforcement, 1122 and the hospital. Log the time.\n"
        "Officer in charge: Count at the far wall. Nobody goes back in."
    ),
    closed_when="Two drills are logged and the second is no slower.",
    tlp=TLP.GREEN,
    classification=Classification.UNMARKED,
)
NOTICE = BulletinText(
    title="Prayer halls inside police compounds: survey and drill",
    bottom_line=(
        "A worship hall inside a police compound was attacked at Peshawar on 30 January 2023 and"
        " at Hangu 242 days later. Survey every such hall and say what you found."
    ),
    audience=AUDIENCE,
    actions=(
        "Have an engineer look at the roof of every prayer hall inside a police compound.\n"
        "Put a second check at the hall door.\n"
        "Drill gate and hall together, and log it."
    ),
    purpose=Purpose.ACTION,
    owner_post="District police officer",
    tlp=TLP.GREEN,
    classification=Classification.UNMARKED,
)


def load(*, at: datetime) -> int:
    """Compose and issue the three once; how many were new. Two people, as always."""
    writer = person(AGENCY, Role.RELEASE_OFFICER)
    officer = person(AGENCY, Role.COMMANDER)
    with acting(writer):
        return _load(writer, officer, at=at)


def _load(writer: User, officer: User, *, at: datetime) -> int:
    incident = Incident.objects.visible_to(writer).filter(origin=INCIDENT).first()
    endorsed = Lesson.objects.visible_to(writer).endorsed().filter(origin__in=LESSONS.values())
    lessons = dict(endorsed.values_list("origin", "pk"))
    if incident is None or len(lessons) < len(LESSONS):
        return 0
    today = timezone.localdate(at)
    due = {"act_by": today + timedelta(days=14), "report_by": today + timedelta(days=21)}
    wanted = {
        BulletinKind.FLASH: FLASH,
        BulletinKind.DRILL: CARD,
        BulletinKind.NOTICE: BulletinText(**{**vars(NOTICE), **due}),
    }
    made = 0
    for kind, text in wanted.items():
        origin = f"example:hangu-{kind.value.lower()}"
        if Bulletin.objects.filter(origin=origin).exists():
            continue
        flash = kind == BulletinKind.FLASH
        bulletin = compose_bulletin(
            kind=kind,
            text=text,
            lesson_ids=[] if flash else [lessons[LESSONS[kind]]],
            incident_id=incident.pk if flash else None,
            by=writer,
            at=at,
            origin=origin,
        )
        issue_bulletin(bulletin_id=bulletin.pk, by=officer, at=at)
        made += 1
    return made
