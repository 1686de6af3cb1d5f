"""A bulletin issued over and over for measuring; a word of its title differs every time."""

from django.utils import timezone

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting, machine
from benchmarks.table import wall_ms
from bulletins import tasks
from bulletins.actions.bulletins import compose_bulletin, issue_bulletin
from bulletins.choices import RenderingState
from bulletins.inputs import BulletinText
from bulletins.models import Bulletin, Rendering
from lessons.models import Lesson


class Job:
    """The same bulletin over and over, so different that each must be rendered."""

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

    def time(self) -> float:
        """Milliseconds from claim to stored file. Raises when the document did not come of it."""
        with acting(self.officer):
            asked = Rendering.objects.create(
                bulletin=self.bulletin, requested_at=timezone.now(), requested_by=self.officer
            )
        took = wall_ms(tasks.render)
        with machine():
            rendering = Rendering.objects.select_related("document").get(pk=asked.pk)
        if rendering.state != RenderingState.DONE or rendering.document is None:
            raise RuntimeError(f"the rendering is {rendering.state}: {rendering.error}")
        self.pages = rendering.document.pages
        return took
