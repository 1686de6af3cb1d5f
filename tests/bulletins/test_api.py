"""The read API follows the same rule as the pages."""

import pytest

from tests.bulletins.factories import evidence
from tests.bulletins.test_briefs import of_incident

pytestmark = pytest.mark.usefixtures("rung", "media")


class TestBulletinApi:
    def test_lists_and_reads_what_the_pages_show(self, client, story, outsider):
        bulletin = story.released()
        found = []

        for person in (story.editor, story.commander, outsider):
            client.force_login(person)
            listed = client.get("/api/bulletins/").json()["results"]
            read = client.get(f"/api/bulletins/{bulletin.pk}/").status_code
            found.append(([row["reference"] for row in listed], read))

        assert found == [(["LB-2026-0001"], 200), (["LB-2026-0001"], 200), ([], 404)]

    def test_is_closed_to_who_has_not_signed_in(self, client, story):
        assert client.get("/api/bulletins/").status_code in {401, 403}

    def test_writes_nothing(self, client, story):
        client.force_login(story.editor)

        assert client.post("/api/bulletins/", {"title": "x"}).status_code == 405


class TestBriefApi:
    def test_lists_the_briefs_of_the_own_agency(self, client, story, outsider):
        of_incident(evidence(story.agency), story.editor)
        counts = []

        for person in (story.editor, outsider):
            client.force_login(person)
            counts.append(len(client.get("/api/briefs/").json()["results"]))

        assert counts == [1, 0]
