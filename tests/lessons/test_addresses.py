"""Addresses typed by hand: a 404 or nothing narrowed, never a failure."""

import pytest

NONSENSE = ["x", "²", "9" * 5000, str(10**30), "-1", "\0", "____", "&|!():*", "' | x:*", "<script>"]


@pytest.fixture
def reading(client, writer):
    client.force_login(writer)
    return client


@pytest.mark.parametrize("asked", NONSENSE)
class TestAddresses:
    def test_no_review_to_draw_from(self, reading, asked):
        assert reading.get("/lessons/draw/", {"review": asked}).status_code == 404

    def test_no_finding_to_draw_from(self, reading, asked):
        assert reading.get("/lessons/draw/", {"finding": asked}).status_code == 404

    @pytest.mark.parametrize("name", ["q", "category", "state", "kind"])
    def test_the_list_is_not_narrowed(self, reading, finding, asked, name):
        assert reading.get("/lessons/", {name: asked}).status_code == 200

    def test_the_search_looks_for_it(self, reading, finding, asked):
        assert reading.get("/lessons/search/", {"q": asked}).status_code == 200
