"""What the bulletin job costs over WeasyPrint itself, and what the same bulletin costs again."""

from functools import partial
from statistics import median

from django.utils import timezone

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting, machine
from benchmarks.table import Case, Pair, at_most, for_orientation, wall_ms
from bulletins import tasks
from bulletins.actions.bulletins import compose_bulletin, issue_bulletin
from bulletins.choices import RenderingState
from bulletins.inputs import BulletinText
from bulletins.models import Bulletin, Document, Rendering
from bulletins.rendering import sandbox
from bulletins.rendering.documents import BulletinDocument
from bulletins.rendering.pages import html_of
from bulletins.rendering.records import from_record
from lessons.models import Lesson

ROUNDS = 7


class Job:
    """The same bulletin over and over; a word of its title differs, so that it must be redone."""

    def __init__(self) -> None:
        self.officer = person("BL-POLICE", Role.RELEASE_OFFICER)
        self.turn = 0
        self.pages = 0
        self.bulletin = Bulletin()

    def change(self) -> None:
        """The next turn's bulletin differs from all before."""
        self.turn += 1
        with acting(self.officer):
            self.bulletin = self.issued(f"Measured bulletin, turn {self.turn}")

    def issued(self, title: str) -> Bulletin:
        """A bulletin of all lessons; nothing of it rendered. What was issued is never changed."""
        officer = self.officer
        lessons = Lesson.objects.visible_to(officer).endorsed().values_list("pk", flat=True)
        now = timezone.now()
        text = BulletinText(
            title=title,
            bottom_line="One sentence that a commander could read aloud.",
            audience="Whoever measures",
            actions="Check the gate\nName one register",
            act_by=None,
            language="en",
            tlp="GREEN",
            classification="RESTRICTED",
            caveats=(),
        )
        draft = compose_bulletin(
            text=text, lesson_ids=list(lessons), by=person("BL-POLICE", Role.AGENCY_ADMIN), at=now
        )
        issue_bulletin(bulletin_id=draft.pk, by=officer, at=now)
        Rendering.objects.all().delete()
        return Bulletin.objects.get(pk=draft.pk)

    def html(self) -> str:
        """What the job would render now."""
        return html_of(from_record(BulletinDocument, self.bulletin.content or {}))

    def asked(self) -> Rendering:
        """The row that says what is to be rendered; a worker claims it."""
        with acting(self.officer):
            return Rendering.objects.create(
                bulletin=self.bulletin, requested_at=timezone.now(), requested_by=self.officer
            )

    def time(self) -> float:
        """Milliseconds from claim to stored file. Raises when the document did not come of it."""
        asked = self.asked()
        took = wall_ms(partial(tasks.render, rendering_id=asked.pk))
        with machine():
            rendering = Rendering.objects.select_related("document").get(pk=asked.pk)
        if rendering.state != RenderingState.DONE or rendering.document is None:
            raise RuntimeError(f"the rendering is {rendering.state}: {rendering.error}")
        self.pages = rendering.document.pages
        return took


def documents() -> int:
    """How many files there are."""
    with machine():
        return Document.objects.count()


def measure() -> list[Case]:
    """The job beside raw WeasyPrint on the same HTML, then the same bulletin with no change."""
    job, engine = Job(), sandbox.engine()
    pair = Pair([], [])
    for turn in range(ROUNDS + 1):
        job.change()
        html = job.html()
        times = job.time(), wall_ms(partial(engine.write, html))
        if turn:  # the first warms both sides
            pair.ours.append(times[0])
            pair.theirs.append(times[1])
    made = documents()
    again = median(job.time() for _ in range(20))
    if documents() != made:
        raise RuntimeError("the same bulletin was rendered a second time")
    size = f"{job.pages} pages"
    return [
        at_most(1.15, "bulletin job, claim to stored file ÷ raw WeasyPrint", size, pair.ratio, "×"),
        for_orientation("bulletin job, claim to stored file", size, median(pair.ours), "ms"),
        for_orientation(
            "raw WeasyPrint write_pdf of the same HTML", size, median(pair.theirs), "ms"
        ),
        at_most(
            20, "the same bulletin again, nothing changed, no second render", size, again, "ms"
        ),
    ]
