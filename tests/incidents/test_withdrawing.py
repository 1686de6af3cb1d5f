"""What was recorded in error leaves every list and count, and is concealed from nobody."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agencies.choices import TLP
from audit.models import Event
from incidents import actions, selectors
from incidents.actions.incidents import NotTheSame, ReasonNeeded
from incidents.models import Incident
from incidents.selectors import Filters
from incidents.selectors.summaries import summary
from incidents.selectors.twins import twins
from lessons.selectors.search import search
from reviews import actions as review_actions
from reviews.actions.opening import IncidentWithdrawn
from tests.bulletins.factories import IncidentFactory
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db
WHY = "The same explosion was recorded twice."


@pytest.fixture
def incident():
    return IncidentFactory.create(title="Zamburak blast", tlp=TLP.GREEN)


def withdraw(incident, by=None, reason=WHY):
    return actions.withdraw_incident(
        incident_id=incident.pk, reason=reason, by=by or incident.recorded_by, at=NOON
    )


def listed(user):
    return [row[2] for row in selectors.register(user, Filters()).rows]


class TestWithdrawing:
    def test_takes_it_out_of_lists_counts_searches_and_files(self, client, incident):
        by = incident.recorded_by
        client.force_login(by)
        assert listed(by) == ["Zamburak blast"]

        withdraw(incident)

        assert listed(by) == []
        assert summary(by, Filters()).total == 0
        assert not search(by, "Zamburak").incidents
        told = b"".join(client.get("/incidents/export/csv/").streaming_content)
        assert list(csv.DictReader(io.StringIO(told.decode("utf-8-sig")))) == []
        assert "Zamburak" not in client.get("/").text
        assert "Zamburak" not in client.get(incident.district.get_absolute_url()).text

    def test_leaves_its_page_to_all_who_read_it_with_the_reason(self, client, incident, outsider):
        withdraw(incident)

        for reader in (incident.recorded_by, outsider):
            client.force_login(reader)
            page = client.get(incident.get_absolute_url()).text
            assert WHY in page
            assert "It stands in no list and no count." in page

    def test_is_a_deed_with_a_reason(self, incident):
        withdraw(incident)

        event = Event.objects.get(verb="incident.withdrawn")
        assert (event.target_id, event.data["reason"]) == (incident.pk, WHY)

    def test_twice_is_once(self, incident):
        withdraw(incident)
        withdraw(incident)

        assert Event.objects.filter(verb="incident.withdrawn").count() == 1

    def test_needs_a_reason_in_the_database_too(self, incident):
        with pytest.raises(ReasonNeeded):
            withdraw(incident, reason="  ")
        with pytest.raises(IntegrityError), transaction.atomic():
            Incident.objects.update(withdrawn_at=NOON, withdrawn_by=incident.recorded_by)

    def test_ends_the_work_on_it(self, client, incident):
        withdraw(incident)
        client.force_login(incident.recorded_by)

        page = client.get(incident.get_absolute_url()).text

        assert "Correct the record" not in page
        assert "Open a review" not in page
        assert client.get(f"{incident.get_absolute_url()}change/").status_code == 403

    def test_lets_no_review_begin(self, incident):
        withdraw(incident)

        with pytest.raises(IncidentWithdrawn):
            review_actions.open_review(
                incident_id=incident.pk,
                tier="T2",
                tlp="AMBER",
                classification="RESTRICTED",
                caveats=[],
                by=incident.recorded_by,
                at=NOON,
            )


class TestTwins:
    @pytest.fixture
    def second(self, incident):
        return IncidentFactory.create(
            agency=incident.agency,
            district=incident.district,
            title="Blast near Zamburak",
            on_date=incident.on_date + timedelta(days=1),
            sort_date=incident.on_date + timedelta(days=1),
            recorded_by=incident.recorded_by,
        )

    def test_are_suggested_with_the_words_that_both_hold(self, incident, second):
        IncidentFactory.create(agency=incident.agency, title="Zamburak elsewhere")

        (twin,) = twins(incident.recorded_by, incident)

        assert (twin.incident, twin.words) == (second, ["blast", "zamburak"])

    def test_are_none_that_one_may_not_see(self, incident, outsider):
        IncidentFactory.create(district=incident.district, title="Zamburak blast")

        assert twins(incident.recorded_by, incident) == []
        assert twins(outsider, incident) == []

    def test_are_merged_with_both_histories_and_taken_apart_again(self, client, incident, second):
        client.force_login(incident.recorded_by)
        page = client.get(second.get_absolute_url()).text
        assert f"/withdraw/?same_as={incident.pk}" in page

        path = f"{second.get_absolute_url()}withdraw/?same_as={incident.pk}"
        assert "The same incident is on the register already." in client.get(path).text
        client.post(path, {"reason": WHY})

        assert listed(incident.recorded_by) == ["Zamburak blast"]
        words = f"was also recorded as {second.reference}"
        assert words in client.get(incident.get_absolute_url()).text
        assert incident.get_absolute_url() in client.get(second.get_absolute_url()).text

        client.post(f"{second.get_absolute_url()}put-back/")
        assert len(listed(incident.recorded_by)) == 2
        assert words not in client.get(incident.get_absolute_url()).text

    def test_show_no_record_to_whom_it_is_closed(self, client, incident, second, outsider):
        """The second was open to all, the one that stands is not."""
        actions.withdraw_incident(
            incident_id=incident.pk,
            reason=WHY,
            same_as=second.pk,
            by=incident.recorded_by,
            at=NOON,
        )
        client.force_login(outsider)

        page = client.get(incident.get_absolute_url()).text

        assert WHY in page
        assert second.reference not in page
        assert second.get_absolute_url() not in page
        # Whoever reads the record may read its deeds, and they name no closed record either.
        assert Event.objects.get(verb="incident.withdrawn").data == {"reason": WHY}

    def test_are_none_of_itself_nor_of_what_is_withdrawn(self, incident, second):
        with pytest.raises(NotTheSame):
            actions.withdraw_incident(
                incident_id=incident.pk,
                reason=WHY,
                same_as=incident.pk,
                by=incident.recorded_by,
                at=NOON,
            )
        withdraw(second)
        with pytest.raises(NotTheSame):
            actions.withdraw_incident(
                incident_id=incident.pk,
                reason=WHY,
                same_as=second.pk,
                by=incident.recorded_by,
                at=NOON,
            )


class TestPuttingBack:
    def test_undoes_it_and_both_stand_in_the_record(self, incident):
        by = incident.recorded_by
        withdraw(incident)

        actions.put_back_incident(incident_id=incident.pk, by=by, at=NOON)

        assert listed(by) == ["Zamburak blast"]
        verbs = Event.objects.filter(target_id=incident.pk, target_type="incidents.incident")
        assert {"incident.withdrawn", "incident.put_back"} <= {event.verb for event in verbs}


class TestThePage:
    def test_asks_for_the_reason_and_keeps_what_was_typed(self, client, incident):
        client.force_login(incident.recorded_by)
        path = f"{incident.get_absolute_url()}withdraw/"

        assert client.post(path, {"reason": ""}).status_code == 422
        assert client.post(path, {"reason": WHY}).status_code == 302

        page = client.get(incident.get_absolute_url()).text
        assert "Put it back" in page
        client.post(f"{incident.get_absolute_url()}put-back/")
        assert Incident.objects.get().withdrawn_at is None


class TestRights:
    @pytest.mark.parametrize("role", ["RELEASE_OFFICER", "AGENCY_ADMIN", "AUDITOR"])
    def test_are_those_of_who_records_and_commands(self, incident, role):
        other = UserFactory.create(agency=incident.agency, role=role)
        with pytest.raises(PermissionDenied):
            withdraw(incident, by=other)

        withdraw(incident, by=UserFactory.create(agency=incident.agency, commander=True))
        with pytest.raises(PermissionDenied):
            actions.put_back_incident(incident_id=incident.pk, by=other, at=NOON)

    def test_are_no_outsiders(self, client, incident, outsider):
        hidden = IncidentFactory.create()
        client.force_login(outsider)

        assert client.post(f"{incident.get_absolute_url()}withdraw/").status_code == 403
        assert client.post(f"{hidden.get_absolute_url()}withdraw/").status_code == 404
        assert client.post(f"{hidden.get_absolute_url()}put-back/").status_code == 404
