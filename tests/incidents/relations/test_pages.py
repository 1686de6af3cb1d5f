"""The pages on which it is said."""

import pytest
from django.core.exceptions import PermissionDenied

from agencies.choices import TLP
from incidents.models import Relation
from tests.bulletins.factories import IncidentFactory
from tests.factories import UserFactory
from tests.incidents.relations.relating import WHY, beside, page_of, relate, take_back

pytestmark = pytest.mark.django_db


class TestThePages:
    def test_lead_from_a_suggestion_to_a_relation(self, client, incident):
        other = beside(incident, title="Blast at the market", district=incident.district)
        page = page_of(client, incident.recorded_by, incident)
        path = f"{incident.get_absolute_url()}relations/add/?to={other.reference}"
        assert path in page

        form = client.get(path)
        assert "Blast at the market" in form.text
        answer = client.post(path, {"reference": other.reference, "kind": "SERIES"})

        assert answer.url == f"{incident.get_absolute_url()}#related"
        assert Relation.objects.get().other_than(incident) == other

    def test_lead_from_a_suggestion_to_a_refusal_and_back(self, client, incident):
        other = beside(incident, district=incident.district)
        client.force_login(incident.recorded_by)
        start = incident.get_absolute_url()

        path = f"{start}relations/refuse/?to={other.reference}"
        assert client.post(path, {"reference": other.reference, "reason": ""}).status_code == 422
        client.post(path, {"reference": other.reference, "reason": WHY})
        back = f"{start}relations/{Relation.objects.get().pk}/take-back/"
        assert back in client.get(start).text
        assert WHY in client.get(back).text
        assert client.post(back, {"reason": ""}).status_code == 422
        client.post(back, {"reason": "Looked at again."})

        assert not Relation.objects.standing().exists()

    def test_keep_what_was_typed_and_say_what_is_wrong(self, client, incident):
        client.force_login(incident.recorded_by)
        other = beside(incident)

        answer = client.post(
            f"{incident.get_absolute_url()}relations/add/",
            {"reference": other.reference, "kind": "OTHER", "note": ""},
        )

        assert answer.status_code == 422
        assert "Say in a note what the relation is." in answer.text
        assert other.reference in answer.text

    def test_answer_alike_of_an_unseen_record_and_of_none(self, client, incident):
        closed = IncidentFactory.create(tlp=TLP.AMBER_STRICT, title="Zamburak")
        client.force_login(incident.recorded_by)
        path = f"{incident.get_absolute_url()}relations/add/"

        for reference in (closed.reference, "INC-NONE"):
            assert "Zamburak" not in client.get(f"{path}?to={reference}").text
            answer = client.post(path, {"reference": reference, "kind": "PLACE"})
            assert answer.status_code == 422
            assert "No incident with this reference is open to you." in answer.text

    def test_offer_nothing_to_whoever_may_not_change_the_record(self, client, incident, outsider):
        beside(incident, district=incident.district)

        page = page_of(client, outsider, incident)

        assert "May be related" in page
        assert "/relations/" not in page

    def test_are_closed_to_outsiders(self, client, incident, outsider):
        relation = relate(incident, beside(incident))
        hidden = relate(*[beside(incident, tlp=TLP.AMBER_STRICT) for _ in range(2)])
        client.force_login(outsider)

        for way in ("add/", "refuse/", f"{relation.pk}/take-back/"):
            path = f"{incident.get_absolute_url()}relations/{way}"
            assert client.get(path).status_code == 403
            assert client.post(path).status_code == 403
        path = f"{incident.get_absolute_url()}relations/{hidden.pk}/take-back/"
        assert client.get(path).status_code == 404

    @pytest.mark.parametrize("role", ["COMMANDER", "RELEASE_OFFICER", "AGENCY_ADMIN", "AUDITOR"])
    def test_are_for_those_who_record(self, incident, role):
        other = UserFactory.create(agency=incident.agency, role=role)

        with pytest.raises(PermissionDenied):
            relate(incident, beside(incident), by=other)
        with pytest.raises(PermissionDenied):
            take_back(relate(incident, beside(incident)), by=other)
