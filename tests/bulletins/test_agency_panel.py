"""What lessons and bulletins add to the page of their agency."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.choices import TLP
from tests.bulletins.factories import LessonFactory, Story
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rung")]


def page_of(client, user, agency):
    client.force_login(user)
    return client.get(agency.get_absolute_url())


class TestPanels:
    def test_show_what_the_agency_has_published(self, client):
        story = Story(title="One check, far out", tlp=TLP.GREEN)
        bulletin = story.issued(title="Crowds and vehicles", tlp=TLP.GREEN)

        page = page_of(client, story.commander, story.agency)

        assert bulletin.get_absolute_url() in page.text
        assert story.lesson.get_absolute_url() in page.text
        assert page.context["marking"].tlp == TLP.GREEN

    def test_show_an_outsider_nothing_that_stays_inside(self, client, outsider):
        story = Story(title="One check, far out", tlp=TLP.AMBER_STRICT)
        bulletin = story.issued(title="Crowds and vehicles", tlp=TLP.AMBER_STRICT)

        page = page_of(client, outsider, story.agency)

        for said in (bulletin.title, bulletin.reference, story.lesson.title):
            assert said not in page.text
        assert "Its bulletins" not in page.text
        assert "Its lessons" not in page.text
        assert page.context["marking"] is None

    def test_leave_drafts_out_even_for_those_who_write_them(self, client):
        story = Story(tlp=TLP.GREEN)
        draft = story.composed(title="Not issued yet", tlp=TLP.GREEN)

        page = page_of(client, story.editor, story.agency)

        assert draft.title not in page.text
        assert story.lesson.title in page.text

    def test_stand_on_no_other_agency_s_page(self, client):
        story = Story(title="One check, far out", tlp=TLP.GREEN)

        assert "One check" not in page_of(client, story.editor, story.commander.agency).text

    def test_give_the_page_the_highest_marking_of_all_they_show(self, client):
        story = Story(tlp=TLP.GREEN)
        LessonFactory.create(agency=story.agency, tlp=TLP.AMBER)

        reader = UserFactory.create(agency=story.agency)

        assert page_of(client, reader, story.agency).context["marking"].tlp == TLP.AMBER
        assert page_of(client, story.commander, story.agency).context["marking"].tlp == TLP.GREEN

    def test_take_a_fixed_number_of_queries(self, client):
        story = Story(tlp=TLP.GREEN)
        story.issued(tlp=TLP.GREEN)
        client.force_login(story.commander)
        with CaptureQueriesContext(connection) as few:
            client.get(story.agency.get_absolute_url())
        for number in range(4):
            LessonFactory.create(agency=story.agency, tlp=TLP.GREEN)
            story.issued(title=f"Bulletin {number}", tlp=TLP.GREEN)
        with CaptureQueriesContext(connection) as many:
            client.get(story.agency.get_absolute_url())

        assert len(many) == len(few)
