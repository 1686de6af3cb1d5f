"""A newer row of a record that was withdrawn: told and kept, and the record stays as it is."""

import pytest
from django.utils import timezone

from incidents import actions
from incidents.models import DataRow, Incident
from tests.incidents.loading.conftest import ucdp
from tests.incidents.loading.test_loading import numbers

pytestmark = pytest.mark.django_db
NEWER = {"where_coordinates": "Shabqadar fort", "best": "5", "high": "5", "low": "5"}


@pytest.fixture
def withdrawn(loading):
    loading.stored(ucdp({}))
    incident = Incident.objects.get()
    return actions.withdraw_incident(
        incident_id=incident.pk, reason="Entered in error.", by=loading.by, at=timezone.now()
    )


def put_back(incident, by):
    actions.put_back_incident(incident_id=incident.pk, by=by, at=timezone.now())


class TestANewerRow:
    def test_is_told_at_the_check_already(self, loading, withdrawn):
        batch = loading.checked(ucdp(NEWER))

        assert numbers(batch) == (0, 0, 0, 1)
        (row, _column, sentence), *_none = loading.refusals(batch)
        assert row == 2
        assert f"{withdrawn.reference}, was withdrawn and stays as it is" in sentence
        assert DataRow.objects.count() == 1

    def test_is_kept_beside_the_record_and_changes_nothing_in_it(self, loading, withdrawn):
        batch = loading.stored(ucdp(NEWER, {"id": "2"}))

        incident = Incident.objects.get(pk=withdrawn.pk)
        assert numbers(batch) == (1, 0, 0, 1)
        assert incident.place_text == "Shabqadar town"
        assert incident.lock_version == withdrawn.lock_version
        assert incident.casualty_counts.get(group="everybody").best == 3
        kept = incident.data_rows.latest("version")
        assert (kept.version, kept.cells["best"]) == (2, "5")
        assert kept.is_of_a_withdrawn_record

    def test_is_known_when_it_comes_again(self, loading, withdrawn):
        loading.stored(ucdp(NEWER, {"id": "2"}))

        assert numbers(loading.checked(ucdp(NEWER))) == (0, 0, 1, 0)

    def test_is_taken_up_when_it_comes_after_the_record_was_put_back(self, loading, withdrawn):
        loading.stored(ucdp(NEWER, {"id": "2"}))
        put_back(withdrawn, loading.by)

        batch = loading.stored(ucdp(NEWER))

        incident = Incident.objects.get(pk=withdrawn.pk)
        assert numbers(batch) == (0, 1, 0, 0)
        assert incident.place_text == "Shabqadar fort"
        assert [each.version for each in incident.data_rows.order_by("version")] == [1, 2, 3]

    def test_says_on_the_page_that_it_changed_nothing(self, loading, withdrawn, client):
        loading.stored(ucdp(NEWER, {"id": "2"}))
        client.force_login(loading.by)

        page = client.get(withdrawn.get_absolute_url()).text

        assert "It came after the record was withdrawn" in page


def test_the_same_row_is_no_news(loading, withdrawn):
    assert numbers(loading.checked(ucdp({}))) == (0, 0, 1, 0)
