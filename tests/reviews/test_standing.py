"""The register narrowed by its reviews tells nobody more than the incident's page does."""

import re
from datetime import time, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.choices import TLP, Caveat, Role
from core.narrowings import narrowings
from incidents import selectors
from incidents.choices import CasualtyGroup, Precision
from incidents.details import When
from incidents.forms import read_filters
from incidents.models import CasualtyCount, Incident
from incidents.selectors import exports
from incidents.selectors.summaries import summary
from reviews import rules
from reviews.choices import Standing
from reviews.panels import review_clock
from reviews.selectors.standing import past_its_limit
from tests.factories import NOON, UserFactory
from tests.incidents.factories import DAY, IncidentFactory, report
from tests.reviews.factories import CLOSED_MARKING, OPEN_MARKING, ReviewFactory

pytestmark = pytest.mark.django_db
STATES = ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED", "PUBLISHED")


def found(user, standing):
    """The numbers of the incidents that the register shows for it."""
    filters = read_filters(QueryDict(f"review={standing}"))
    return {int(row[0]) for row in selectors.register(user, filters).rows}


def told(rf, user, incident):
    """What the clock on the incident's page tells this person, as choices of the filter."""
    request = rf.get("/")
    request.user = user
    panel = review_clock(request, incident)
    states = {review.state.lower() for review, _shape in panel["reviews"]}
    late = panel["clock"].late_by and not panel["has_published"]
    return (states or {"none"}) | ({"overdue"} if late else set())


class Story:
    """An incident that every agency reads, with reviews of two agencies in each state."""

    def __init__(self):
        self.own = UserFactory.create()
        self.far = UserFactory.create()
        self._incident(None)
        self._incident(None, when=When(on_date=timezone.localdate()), at=timezone.now())
        for state in STATES:
            self._incident(self.own, state)
            self._incident(self.far, state)
            self._incident(self.own, state, OPEN_MARKING | {"tlp": TLP.GREEN})
        self._incident(self.own, "PUBLISHED", CLOSED_MARKING | {"caveats": [Caveat.EYES]})
        self.readers = [
            self.own,
            self.far,
            *(UserFactory.create(agency=self.own.agency, role=role) for role in Role.values),
            UserFactory.create(),
            UserFactory.create(commander=True),
        ]

    def _incident(self, lead, state="", marking=CLOSED_MARKING, **said):
        by = self.own
        incident = IncidentFactory.create(by=by, tlp=TLP.GREEN, classification="UNMARKED", **said)
        if lead:
            ReviewFactory.create(lead=lead, state=state, incident=incident, **marking)


def test_narrows_to_exactly_what_each_reader_is_told_on_the_pages(rf):
    story = Story()
    for reader in story.readers:
        seen = list(Incident.objects.visible_to(reader))
        pages = {incident.pk: told(rf, reader, incident) for incident in seen}

        for standing in Standing.values:
            expected = {pk for pk, said in pages.items() if standing in said}
            assert found(reader, standing) == expected, (reader.role, standing)


def test_an_outsider_learns_of_no_draft(outsider):
    incident = IncidentFactory.create(tlp=TLP.GREEN, classification="UNMARKED")
    ReviewFactory.create(lead=incident.recorded_by, incident=incident)

    assert found(incident.recorded_by, "draft") == {incident.pk}
    assert found(outsider, "draft") == set()
    assert found(outsider, "none") == {incident.pk}


@pytest.mark.parametrize("state", STATES)
def test_says_nothing_of_an_incident_that_may_not_be_seen(outsider, state):
    review = ReviewFactory.create(state=state, **OPEN_MARKING)
    Incident.objects.filter(pk=review.incident_id).update(tlp=TLP.AMBER_STRICT)

    assert [found(outsider, standing) for standing in Standing.values] == [set()] * len(Standing)


# Counts of killed, then the most that anybody reported.
COUNTS = [
    ([], 0),
    ([{"best": 0}], 0),
    ([{"best": 1}], 1),
    ([{"low": 9}], 9),
    ([{"low": 10}], 10),
    ([{"best": 4, "high": 10}], 10),
    ([{"best": 10, "high": 0}], 10),
    ([{"best": 9}, {"low": 2}], 9),
    ([{"low": 30, "group": CasualtyGroup.ATTACKERS}], 0),
    ([{"low": 30, "state": "injured"}], 0),
]


@pytest.mark.parametrize(("counts", "most"), COUNTS)
@pytest.mark.parametrize("over", [-1, 0, 1])
def test_is_past_its_limit_on_the_day_that_the_clock_says(counts, most, over):
    incident = IncidentFactory.create()
    for count in counts:
        said = {"state": "killed", "is_out_of_order": True, **count}
        CasualtyCount.objects.create(
            incident=incident, recorded_at=NOON, recorded_by=incident.recorded_by, **said
        )
    assert rules.highest_killed(incident) == most
    tier = rules.suggested_tier(most)
    today = timezone.localdate(rules.due_at(incident, tier)) + timedelta(days=over)

    late = Incident.objects.filter(past_its_limit(today))

    assert late.exists() == (over > 0)


@pytest.mark.parametrize(
    "when",
    [
        When(precision=Precision.UNKNOWN),
        When(on_date=DAY, until_date=DAY + timedelta(days=9), precision=Precision.RANGE),
        When(on_date=DAY, at_time=time(23, 59), precision="MINUTE"),
        When(on_date=DAY, precision=Precision.MONTH),
    ],
    ids=lambda when: when.precision,
)
def test_counts_from_the_day_as_far_as_it_is_known(when):
    incident = IncidentFactory.create(when=when)
    due = timezone.localdate(rules.due_at(incident, "T1"))

    assert not Incident.objects.filter(past_its_limit(due)).exists()
    assert Incident.objects.filter(past_its_limit(due + timedelta(days=1))).exists()


class TestPages:
    def test_offers_it_and_says_what_is_chosen(self, client):
        lead = UserFactory.create()
        ReviewFactory.create(lead=lead)
        IncidentFactory.create(by=lead, title="Nobody reviews this")
        client.force_login(lead)

        page = client.get("/incidents/?review=none").text

        assert '<option value="none" selected>None that you may see</option>' in page
        assert "Review: None that you may see" in page
        assert len(re.findall(r'<th scope="row">', page)) == 1
        assert "Nobody reviews this" in page

    def test_narrows_the_map_and_the_files_as_well(self, tmp_path):
        lead = UserFactory.create()
        ReviewFactory.create(lead=lead)
        IncidentFactory.create(by=lead, title="Nobody reviews this")
        filters = read_filters(QueryDict("review=draft"))

        with (tmp_path / "a.csv").open("w+b") as file:
            rows, _marking = exports.write_csv(lead, filters, file)

        assert rows == summary(lead, filters).total == 1

    def test_takes_no_word_that_is_not_offered(self):
        assert read_filters(QueryDict("review=secret")).further == ()
        assert list(narrowings(Incident)) == ["review"]

    def test_asks_the_database_no_oftener(self, client, django_assert_num_queries):
        lead = UserFactory.create()
        IncidentFactory.create(by=lead, counts=report(killed=1))
        client.force_login(lead)
        client.get("/incidents/?since=2023-01-01")
        with CaptureQueriesContext(connection) as plain:
            client.get("/incidents/?since=2023-01-01")

        with django_assert_num_queries(len(plain)):
            client.get("/incidents/?review=overdue")
