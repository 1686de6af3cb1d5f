"""Recording an incident, over HTTP."""

import re
from datetime import date

import pytest
from django.utils import timezone

from incidents.models import CasualtyCount, Incident
from tests.factories import DistrictFactory, ProvinceFactory, TehsilFactory, UserFactory
from tests.incidents.factories import typed

pytestmark = pytest.mark.django_db
RECORD = "/incidents/record/"


class TestIncidentRecord:
    def test_records_and_goes_to_its_page(self, signed_in, investigator):
        answer = signed_in.post(RECORD, typed(killed_best="15", said_by="District Health Officer"))

        incident = Incident.objects.get()
        assert answer.status_code == 302
        assert answer["Location"] == incident.get_absolute_url()
        assert (incident.recorded_by, incident.agency) == (investigator, investigator.agency)
        assert incident.casualty_counts.get().text == "15"

    def test_takes_one_form_once(self, signed_in):
        form = typed()

        signed_in.post(RECORD, form)
        answer = signed_in.post(RECORD, form)

        assert answer["Location"] == Incident.objects.get().get_absolute_url()

    def test_needs_few_fields(self, signed_in):
        answer = signed_in.get(RECORD)

        form = answer.context["form"]
        required = {name for name, field in form.fields.items() if field.required}
        assert required - {"key"} == {
            "title",
            "precision",
            "province",
            "district",
            "attack_type",
            "suicide",
            "target_type",
            "tlp",
            "classification",
        }
        unasked = {name for name in required if form[name].value() in (None, "")}
        assert unasked == {"title", "province", "district"}

    def test_takes_a_range_with_its_graded_source(self, signed_in):
        signed_in.post(
            RECORD,
            typed(
                killed_low="50",
                injured_best="70",
                said_by="District Health Officer",
                source_title="Arab News",
                source_published="2023-10-04",
                reliability="B",
                credibility="2",
                as_of="2023-10-04",
                group="civilian",
            ),
        )

        counts = {each.state: each for each in CasualtyCount.objects.select_related("source")}
        killed = counts["killed"]
        assert (killed.text, counts["injured"].text) == ("50+", "70")
        assert (killed.group, killed.as_of) == ("civilian", date(2023, 10, 4))
        assert (killed.source.title, killed.source.grade) == ("Arab News", "B2")

    def test_counts_all_victims_as_of_today_where_nobody_says_otherwise(self, signed_in):
        form = signed_in.get(RECORD).context["form"]

        assert form["group"].value() == "victims"
        assert form["as_of"].value() == timezone.localdate()

    def test_takes_what_few_can_say_in_the_first_minutes(self, signed_in):
        more = {
            "police_station": "City",
            "latitude": "29.8007",
            "longitude": "66.8472",
            "place_precision": "EXACT",
            "delivery": "PBIED",
            "was_foiled": "on",
            "reporter": "Duty officer, control room",
        }

        answer = signed_in.post(RECORD, typed(**more))

        incident = Incident.objects.get()
        page = signed_in.get(answer["Location"]).text
        assert (incident.latitude, incident.longitude) == (29.8007, 66.8472)
        assert (incident.place_precision, incident.was_foiled) == ("EXACT", True)
        for words in ("City", "29.8007, 66.8472", "Worn or carried", "Foiled", "Duty officer"):
            assert words in page

    def test_folds_away_what_few_can_say_and_opens_what_was_typed(self, signed_in):
        fresh = signed_in.get(RECORD)
        wrong = signed_in.post(RECORD, typed(killed_low="9", killed_best="5", said_by="x"))

        assert [name for name, fold in fresh.context["form"].folds.items() if fold.is_open] == []
        assert [name for name, fold in wrong.context["form"].folds.items() if fold.is_open] == [
            "range"
        ]
        assert wrong.text.count('<details class="fold" open>') == 1
        layout = fresh.context["form"].layout
        assert sum(field is not None and not field.is_hidden for field, _fold in layout) == 24

    @pytest.mark.parametrize(
        ("said", "field", "sentence"),
        [
            ({"said_by": "District Health Officer"}, "killed_best", "Give at least one number"),
            ({"source_title": "Dawn"}, "killed_best", "Give at least one number"),
            ({"reliability": "B"}, "source_title", "Name the source"),
            ({"latitude": "29.8"}, "longitude", "Give the longitude"),
            ({"longitude": "66.8"}, "latitude", "Give the latitude"),
            (
                {"latitude": "66.8", "longitude": "29.8", "place_precision": "EXACT"},
                "latitude",
                "Are the two exchanged?",
            ),
            ({"latitude": "29.8", "longitude": "66.8"}, "place_precision", "You gave a point"),
            ({"latitude": "here"}, "latitude", "Enter a number"),
            ({"title": ""}, "title", "needs an answer"),
            ({"on_date": ""}, "on_date", "Give the date"),
            ({"on_date": "2999-01-01"}, "on_date", "in the future"),
            ({"at_time": "09:30"}, "precision", "You gave a time"),
            ({"precision": "MINUTE"}, "at_time", "Give the time"),
            (
                {"precision": "RANGE", "until_date": "2023-09-28"},
                "until_date",
                "The end is before the start",
            ),
            ({"killed_best": "-1", "said_by": "x"}, "killed_best", "below zero"),
            (
                {"killed_low": "9", "killed_best": "5", "said_by": "x"},
                "killed_best",
                "must rise in that order",
            ),
            ({"killed_best": "5"}, "said_by", "Say who gave"),
            ({"classification": "CONFIDENTIAL"}, "classification", "not one of the available"),
            ({"tlp": "CLEAR"}, "classification", "TLP:CLEAR is public"),
        ],
    )
    def test_refuses_beside_the_field_and_keeps_what_was_typed(
        self, signed_in, said, field, sentence
    ):
        answer = signed_in.post(RECORD, typed(hazards="Second device", **said))

        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in answer.context["form"].errors[field][0]
        assert f'id="id_{field}_error"' in page
        assert 'id="errors"' in page
        assert 'value="Second device"' in page
        assert not Incident.objects.exists()

    def test_says_all_that_is_wrong_at_once(self, signed_in):
        said = {"title": "", "on_date": "2999-01-01", "killed_best": "-1", "said_by": "x"}

        answer = signed_in.post(RECORD, typed(**said))

        assert set(answer.context["form"].errors) == {"title", "on_date", "killed_best"}

    def test_refuses_a_district_outside_the_province(self, signed_in):
        district = DistrictFactory.create(name="Hangu")
        other = ProvinceFactory.create(name="Balochistan")

        answer = signed_in.post(RECORD, typed(district=district, province=other.pk))

        assert answer.status_code == 422
        assert "Hangu is not in Balochistan" in answer.content.decode()
        assert not Incident.objects.exists()

    def test_shows_the_tehsils_of_a_district_without_script(self, signed_in):
        tehsil = TehsilFactory.create(name="Tall")
        form = typed(district=tehsil.parent, title="Half written", caveats=["ORCON"])

        answer = signed_in.post(RECORD, form | {"show_tehsils": "1"})

        page = answer.content.decode()
        assert answer.status_code == 200
        assert f'<option value="{tehsil.pk}">Tall</option>' in page
        assert 'value="Half written"' in page
        assert re.search(r'value="ORCON"[^>]*checked', page)
        assert not Incident.objects.exists()

    def test_gives_the_tehsils_of_a_district_to_htmx(self, signed_in):
        tehsil = TehsilFactory.create(name="Tall")
        TehsilFactory.create(name="Elsewhere")

        answer = signed_in.get(f"/incidents/tehsils/?district={tehsil.parent_id}")

        assert "Tall" in answer.content.decode()
        assert "Elsewhere" not in answer.content.decode()

    def test_is_for_investigators(self, client):
        client.force_login(UserFactory.create(commander=True))

        assert client.get(RECORD).status_code == 403
        assert client.post(RECORD, typed()).status_code == 403

    def test_asks_strangers_to_sign_in(self, client):
        assert client.get(RECORD).status_code == 302
