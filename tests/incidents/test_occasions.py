"""Which occasions a day may be: offered, taken by a person, never set by itself."""

from datetime import date

import pytest

from audit.models import Event
from incidents.choices import Occasion, Precision
from incidents.details import When
from incidents.models import Incident
from incidents.occasions import suggested
from tests.factories import UserFactory
from tests.incidents.factories import IncidentFactory

MASTUNG = date(2023, 9, 29)


class TestSuggested:
    @pytest.mark.parametrize(
        ("day", "occasion"),
        [
            (MASTUNG, Occasion.MILAD),
            (MASTUNG, Occasion.FRIDAY),
            (date(2023, 7, 29), Occasion.ASHURA),
            (date(2024, 4, 10), Occasion.EID_FITR),
            (date(2014, 12, 16), Occasion.APS),
            (date(2016, 3, 23), Occasion.PAKISTAN_DAY),
            (date(2017, 8, 14), Occasion.INDEPENDENCE_DAY),
        ],
    )
    def test_is_what_was_kept_in_pakistan(self, day, occasion):
        assert occasion in suggested(day)

    def test_puts_the_rarest_first(self):
        assert suggested(MASTUNG) == [Occasion.MILAD, Occasion.FRIDAY]

    def test_is_nothing_on_a_plain_day(self):
        assert suggested(date(2023, 5, 10)) == []


@pytest.mark.django_db
class TestThePage:
    @pytest.fixture
    def incident(self):
        return IncidentFactory.create(when=When(on_date=MASTUNG))

    def test_offers_them_to_who_may_say(self, client, incident):
        client.force_login(incident.recorded_by)

        page = client.get(incident.get_absolute_url()).text

        assert "None is recorded. That day may be:" in page
        assert 'name="occasion" value="milad"' in page

    def test_takes_one_with_one_press(self, client, incident):
        client.force_login(incident.recorded_by)

        page = client.post(
            f"{incident.get_absolute_url()}occasion/", {"occasion": "milad"}, follow=True
        ).text

        assert Incident.objects.get().occasion == Occasion.MILAD
        assert "That day may be:" not in page
        event = Event.objects.filter(verb="incident.changed").latest("id")
        assert event.data["fields"] == ["occasion"]

    def test_takes_none_that_it_does_not_know(self, client, incident):
        client.force_login(incident.recorded_by)

        page = client.post(
            f"{incident.get_absolute_url()}occasion/", {"occasion": "birthday"}, follow=True
        ).text

        assert "Choose one of the occasions that are offered." in page
        assert Incident.objects.get().occasion == ""

    def test_offers_nothing_of_a_month(self, client):
        month = When(on_date=MASTUNG, precision=Precision.MONTH)
        incident = IncidentFactory.create(when=month)
        client.force_login(incident.recorded_by)

        assert "That day may be:" not in client.get(incident.get_absolute_url()).text

    def test_offers_nothing_to_who_may_not_say(self, client, incident):
        commander = UserFactory.create(agency=incident.agency, commander=True)
        client.force_login(commander)

        assert "That day may be:" not in client.get(incident.get_absolute_url()).text
        path = f"{incident.get_absolute_url()}occasion/"
        assert client.post(path, {"occasion": "milad"}).status_code == 403

    def test_is_not_there_for_an_outsider(self, client, incident, outsider):
        client.force_login(outsider)

        path = f"{incident.get_absolute_url()}occasion/"
        assert client.post(path, {"occasion": "milad"}).status_code == 404


@pytest.mark.django_db
class TestTheForm:
    def test_says_what_the_typed_day_may_be(self, client):
        client.force_login(UserFactory.create())

        hint = client.get("/incidents/occasions/", {"on_date": "2023-09-29"}).text

        assert "Eid Milad-un-Nabi (12 Rabi-ul-Awwal), Friday prayers." in hint

    @pytest.mark.parametrize("typed", ["", "yesterday", "2023-13-45", "0001-01-01"])
    def test_says_nothing_of_no_day(self, client, typed):
        client.force_login(UserFactory.create())

        hint = client.get("/incidents/occasions/", {"on_date": typed}).text

        assert "may be" not in hint
