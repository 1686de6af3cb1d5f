"""The place of an incident by its name, with and without script."""

import pytest

from incidents.models import Incident
from tests.factories import DistrictFactory, ProvinceFactory, TehsilFactory, UserFactory
from tests.incidents.factories import IncidentFactory, typed

pytestmark = pytest.mark.django_db
RECORD = "/incidents/record/"


@pytest.fixture
def mastung():
    province = ProvinceFactory.create(name="Balochistan", name_ur="بلوچستان")
    return DistrictFactory.create(name="Mastung", name_ur="مستونگ", province=province)


def pressed(button, place="", **said):
    """A form half written, sent by one of its buttons."""
    blank = {"province": "", "district": "", "title": "Half written", "hazards": "Second device"}
    return typed() | blank | {"place": place, **button} | said


FIND = {"find_place": "1"}


class TestFindWithoutScript:
    @pytest.mark.parametrize("place", ["Mastung", "مستونگ", "MASTUNG district"])
    def test_fills_in_what_is_sure_and_loses_nothing(self, signed_in, mastung, place):
        answer = signed_in.post(RECORD, pressed(FIND, place))

        form = answer.context["form"]
        assert answer.status_code == 200
        assert form["district"].value() == mastung.pk
        assert form["province"].value() == mastung.province_id
        assert 'value="Half written"' in answer.text
        assert 'value="Second device"' in answer.text
        assert not Incident.objects.exists()

    def test_asks_between_two_of_a_name_and_takes_the_answer(self, signed_in, mastung):
        tehsil = TehsilFactory.create(name="Mastung", parent=mastung)

        asked = signed_in.post(RECORD, pressed(FIND, "mastung"))
        assert f'name="take_place" value="{tehsil.pk}"' in asked.text
        assert not asked.context["form"]["district"].value()

        taken = signed_in.post(RECORD, pressed({"take_place": tehsil.pk}, "mastung"))

        form = taken.context["form"]
        assert [form[name].value() for name in ("province", "district", "tehsil")] == [
            *(mastung.province_id, mastung.pk),
            tehsil.pk,
        ]
        assert f'<option value="{tehsil.pk}" selected>Mastung</option>' in taken.text
        assert 'value="Half written"' in taken.text

    def test_fills_in_a_province_and_leaves_the_district_to_be_chosen(self, signed_in, mastung):
        answer = signed_in.post(RECORD, pressed(FIND, "Balochistan"))

        form = answer.context["form"]
        assert form["province"].value() == mastung.province_id
        assert not form["district"].value()

    def test_says_that_nothing_is_written_so(self, signed_in, mastung):
        answer = signed_in.post(RECORD, pressed(FIND, "Qqqqzzzz"))

        assert "No area is written so" in answer.text
        assert 'value="Qqqqzzzz"' in answer.text

    @pytest.mark.parametrize("taken", ["", "x", "-1", "999999", "9" * 5000, "٣"])
    def test_takes_no_number_that_is_none(self, signed_in, mastung, taken):
        answer = signed_in.post(RECORD, pressed({"take_place": taken}, "mastung"))

        assert answer.status_code == 200
        assert not answer.context["form"]["district"].value()

    def test_works_where_the_record_is_corrected(self, client, mastung):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)
        url = f"{incident.get_absolute_url()}change/"
        form = client.get(url).context["form"]
        said = {name: form[name].value() or "" for name in form.fields} | {"place": "mastung"}

        answer = client.post(url, said | FIND)

        assert answer.context["form"]["district"].value() == mastung.pk
        incident.refresh_from_db()
        assert incident.district_id != mastung.pk


class TestWrittenButNotChosen:
    def test_is_asked_about_and_nothing_is_guessed(self, signed_in, mastung):
        answer = signed_in.post(RECORD, pressed({}, "mastung"))

        assert answer.status_code == 422
        assert "is not the area chosen below" in answer.context["form"].errors["place"][0]
        assert f'name="take_place" value="{mastung.pk}"' in answer.text
        assert not Incident.objects.exists()

    def test_contradicts_another_district(self, signed_in, mastung):
        quetta = DistrictFactory.create(name="Quetta", province=mastung.province)

        answer = signed_in.post(RECORD, typed(district=quetta, place="mastung"))

        assert "is not the area chosen below" in answer.context["form"].errors["place"][0]

    def test_of_no_area_is_refused_with_a_sentence(self, signed_in, mastung):
        answer = signed_in.post(RECORD, typed(district=mastung, place="Qqqqzzzz"))

        assert "No area is written “Qqqqzzzz”" in answer.context["form"].errors["place"][0]

    @pytest.mark.parametrize("place", ["", "Mastung", "مستونگ", "balochistan"])
    def test_agrees_with_what_is_chosen(self, signed_in, mastung, place):
        answer = signed_in.post(RECORD, typed(district=mastung, place=place))

        assert answer.status_code == 302
        assert Incident.objects.get().district == mastung


class TestForm:
    def test_asks_by_address_of_the_places_and_has_its_script(self, signed_in):
        page = signed_in.get(RECORD).text

        assert 'hx-get="/places/find/"' in page
        assert "combobox" in page
        assert 'name="find_place"' in page

    def test_keeps_the_chosen_tehsil_in_the_list_that_htmx_fetches(self, signed_in):
        tehsil = TehsilFactory.create(name="Tall")

        page = signed_in.get(f"/incidents/tehsils/?district={tehsil.parent_id}&tehsil={tehsil.pk}")

        assert f'<option value="{tehsil.pk}" selected>Tall</option>' in page.text

    def test_is_not_for_an_outsider_who_records_nothing(self, client, outsider, mastung):
        client.force_login(outsider)

        assert client.post(RECORD, pressed(FIND, "mastung")).status_code == 403

    def test_is_closed_to_strangers(self, client):
        UserFactory.create()

        answer = client.post(RECORD, pressed(FIND, "mastung"))

        assert answer.status_code == 401
        assert "Sign in" in answer.text
