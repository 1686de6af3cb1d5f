"""What a person saves of the register: theirs, by name, and nobody else's."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from agencies.lock import acting
from audit.models import Event
from incidents import actions
from incidents.forms import read_columns, read_filters, written
from incidents.models import SavedFilter
from incidents.models.saved import LONGEST_QUERY, MOST_SAVED
from places.models import Area
from tests.counting import LOCK
from tests.factories import NOON, DistrictFactory, UserFactory
from tests.incidents.factories import IncidentFactory

pytestmark = pytest.mark.django_db
REGISTER, LIST, SAVE = "/incidents/", "/incidents/filters/", "/incidents/filters/save/"


@pytest.fixture
def by():
    return UserFactory.create()


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


def save(by, name="Fridays", query="occasion=friday"):
    return actions.save_filter(name=name, query=query, by=by, at=NOON)


def names(by):
    return [each.name for each in SavedFilter.objects.visible_to(by).in_order()]


class TestSaveFilter:
    def test_keeps_it_for_that_person_alone(self, by, outsider):
        saved = save(by, name="  Fridays\x00  in   Hangu ")

        assert (saved.name, saved.person, saved.saved_at) == ("Fridays in Hangu", by, NOON)
        assert names(by) == ["Fridays in Hangu"]
        assert names(outsider) == []

    def test_takes_a_name_once_a_person(self, by, outsider):
        save(by)

        with pytest.raises(actions.FilterNotSaved, match="called “FRIDAYS”"):
            save(by, name="FRIDAYS")
        save(outsider)

        assert SavedFilter.objects.count() == 2

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"name": " \x00 "}, "Give it a name"),
            ({"query": ""}, "nothing to save"),
            ({"query": "q=" + "x" * LONGEST_QUERY}, "too long"),
        ],
    )
    def test_refuses_what_says_nothing_or_too_much(self, by, said, sentence):
        with pytest.raises(actions.FilterNotSaved, match=sentence):
            save(by, **said)

        assert not SavedFilter.objects.exists()

    def test_keeps_at_most_fifty(self, by, outsider):
        for number in range(MOST_SAVED):
            save(by, name=f"n{number}")

        with pytest.raises(actions.FilterNotSaved, match="saved 50 filters"):
            save(by, name="One more")
        with pytest.raises(IntegrityError, match="has saved 50"), transaction.atomic():
            SavedFilter.objects.create(person=by, name="x", query="q=x", saved_at=NOON)
        save(outsider)

        assert len(names(by)) == MOST_SAVED

    def test_leaves_on_record_that_it_was_done_and_not_what_it_says(self, by):
        saved = save(by, name="Zamburak", query="q=zamburak")
        actions.rename_filter(filter_id=saved.pk, name="Zamburak again", by=by)
        actions.put_filter_first(filter_id=saved.pk, by=by)
        actions.remove_filter(filter_id=saved.pk, by=by)

        events = Event.everything.filter(target_type="incidents.savedfilter").order_by("pk")

        verbs = [each.verb for each in events]
        assert verbs == ["row.added", "row.changed", "row.removed"]  # a name alone is no change
        assert {each.actor_id for each in events} == {by.pk}
        assert not [each for each in events if "amburak" in str(each.data)]

    def test_is_seen_by_oversight_without_its_words_and_by_no_other_auditor(self, client, by):
        saved = save(by, name="Zamburak", query="q=zamburak")
        life = f"/audit/of/incidents.savedfilter/{saved.pk}/"
        client.force_login(UserFactory.create(auditor=True, agency=by.agency))
        assert client.get(life).status_code == 404

        client.force_login(UserFactory.create(auditor=True, agency__kind="oversight"))
        page = client.get(life)

        assert page.status_code == 200
        assert by.post in page.text
        assert "amburak" not in page.text


class TestChanges:
    def test_give_it_another_name(self, by):
        saved = save(by)
        save(by, name="Others")

        actions.rename_filter(filter_id=saved.pk, name="fridays", by=by)
        with pytest.raises(actions.FilterNotSaved, match="called “OTHERS”"):
            actions.rename_filter(filter_id=saved.pk, name="OTHERS", by=by)

        assert names(by) == ["fridays", "Others"]

    def test_put_one_first_and_none(self, by):
        first, second = save(by, name="a"), save(by, name="b")

        actions.put_filter_first(filter_id=first.pk, by=by)
        actions.put_filter_first(filter_id=second.pk, by=by)
        actions.put_filter_first(filter_id=second.pk, by=by)
        assert names(by) == ["b", "a"]
        assert SavedFilter.objects.get(is_first=True) == second

        actions.put_no_filter_first(by=by)
        assert not SavedFilter.objects.filter(is_first=True).exists()

    def test_remove_it(self, by):
        actions.remove_filter(filter_id=save(by).pk, by=by)

        assert names(by) == []

    def test_of_another_person_are_not_there(self, by, outsider):
        saved = save(by)
        deeds = [
            lambda: actions.rename_filter(filter_id=saved.pk, name="x", by=outsider),
            lambda: actions.put_filter_first(filter_id=saved.pk, by=outsider),
            lambda: actions.remove_filter(filter_id=saved.pk, by=outsider),
        ]

        for deed in deeds:
            with pytest.raises(SavedFilter.DoesNotExist):
                deed()

        saved.refresh_from_db()
        assert (saved.name, saved.is_first) == ("Fridays", False)

    def test_are_kept_from_others_by_the_database_itself(self, by):
        save(by)
        colleague = UserFactory.create(agency=by.agency, agency_admin=True)

        with acting(colleague):
            assert not SavedFilter.objects.exists()
        with acting(by):
            assert SavedFilter.objects.count() == 1


QUERIES = [
    "q=دھماکہ+%26+x&district=7&killed=0",
    "province=3&kind=3&year=2023&since=2020-01-01&until=2021-12-31",
    "target=15&occasion=friday&suicide=YES&group=A+group&tlp=GREEN",
    "review=overdue",
    "cols=reference,injured",
]


class TestWritten:
    @pytest.mark.parametrize("query", QUERIES)
    def test_is_read_as_what_was_written(self, query):
        asked = QueryDict(query)
        filters, columns = read_filters(asked), read_columns(asked)

        again = QueryDict(written(filters, columns))

        assert dict(again) == dict(asked)
        assert (read_filters(again), read_columns(again)) == (filters, columns)

    def test_leaves_out_what_says_nothing(self):
        asked = QueryDict("q=&year=abc&cursor=x&cols=date,area,kind,killed,tlp&tlp=PINK&review=x")

        assert written(read_filters(asked), read_columns(asked)) == ""

    def test_of_the_longest_words_can_be_saved(self, by):
        asked = QueryDict(mutable=True)
        asked.update({"q": "𐍈" * 200, "group": "𐍈" * 200})

        assert save(by, query=written(read_filters(asked), read_columns(asked))).pk


class TestOnTheRegister:
    def test_are_saved_from_the_address_and_opened_again(self, desk, by):
        IncidentFactory.create(by=by, occasion="friday", title="At prayers")
        IncidentFactory.create(by=by, title="Elsewhere")
        page = desk.get(f"{REGISTER}?q=&occasion=friday&cols=reference&cols=date").text
        address = f"{SAVE}?occasion=friday&cols=date,reference"
        assert address.replace("&", "&amp;") in page
        asked = desk.get(address).text
        assert "<bdi>Friday prayers</bdi>, <bdi>own columns</bdi>" in asked

        answer = desk.post(address, {"name": "Fridays"})

        assert answer.url == f"{REGISTER}?occasion=friday&cols=date,reference"
        opened = desk.get(answer.url).text
        assert 'aria-current="page"><bdi>Fridays</bdi></a>' in opened
        assert "Save this view" not in opened
        assert "At prayers" in opened
        assert "Elsewhere" not in opened

    def test_are_refused_with_a_sentence_and_the_name_kept(self, desk, by):
        save(by)

        answer = desk.post(f"{SAVE}?q=gate", {"name": "Fridays"})

        assert answer.status_code == 422
        assert "You have a filter called “Fridays”" in answer.text
        assert 'value="Fridays"' in answer.text
        assert desk.post(f"{SAVE}?q=gate", {"name": ""}).status_code == 422
        assert desk.post(SAVE, {"name": "Whole"}).status_code == 422

    def test_are_not_shown_to_an_outsider(self, client, by, outsider):
        saved = save(by, name="Zamburak")
        client.force_login(outsider)

        for path in (REGISTER, LIST):
            assert "Zamburak" not in client.get(path).text
        for path in ("", "first/", "remove/"):
            assert client.post(f"{LIST}{saved.pk}/{path}", {"name": "x"}).status_code == 404

    def test_open_first_and_the_whole_register_is_still_to_be_had(self, desk, by):
        IncidentFactory.create(by=by, title="Elsewhere")
        saved = save(by)
        assert desk.post(f"{LIST}{saved.pk}/first/").url == LIST

        assert desk.get(REGISTER).url == f"{REGISTER}?occasion=friday"
        narrowed = desk.get(f"{REGISTER}?occasion=friday").text
        assert '<a href="?all=1">Friday prayers' in narrowed
        assert '<a class="clear" href="?all=1">Clear all' in narrowed
        whole = desk.get(f"{REGISTER}?all=1")
        assert "Elsewhere" in whole.text
        desk.post(f"{LIST}none-first/")
        assert desk.get(REGISTER).status_code == 200

    def test_are_renamed_and_removed_on_a_page_of_their_own(self, desk, by):
        saved = save(by)

        assert 'value="Fridays"' in desk.get(f"{LIST}{saved.pk}/").text
        desk.post(f"{LIST}{saved.pk}/", {"name": "Jumma"})
        assert "Jumma" in desk.get(LIST).text
        desk.post(f"{LIST}{saved.pk}/remove/")

        assert "No filter is saved" in desk.get(LIST).text

    def test_say_that_their_area_is_gone(self, desk, by):
        district = DistrictFactory.create(name="Hangu")
        query = f"district={district.pk}"
        save(by, query=query)
        assert "<bdi>Hangu</bdi>" in desk.get(LIST).text

        Area.objects.filter(pk=district.pk).delete()

        gone = "an area that does not exist any more"
        assert gone in desk.get(LIST).text
        assert gone in desk.get(f"{REGISTER}?{query}").text

    def test_beyond_a_handful_are_a_page_further(self, desk, by):
        for number in range(9):
            save(by, name=f"n{number}")

        page = desk.get(REGISTER).text

        assert "n7" in page
        assert "n8" not in page
        assert "All saved filters" in page

    def test_cost_one_query_however_many(self, desk, by, django_assert_num_queries):
        save(by, query=f"district={DistrictFactory.create().pk}")
        for path in (REGISTER, LIST):
            desk.get(path)
            with CaptureQueriesContext(connection) as few:
                desk.get(path)
            for number in range(6):
                query = f"district={DistrictFactory.create().pk}"
                save(by, name=f"{path}{number}", query=query)
            with django_assert_num_queries(len(few)):
                desk.get(path)
        assert len(few) <= 5 + LOCK
