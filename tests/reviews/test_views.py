"""Opening, listing, the team, the clock on the incident's page."""

from django.urls import reverse

from reviews.models import Review
from tests.counting import LOCK
from tests.factories import UserFactory
from tests.incidents.factories import IncidentFactory
from tests.reviews.factories import ReviewFactory


class TestReviewOpen:
    def url(self, incident, *, defer=False):
        return reverse("reviews:review_open", args=[incident.pk]) + ("?defer=1" if defer else "")

    def typed(self, **said):
        return {"tier": "T2", "tlp": "AMBER", "classification": "RESTRICTED", **said}

    def test_opens_and_leads_to_the_tasks(self, at_desk, lead):
        incident = IncidentFactory.create(by=lead)

        answer = at_desk.post(self.url(incident), self.typed())

        assert answer.url == Review.objects.get().get_absolute_url()

    def test_defers_at_once_with_a_reason(self, at_desk, lead):
        incident = IncidentFactory.create(by=lead)

        at_desk.post(
            self.url(incident, defer=True), self.typed(until="2999-01-01", reason="Scene closed.")
        )

        assert Review.objects.get().deferred_reason == "Scene closed."

    def test_opens_nothing_where_the_reason_is_missing(self, at_desk, lead):
        incident = IncidentFactory.create(by=lead)

        answer = at_desk.post(
            self.url(incident, defer=True), self.typed(until="2999-01-01", reason="")
        )

        assert answer.status_code == 422
        assert not Review.objects.exists()

    def test_says_kindly_that_public_is_not_classified(self, at_desk, lead):
        incident = IncidentFactory.create(by=lead, tlp="CLEAR", classification="UNMARKED")

        answer = at_desk.post(self.url(incident), self.typed(tlp="CLEAR"))

        assert answer.status_code == 422
        assert "a classified record cannot be" in answer.content.decode()

    def test_of_an_unseen_incident_is_not_there(self, at_desk):
        incident = IncidentFactory.create()

        assert at_desk.get(self.url(incident)).status_code == 404

    def test_is_refused_to_a_commander(self, client, lead, judge):
        client.force_login(judge)

        assert client.get(self.url(IncidentFactory.create(by=lead))).status_code == 403


class TestReviewList:
    URL = "/reviews/"

    def shown(self, client, show):
        return {row.pk for row, _shape in client.get(f"{self.URL}?show={show}").context["rows"]}

    def test_narrows_to_what_is_asked(self, client, lead, judge):
        draft = ReviewFactory.create(lead=lead)
        submitted = ReviewFactory.create(lead=lead, state="SUBMITTED")
        published = ReviewFactory.create(lead=lead, state="PUBLISHED")

        client.force_login(lead)
        assert self.shown(client, "mine") == {draft.pk, submitted.pk, published.pk}
        assert self.shown(client, "waiting") == {draft.pk}
        assert self.shown(client, "overdue") == {draft.pk, submitted.pk}
        assert self.shown(client, "published") == {published.pk}
        client.force_login(judge)
        assert self.shown(client, "waiting") == {submitted.pk}
        assert self.shown(client, "all") == {submitted.pk, published.pk}

    def test_shows_nothing_of_others(self, client, outsider, draft):
        client.force_login(outsider)

        assert self.shown(client, "all") == set()

    def test_asks_the_same_number_of_queries_however_long(
        self, client, lead, django_assert_max_num_queries
    ):
        client.force_login(lead)
        ReviewFactory.create(lead=lead)
        client.get(self.URL)
        with django_assert_max_num_queries(6 + LOCK) as first:
            client.get(self.URL)
        for _each in range(4):
            ReviewFactory.create(lead=lead)

        with django_assert_max_num_queries(len(first)):
            client.get(self.URL)

    def test_knows_no_other_show(self, client, lead):
        client.force_login(lead)

        assert client.get(f"{self.URL}?show=secrets").status_code == 404
        assert client.get(f"{self.URL}?cursor=nonsense").status_code == 404


class TestReviewMembers:
    def test_adds_by_e_mail(self, at_desk, draft, lead):
        person = UserFactory.create(agency=lead.agency)

        at_desk.post(
            reverse("reviews:review_members", args=[draft.pk]),
            {"email": person.email.upper(), "role": "MEMBER", "in_chain": "yes"},
        )

        assert draft.members.filter(user=person).exists()

    def test_says_that_nobody_has_this_address(self, at_desk, draft):
        answer = at_desk.post(
            reverse("reviews:review_members", args=[draft.pk]),
            {"email": "nobody@agency.example", "role": "MEMBER"},
        )

        assert answer.status_code == 422
        assert "Nobody signs in here" in answer.content.decode()


class TestClockPanel:
    def test_offers_to_open_a_review(self, at_desk, lead):
        incident = IncidentFactory.create(by=lead)

        page = at_desk.get(incident.get_absolute_url()).content.decode()

        assert reverse("reviews:review_open", args=[incident.pk]) in page

    def test_leads_to_the_review_for_its_team_only(self, client, draft, lead, judge):
        page = draft.incident.get_absolute_url()
        client.force_login(lead)
        assert draft.reference in client.get(page).content.decode()

        client.force_login(judge)
        assert draft.reference not in client.get(page).content.decode()
