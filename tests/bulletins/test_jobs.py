"""The workers' jobs as an admin sees them, and what an admin may do with them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.choices import Role
from agencies.lock import acting
from audit.choices import Verb
from audit.models import Event
from bulletins.actions import jobs as actions
from bulletins.choices import RenderingState
from bulletins.models import Rendering, Worker
from bulletins.rendering.sandbox import Reason
from bulletins.selectors.jobs import jobs_of
from tests.bulletins.factories import Story, rendering_of
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.usefixtures("rung", "media")
PAGE = "/bulletins/jobs/"


def failed(story, reason=Reason.TIME):
    rendering = rendering_of(story.issued(title="The very words of a bulletin"))
    Rendering.objects.filter(pk=rendering.pk).update(
        state=RenderingState.FAILED,
        error=reason,
        claimed_at=timezone.now(),
        finished_at=timezone.now(),
    )
    return rendering


class TestThePage:
    def test_tells_an_agency_admin_of_its_own_jobs_and_workers(self, client, story):
        failed(story)
        other = Story()
        failed(other)
        now = timezone.now()
        Worker.objects.create(name="worker@one", started_at=now, seen_at=now)
        Worker.objects.create(name="worker@gone", started_at=now, seen_at=now - timedelta(hours=1))
        client.force_login(story.writer)

        shown = client.get(PAGE).content.decode()

        assert "worker@one" in shown
        assert "worker@gone" not in shown
        assert shown.count("The very words of a bulletin") == 1
        assert "took too long" in shown

    def test_tells_a_system_admin_of_all_jobs_and_no_word_of_any(self, client, story):
        failed(story)
        failed(Story())
        client.force_login(UserFactory.create(role=Role.SYSTEM_ADMIN))

        shown = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()

        assert shown.count("took too long") == 2
        assert "The very words" not in shown
        assert "<html" not in shown

    def test_leaves_out_what_was_made_again_and_says_how_long_things_took(self, story):
        job = failed(story)
        now = timezone.now()
        Rendering.objects.create(bulletin=job.bulletin, requested_at=now, requested_by=story.editor)

        with acting(story.writer):
            jobs = jobs_of(story.writer, now=now, because=str)

        assert (jobs.failed, jobs.how_many_wait) == ([], 1)
        assert jobs.in_short == (
            "No worker is there: nothing is made until one is started. One document waits."
        )

    @pytest.mark.parametrize("role", [Role.COMMANDER, Role.RELEASE_OFFICER, Role.AUDITOR])
    def test_is_for_admins_alone(self, client, story, role):
        client.force_login(UserFactory.create(role=role, agency=story.agency))

        assert client.get(PAGE).status_code == 403


class TestAFailedJob:
    def test_is_made_again_once_for_whoever_asked(self, client, story, rung):
        job = failed(story)
        keeper = UserFactory.create(role=Role.SYSTEM_ADMIN)
        client.force_login(keeper)

        for _click in "ab":
            client.post(reverse("bulletins:job_retry", args=[job.pk]))

        again = Rendering.objects.get(state=RenderingState.WAITING)
        event = Event.objects.get(verb=Verb.RENDERING_RETRIED)
        assert (again.requested_by, again.agency) == (job.requested_by, story.agency)
        assert (event.actor_id, event.target_id) == (keeper.pk, job.pk)
        assert event.data["after"] == "time"

    @pytest.mark.parametrize("deed", ["job_retry", "job_cancel"])
    def test_is_not_there_for_another_agencys_admin(self, client, story, deed):
        job = failed(story)
        client.force_login(UserFactory.create(agency_admin=True))

        assert client.post(reverse(f"bulletins:{deed}", args=[job.pk])).status_code == 404
        assert Rendering.objects.count() == 1


class TestAWaitingJob:
    def test_is_taken_out_and_its_page_says_so(self, client, story):
        job = rendering_of(story.issued())
        client.force_login(story.writer)

        for _click in "ab":
            client.post(reverse("bulletins:job_cancel", args=[job.pk]))

        page = client.get(job.bulletin.get_absolute_url()).content.decode()
        assert "An admin took it out of the queue." in page
        assert Event.objects.filter(verb=Verb.RENDERING_CANCELLED).count() == 1

    def test_that_a_worker_took_up_stays(self, story):
        job = rendering_of(story.issued())
        Rendering.objects.update(state=RenderingState.RENDERING, claimed_at=NOON)

        with pytest.raises(actions.JobUnderWay, match="making it now"):
            actions.cancel_job(rendering_id=job.pk, by=story.writer, at=NOON)
