"""A file onto the register: checked, asked about, stored; again, newer, stopped, broken off."""

import csv
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone

from agencies.choices import TLP, Classification, Role
from agencies.models import User
from audit.models import Event
from incidents import actions, selectors
from incidents.choices import Precision
from incidents.choices.files import ImportState
from incidents.files import vault
from incidents.loading import work
from incidents.loading.work import work_on
from incidents.management.commands.load_sample_incidents import SAMPLE
from incidents.models import CasualtyCount, DataRow, Import, Incident, Refusal
from incidents.tasks import sweep_files
from tests.factories import UserFactory
from tests.incidents.loading.conftest import ucdp

pytestmark = pytest.mark.django_db
TABLE = "Date,What happened,District,Killed\n2023-09-29,Explosion,Mastung,52\n"


def numbers(batch):
    return batch.added, batch.updated, batch.same, batch.refused


class TestChecking:
    def test_stores_nothing_and_says_what_every_row_comes_to(self, loading):
        batch = loading.checked(ucdp({}, {"id": "2", "best": "many"}, {"id": "3"}))

        assert batch.state == ImportState.CHECKED
        assert numbers(batch) == (2, 0, 0, 1)
        assert loading.refusals(batch) == [
            (
                3,
                "best",
                "“many” is no number of people. Write a whole number, or leave the cell blank.",
            )
        ]
        assert not Incident.objects.exists()

    def test_asks_which_area_is_meant_and_takes_the_answer(self, loading):
        karachi = {"adm_1": "Sindh province", "adm_2": "Karachi district"}
        batch = loading.checked(ucdp(karachi, karachi | {"id": "2"}))
        assert numbers(batch) == (0, 0, 0, 2)

        actions.answer_places(
            import_id=batch.pk,
            answers={"Karachi district": "PK7-KARACHI"},
            by=loading.by,
            at=timezone.now(),
        )
        batch = loading.step(actions.check_import, batch)

        assert numbers(batch) == (2, 0, 0, 0)

    def test_of_a_table_waits_until_its_columns_are_said(self, loading):
        batch = loading.received(TABLE)
        assert batch.mapping == {"date": "Date", "district": "District", "killed": "Killed"}

        with pytest.raises(actions.ImportRefused, match="Say first"):
            actions.check_import(import_id=batch.pk, by=loading.by, at=timezone.now())
        with pytest.raises(actions.ImportRefused, match="What happened, in one line"):
            actions.map_columns(
                import_id=batch.pk,
                mapping=batch.mapping,
                list_name="Ours",
                by=loading.by,
                at=timezone.now(),
            )

    def test_of_a_day_to_come_refuses(self, loading):
        later = {"date_start": "2099-01-01", "date_end": "2099-01-01"}

        batch = loading.checked(ucdp(later))

        assert loading.refusals(batch) == [
            (2, "date_start", "The day is still to come. Correct it.")
        ]


class TestStoring:
    def test_puts_what_is_sound_on_the_register(self, loading):
        batch = loading.stored(ucdp({}, {"id": "2", "best": "many"}))

        assert (batch.state, numbers(batch)) == (ImportState.DONE, (1, 0, 0, 1))
        incident = Incident.objects.get()
        assert incident.agency == loading.by.agency
        assert incident.district.name == "Charsadda"
        assert (incident.tlp, incident.classification) == (TLP.AMBER, Classification.RESTRICTED)
        assert incident.data_rows.get().cells["where_coordinates"] == "Shabqadar town"
        assert incident.casualty_counts.get(group="victims").best == 1
        (row,) = selectors.register(loading.by, selectors.Filters()).rows
        assert row[5] == "1"  # killed; neither the two attackers nor the total of everybody

    def test_needs_a_check(self, loading):
        batch = loading.received(ucdp({}))

        with pytest.raises(actions.ImportRefused, match="checked first"):
            actions.store_import(import_id=batch.pk, by=loading.by, at=timezone.now())

    def test_of_the_same_file_again_adds_nothing(self, loading):
        loading.stored(ucdp({}, {"id": "2"}))

        again = loading.checked(ucdp({}, {"id": "2"}))

        assert numbers(again) == (0, 0, 2, 0)
        with pytest.raises(actions.ImportRefused, match="nothing in it"):
            actions.store_import(import_id=again.pk, by=loading.by, at=timezone.now())
        assert Incident.objects.count() == 2

    def test_of_a_newer_row_brings_up_to_date_and_keeps_the_old(self, loading):
        loading.stored(ucdp({}))

        batch = loading.stored(ucdp({"best": "5", "high": "5", "low": "5", "deaths_b": "4"}))

        incident = Incident.objects.get()
        assert numbers(batch) == (0, 1, 0, 0)
        assert [row.cells["best"] for row in incident.data_rows.order_by("version")] == ["3", "5"]
        totals = CasualtyCount.objects.filter(group="everybody").order_by("position")
        assert [count.best for count in totals] == [3, 5]

    def test_of_a_newer_row_that_counts_the_same_adds_no_second_count(self, loading):
        loading.stored(ucdp({}))

        loading.stored(ucdp({"where_coordinates": "Shabqadar fort"}))

        assert CasualtyCount.objects.filter(group="everybody").count() == 1

    def test_of_a_newer_row_leaves_what_a_person_corrected(self, loading):
        loading.stored(ucdp({}))
        Incident.objects.update(title="Told better by a person")

        loading.stored(ucdp({"where_coordinates": "Shabqadar fort"}))

        incident = Incident.objects.get()
        assert incident.title == "Told better by a person"
        assert incident.place_text == "Shabqadar fort"

    def test_of_another_agency_is_an_incident_of_its_own(self, loading, by):
        loading.stored(ucdp({}))
        loading.by = UserFactory.create()

        batch = loading.stored(ucdp({}))

        assert numbers(batch) == (1, 0, 0, 0)
        assert Incident.objects.count() == 2
        assert Incident.objects.visible_to(by).count() == 1

    def test_leaves_events_with_who_and_what(self, loading):
        batch = loading.stored(ucdp({}))

        deeds = Event.objects.filter(target_type="incidents.import", target_id=batch.pk)
        told = list(deeds.exclude(verb__startswith="row.").order_by("id"))
        assert [event.verb for event in told] == [
            *("import.received", "import.checked", "import.started"),
            *("incident.loaded", "import.done"),
        ]
        assert {event.actor_id for event in told} == {loading.by.pk}
        rows = Event._base_manager.filter(verb="row.added", target_type="incidents.incident")
        assert rows.count() == 1

    def test_of_a_table_by_its_mapping(self, loading):
        batch = loading.received(TABLE)
        actions.map_columns(
            import_id=batch.pk,
            mapping=batch.mapping | {"title": "What happened"},
            list_name="Our list",
            by=loading.by,
            at=timezone.now(),
        )
        batch = loading.step(actions.store_import, loading.step(actions.check_import, batch))

        incident = Incident.objects.get()
        assert (incident.title, incident.on_date) == ("Explosion", date(2023, 9, 29))
        assert incident.casualty_counts.get().best == 52
        assert incident.casualty_counts.get().reported_by == "Our list"

    @pytest.mark.parametrize(
        ("month_first", "day"), [("", date(2023, 4, 3)), ("yes", date(2023, 3, 4))]
    )
    def test_of_days_with_slashes_is_as_was_said(self, loading, month_first, day):
        batch = loading.received(TABLE.replace("2023-09-29", "03/04/2023"))
        mapping = batch.mapping | {"title": "What happened", "month_first": month_first}
        actions.map_columns(
            import_id=batch.pk, mapping=mapping, list_name="Ours", by=loading.by, at=timezone.now()
        )

        loading.step(actions.store_import, loading.step(actions.check_import, batch))

        assert Incident.objects.get().on_date == day

    def test_of_what_the_database_refuses_tells_the_row_and_stores_the_rest(self, loading):
        loading.stored(ucdp({"id": "1"}))
        # An incident of the agency that whoever loads may no longer read.
        Incident.objects.update(classification=Classification.SECRET)

        batch = loading.stored(ucdp({"id": "1"}, {"id": "2"}))

        assert (batch.state, numbers(batch)) == (ImportState.DONE, (1, 0, 0, 1))
        assert loading.refusals(batch) == [
            (2, "", "The register could not take this row. Ask your agency admin.")
        ]

    def test_of_long_keys_takes_each_for_itself(self, loading):
        long = "k" * 150

        batch = loading.stored(ucdp({"id": f"{long}1"}, {"id": f"{long}2"}))

        assert numbers(batch) == (2, 0, 0, 0)

    def test_of_two_lists_never_takes_one_for_the_other(self, loading):
        names = []
        for name, key in (("a", "b:1"), ("a:b", "1")):
            header, row, _end = TABLE.split("\n")
            batch = loading.received(f"No,{header}\n{key},{row}\n")
            mapping = batch.mapping | {"title": "What happened"}
            actions.map_columns(
                import_id=batch.pk,
                mapping=mapping,
                list_name=name,
                by=loading.by,
                at=timezone.now(),
            )
            batch = loading.step(actions.store_import, loading.step(actions.check_import, batch))
            names.append(batch.data_set)

        assert Incident.objects.count() == 2
        assert names == ["a", "a b"]

    def test_flags_the_total_alone_where_its_numbers_do_not_rise(self, loading):
        loading.stored(ucdp({"low": "4"}))

        assert [each.group for each in CasualtyCount.objects.filter(is_out_of_order=True)] == [
            "everybody"
        ]


class TestStops:
    @pytest.fixture
    def piecewise(self, monkeypatch):
        monkeypatch.setattr(work, "AT_ONCE", 2)

    @pytest.fixture
    def five(self, loading, piecewise):
        return loading.checked(ucdp(*({"id": str(number)} for number in range(5))))

    def test_and_goes_on_where_it_stopped(self, loading, five):
        actions.store_import(import_id=five.pk, by=loading.by, at=timezone.now())
        assert work_on(five.pk, until=timezone.now())
        actions.stop_import(import_id=five.pk, by=loading.by, at=timezone.now())
        assert not work_on(five.pk)
        assert (loading.now(five).state, Incident.objects.count()) == (ImportState.STOPPED, 2)

        batch = loading.step(actions.resume_import, five)

        assert (batch.state, numbers(batch)) == (ImportState.DONE, (5, 0, 0, 0))
        assert Incident.objects.count() == 5

    def test_in_the_middle_of_a_batch_lose_and_double_nothing(self, loading, five, monkeypatch):
        actions.store_import(import_id=five.pk, by=loading.by, at=timezone.now())
        whole, calls = Refusal.objects.bulk_create, []

        def power_cut(*args, **kwargs):
            calls.append(1)
            if len(calls) == 2:
                raise RuntimeError("the power went")
            return whole(*args, **kwargs)

        monkeypatch.setattr(Refusal.objects, "bulk_create", power_cut)
        with pytest.raises(RuntimeError):
            work_on(five.pk)
        assert (Incident.objects.count(), loading.now(five).position) == (2, 3)

        work_on(five.pk)

        assert Incident.objects.count() == 5
        assert numbers(loading.now(five)) == (5, 0, 0, 0)

    def test_when_the_file_is_no_longer_what_it_was(self, loading, five, monkeypatch):
        actions.store_import(import_id=five.pk, by=loading.by, at=timezone.now())

        def altered(*_args):
            raise vault.Altered

        monkeypatch.setattr(vault, "open_intact", altered)

        assert not work_on(five.pk)
        assert loading.now(five).state == ImportState.STOPPED
        assert Event.objects.filter(verb="evidence.altered", target_id=five.pk).exists()

    def test_when_whoever_asked_may_not_any_more(self, loading, five):
        actions.store_import(import_id=five.pk, by=loading.by, at=timezone.now())
        User.objects.filter(pk=loading.by.pk).update(is_active=False)

        assert not work_on(five.pk)

        assert not Incident.objects.exists()


class TestRights:
    @pytest.mark.parametrize(
        "role", sorted(set(Role.values) - {Role.INVESTIGATOR, Role.AGENCY_ADMIN})
    )
    def test_only_recorders_and_admins_load(self, loading, role):
        loading.by = UserFactory.create(role=role)

        with pytest.raises(PermissionDenied):
            loading.received(ucdp({}))

    def test_an_outsider_finds_no_file(self, loading, outsider):
        batch = loading.received(ucdp({}))
        colleague = UserFactory.create(agency=loading.by.agency)
        admin = UserFactory.create(agency=loading.by.agency, agency_admin=True)

        assert not Import.objects.visible_to(outsider).exists()
        assert not Import.objects.visible_to(colleague).exists()
        assert Import.objects.visible_to(admin).get() == batch

    def test_nobody_marks_above_their_clearance(self, loading):
        with pytest.raises(actions.ImportRefused, match="not cleared"):
            loading.received(ucdp({}), classification=Classification.SECRET)

    def test_the_published_row_is_never_altered(self, loading):
        loading.stored(ucdp({}))

        with pytest.raises(Exception, match="append_only"):
            DataRow.objects.update(cells={})


class TestSample:
    def test_is_6416_events_of_which_none_is_refused_once_names_are_answered(self, loading):
        with SAMPLE.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))

        assert len(rows) == 6416
        assert len({row["id"] for row in rows}) == 6416


def test_a_month_is_on_no_day(loading):
    loading.stored(ucdp({"date_start": "2008-02-01", "date_end": "2008-02-29"}))

    assert Incident.objects.get().precision == Precision.MONTH


class TestTheFile:
    def test_stays_while_a_row_names_it_and_goes_when_none_does(self, loading, monkeypatch):
        batch = loading.received(ucdp({}))
        stray = vault.storage().save("imports/ff/" + "f" * 64, ContentFile(b"left behind"))
        monkeypatch.setattr("incidents.tasks.LEFT_BEHIND", timedelta(seconds=-60))

        sweep_files()

        assert vault.storage().exists(batch.path)
        assert not vault.storage().exists(stray)


class TestCodesOfPlaces:
    """A table that names its districts by P-codes, which meant others in 2018."""

    CODED = "Date,Title,Pcode\n2019-05-01,Explosion,PK201\n2019-05-02,Explosion,PK206\n"

    def mapped(self, loading, **said):
        batch = loading.received(self.CODED)
        actions.map_columns(
            import_id=batch.pk,
            mapping=batch.mapping | said,
            list_name="Coded",
            by=loading.by,
            at=timezone.now(),
        )
        return loading.step(actions.check_import, batch)

    def test_are_asked_about_where_nobody_said_of_which_year(self, loading):
        batch = self.mapped(loading)

        sentences = [why for _row, _column, why in loading.refusals(batch)]
        assert numbers(batch) == (0, 0, 0, 2)
        assert "in the codes of 2018 and another in those of 2022" in sentences[0]
        (first, *_rest) = selectors.asked_about(loading.by, batch)
        assert {"Abbottabad", "Awaran"} <= {place.name for place in first.offered}

    def test_are_read_as_of_the_year_that_was_said(self, loading):
        batch = self.mapped(loading, codes="2018")

        assert numbers(batch) == (1, 0, 0, 1)
        (asked,) = selectors.asked_about(loading.by, batch)
        assert [place.name for place in asked.offered[:3]] == [
            *("Malakand Division", "Chitral Lower", "Chitral Upper"),
        ]
        loading.step(actions.store_import, batch)
        assert Incident.objects.get().district.name == "Abbottabad"

    def test_of_a_year_that_is_none_are_not_taken(self, loading):
        assert "codes" not in self.mapped(loading, codes="1998").mapping
