"""Every incident reviewed: who reads the count sees only what they may, and the missing by name."""

from datetime import timedelta
from statistics import median

from django.utils import timezone

from reviews.selectors import coverage as rules_of_coverage
from reviews.selectors.coverage import Asked, coverage
from tests.factories import NOON, UserFactory
from tests.incidents.factories import IncidentFactory
from tests.reviews.factories import ReviewFactory

PAGE = "/reviews/coverage/"


def recent():
    today = timezone.localdate()
    return Asked(since=today - timedelta(days=5000), until=today)


class TestCoverage:
    def test_counts_each_incident_once_and_names_the_missing(self, lead):
        published = ReviewFactory.create(lead=lead, state="PUBLISHED")
        ReviewFactory.create(lead=lead)
        missing = IncidentFactory.create(by=lead)

        found = coverage(lead, recent())

        total = found.total
        assert (total.incidents, total.published, total.written, total.missing) == (3, 1, 1, 1)
        assert total.in_time == 0
        assert found.missing == [missing]
        assert (total.measured, total.middle, total.ninth) == (1, *[published.days_to_review] * 2)
        assert sum(row.incidents for row in found.districts) == 3
        assert [row.incidents for row in found.agencies] == [3]
        assert published.incident not in found.missing

    def test_counts_nothing_that_the_reader_may_not_see(self, lead, outsider):
        ReviewFactory.create(lead=lead)

        assert coverage(outsider, recent()).total.incidents == 0
        colleague = coverage(UserFactory.create(agency=lead.agency), recent()).total
        assert (colleague.written, colleague.missing) == (0, 1)

    def test_is_a_page_and_a_table_in_a_fixed_number_of_queries(
        self, client, lead, django_assert_max_num_queries
    ):
        ReviewFactory.create(lead=lead, state="PUBLISHED")
        client.force_login(lead)
        asked = {"since": "2013-01-01", "tier": "T1"}
        client.get(PAGE, asked)
        with django_assert_max_num_queries(60) as first:
            client.get(PAGE, asked)
        most = len(first)
        ReviewFactory.create(lead=lead)
        client.force_login(lead)
        client.get(PAGE, asked)

        with django_assert_max_num_queries(most):
            page = client.get(PAGE, asked)

        assert page.status_code == 200
        assert f">{lead.agency.label}</option>" in page.text
        table = client.get(f"{PAGE}file/", asked)
        assert table.text.splitlines()[1].startswith("all,")
        assert client.get(PAGE, {"since": "2026-02-01", "until": "2026-01-01"}).status_code == 422

    def test_says_the_middle_and_the_ninth(self, lead):
        days = []
        for each in range(4):
            at = NOON + timedelta(days=each * each)
            days.append(ReviewFactory.create(lead=lead, state="PUBLISHED", at=at).days_to_review)

        total = coverage(lead, recent()).total

        assert (total.measured, total.ninth) == (4, days[3])
        assert total.middle == round(median(days))

    def test_names_all_that_are_missing_a_page_at_a_time(self, client, lead, monkeypatch):
        monkeypatch.setattr(rules_of_coverage, "MOST_NAMED", 2)
        all_missing = [IncidentFactory.create(by=lead) for _each in range(3)]

        first = coverage(lead, recent())
        second = coverage(lead, recent(), cursor=first.more)

        assert [*first.missing, *second.missing] == all_missing
        assert second.more == ""
        client.force_login(lead)
        page = client.get(PAGE, {"since": "2013-01-01", "cursor": first.more})
        assert all_missing[2].label in page.text
        assert client.get(PAGE, {"cursor": "elsewhere"}).status_code == 404
