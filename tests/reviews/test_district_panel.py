"""The reviews of what happened in a district, on the page of the district."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.choices import TLP
from incidents.models import Incident
from places.choices import Level
from reviews.selectors.districts import of_district
from tests.factories import NOON, DistrictFactory, UserFactory
from tests.incidents.factories import IncidentFactory, public
from tests.reviews.factories import OPEN_MARKING, ReviewFactory

pytestmark = pytest.mark.django_db
LATE = NOON + timedelta(days=400)


@pytest.fixture
def district():
    return DistrictFactory.create(name="Mastung")


@pytest.fixture
def lead():
    return UserFactory.create()


@pytest.fixture
def reviewed(district, lead):
    """A review of an incident in the district, taken as far as this state."""

    def review(state, **said):
        marking = {"tlp": TLP.AMBER, "classification": "RESTRICTED", **said}
        where = {"by": lead, "district": district}
        incident = IncidentFactory.create(**where, **marking)
        return ReviewFactory.create(lead=lead, incident=incident, state=state, **marking)

    return review


class TestOfDistrict:
    def test_tells_the_overdue_from_the_published(self, district, lead, reviewed):
        draft, published = reviewed("DRAFT"), reviewed("PUBLISHED")
        ReviewFactory.create(lead=lead)

        found = of_district(lead, district, LATE)

        assert (found.overdue, found.published) == ([draft], [published])
        assert of_district(lead, district, draft.due_at).overdue == []

    def test_is_of_what_is_read(self, district, lead, reviewed, outsider):
        reviewed("DRAFT")
        reviewed("PUBLISHED")
        opened = reviewed("PUBLISHED", **public())

        found = of_district(outsider, district, LATE)

        assert (found.overdue, found.published) == ([], [opened])

    def test_leaves_out_a_review_whose_incident_is_closed_to_the_reader(
        self, district, lead, outsider
    ):
        incident = IncidentFactory.create(by=lead, district=district, **public())
        review = ReviewFactory.create(
            lead=lead, incident=incident, state="PUBLISHED", **OPEN_MARKING
        )
        assert of_district(outsider, district, LATE).published == [review]

        Incident.objects.filter(pk=incident.pk).update(tlp=TLP.AMBER)

        assert of_district(outsider, district, LATE).published == []
        assert of_district(lead, district, LATE).published == [review]

    def test_ends_after_ten_and_says_so(self, district, lead, reviewed, monkeypatch):
        monkeypatch.setattr("reviews.selectors.districts.MOST", 1)
        reviewed("DRAFT")
        reviewed("DRAFT")

        found = of_district(lead, district, LATE)

        assert (len(found.overdue), found.more_overdue, found.more_published) == (1, True, False)


class TestPage:
    def page_of(self, client, user, area):
        client.force_login(user)
        return client.get(area.get_absolute_url())

    def test_shows_them_with_their_way(self, client, district, lead, reviewed):
        draft, published = reviewed("DRAFT"), reviewed("PUBLISHED")
        assert draft.due_at < timezone.now()

        page = self.page_of(client, lead, district)

        assert draft.get_absolute_url() in page.text
        assert published.get_absolute_url() in page.text
        assert "late" in page.text

    def test_marks_the_page_for_them(self, client, district, lead):
        incident = IncidentFactory.create(by=lead, district=district, **public())
        ReviewFactory.create(lead=lead, incident=incident, state="DRAFT", **OPEN_MARKING)
        assert self.page_of(client, lead, district).context["marking"].tlp == TLP.CLEAR

        marked = IncidentFactory.create(by=lead, district=district, **public())
        ReviewFactory.create(lead=lead, incident=marked, state="DRAFT")

        assert self.page_of(client, lead, district).context["marking"].tlp == TLP.AMBER

    def test_shows_an_outsider_none(self, client, district, lead, reviewed, outsider):
        draft = reviewed("DRAFT")

        page = self.page_of(client, outsider, district)

        assert draft.reference not in page.text
        assert "No review of what happened here is published or overdue" in page.text

    def test_stands_on_pages_of_districts_alone(self, client, district, lead, reviewed):
        reviewed("PUBLISHED")
        division = DistrictFactory.create(level=Level.DIVISION)

        assert "Its reviews" not in self.page_of(client, lead, district.province).text
        assert "Its reviews" not in self.page_of(client, lead, division).text
