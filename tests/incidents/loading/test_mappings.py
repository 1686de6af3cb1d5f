"""What somebody said of a list's columns is offered for its next file, to the same agency alone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from agencies.choices import Classification
from audit.models import Event
from incidents import actions, selectors
from incidents.models import ColumnMapping, Import, Incident
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FIRST = "Ref,When,What,Where\n1,2023-09-29,Explosion,Mastung\n"
NEXT = "Where,When,What,Ref\nHangu,2023-10-02,Explosion,2\n"
SAID = {"key": "Ref", "date": "When", "title": "What", "district": "Where"}


def said(loading, content=FIRST, name="Our list", mapping=SAID, **how):
    batch = loading.received(content, **how)
    return actions.map_columns(
        import_id=batch.pk, mapping=mapping, list_name=name, by=loading.by, at=timezone.now()
    )


def forget(kept, by):
    return actions.forget_mapping(mapping_id=kept.pk, by=by, at=timezone.now())


class TestTheNextFile:
    def test_with_the_same_columns_in_any_order_needs_no_further_word(self, loading):
        said(loading)

        batch = loading.received(NEXT, name="october.csv")
        batch = loading.step(actions.store_import, loading.step(actions.check_import, batch))

        assert (batch.list_name, batch.mapping, batch.added) == ("Our list", SAID, 1)
        assert Incident.objects.get().district.name == "Hangu"

    def test_of_a_colleague_is_offered_it_too(self, loading):
        said(loading)
        loading.by = UserFactory.create(agency=loading.by.agency)

        assert loading.received(NEXT).mapping == SAID

    def test_of_an_outsider_is_not(self, loading, outsider):
        said(loading)
        loading.by = UserFactory.create()

        batch = loading.received(NEXT, name="theirs.csv")

        assert (batch.list_name, batch.mapping) == ("theirs", {})
        for each in (outsider, loading.by, UserFactory.create(commander=True)):
            assert not ColumnMapping.objects.visible_to(each).exists()

    def test_of_somebody_less_cleared_is_not(self, loading):
        loading.by = UserFactory.create(clearance=Classification.CONFIDENTIAL)
        said(loading, classification=Classification.CONFIDENTIAL)
        agency = loading.by.agency
        loading.by = UserFactory.create(agency=agency, clearance=Classification.RESTRICTED)

        assert loading.received(NEXT).mapping == {}
        assert said(loading).list_name == "Our list"

    def test_with_another_column_is_asked(self, loading):
        said(loading)

        assert loading.received(NEXT.replace("What", "Event")).mapping == {"title": "Event"}

    def test_is_read_as_was_said_last(self, loading):
        said(loading)
        said(loading, name="Another list", mapping=SAID | {"month_first": "yes"})

        batch = loading.received(NEXT)

        assert (batch.list_name, batch.mapping["month_first"]) == ("Another list", "yes")
        assert [each.name for each in selectors.mappings_of(loading.by, batch)] == [
            *("Another list", "Our list"),
        ]

    def test_on_a_terminal_says_how_it_is_read(self, loading, tmp_path, capsys):
        said(loading)
        file = tmp_path / "october.csv"
        file.write_text(NEXT)

        call_command("import_incidents", file, "--as", loading.by.email, "--check")

        assert "Read as “Our list”: key=Ref, date=When" in capsys.readouterr().out


class TestSaidAgain:
    def test_the_later_word_holds_and_the_earlier_stands_in_the_record(self, loading):
        said(loading)
        said(loading, mapping=SAID | {"place": "Where"})

        assert ColumnMapping.objects.get().mapping["place"] == "Where"
        rows = Event.everything.filter(target_type="incidents.columnmapping").order_by("id")
        assert [event.verb for event in rows] == ["row.added", "row.changed"]
        assert "place" not in rows[1].data["before"]["mapping"]


class TestForgotten:
    def test_is_offered_no_more_and_can_be_said_anew(self, loading):
        said(loading)

        kept = forget(ColumnMapping.objects.get(), loading.by)

        assert loading.received(NEXT).mapping == {}
        assert Event.objects.get(verb="mapping.forgotten").target_id == kept.pk
        said(loading)
        assert loading.received(NEXT).mapping == SAID

    def test_twice_is_the_same_as_once(self, loading):
        said(loading)
        kept = ColumnMapping.objects.get()

        assert forget(kept, loading.by).forgotten_at == forget(kept, loading.by).forgotten_at
        assert Event.objects.filter(verb="mapping.forgotten").count() == 1

    def test_by_nobody_of_another_agency_or_role(self, loading, outsider):
        said(loading)
        kept = ColumnMapping.objects.get()

        for each in (outsider, UserFactory.create(agency=loading.by.agency, commander=True)):
            with pytest.raises((ColumnMapping.DoesNotExist, PermissionDenied)):
                forget(kept, each)

    def test_is_never_deleted(self, loading):
        said(loading)

        with pytest.raises(Exception, match="never_deleted"):
            ColumnMapping.objects.all().delete()


class TestPages:
    @pytest.fixture(autouse=True)
    def signed_in(self, loading, client):
        client.force_login(loading.by)
        said(loading)

    def test_of_the_next_file_say_how_it_is_read_and_offer_the_others(self, loading, client):
        said(loading, name="Another list", mapping=SAID | {"month_first": "yes"})
        batch = loading.received(NEXT)
        first = ColumnMapping.objects.get(name="Our list")

        page = client.get(batch.get_absolute_url()).text
        other = client.get(f"{batch.get_absolute_url()}?like={first.pk}").text

        assert "Filled as was said of “Another list”" in page
        assert f"?like={first.pk}#columns" in page
        assert "Filled as was said of “Our list”" in other
        assert 'value="Our list"' in other

    def test_of_a_file_like_none_of_ones_own_lists_show_nothing_of_others(self, loading, client):
        loading.by = UserFactory.create()
        batch = loading.received(NEXT)
        client.force_login(loading.by)
        hidden = ColumnMapping.objects.get()

        page = client.get(f"{batch.get_absolute_url()}?like={hidden.pk}").text

        assert "Our list" not in page
        assert client.post(f"/incidents/imports/mappings/{hidden.pk}/forget/").status_code == 404

    def test_of_the_files_list_what_is_known_and_forget_it(self, client):
        kept = ColumnMapping.objects.get()
        page = client.get("/incidents/imports/").text
        assert "Lists that are known" in page

        answer = client.post(f"/incidents/imports/mappings/{kept.pk}/forget/", follow=True)

        assert "The columns of “Our list” are forgotten" in answer.text
        assert "Lists that are known" not in answer.text
        assert Import.objects.exists()

    def test_of_the_files_take_the_same_few_queries_however_many(
        self, loading, client, django_assert_max_num_queries
    ):
        for number in range(5):
            said(loading, name=f"List {number}")

        with django_assert_max_num_queries(14):
            client.get("/incidents/imports/")
