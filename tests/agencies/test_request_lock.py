"""What a request leaves on the events of the record: who, in which post, by which request."""

from agencies.choices import TLP, Classification
from audit.choices import Verb
from audit.models import Event
from tests.factories import UserFactory
from tests.lessons.factories import IncidentFactory


class TestRequestLock:
    def test_events_say_in_which_post_by_which_request_and_from_where(self, client, db, settings):
        settings.TRUSTED_PROXIES = 1
        reader = UserFactory.create()
        incident = IncidentFactory.create(tlp=TLP.GREEN, classification=Classification.RESTRICTED)
        client.force_login(reader)

        client.get(incident.get_absolute_url(), headers={"X-Forwarded-For": "203.0.113.7"})

        event = Event.objects.get(verb=Verb.RECORD_READ, actor_id=reader.pk)
        assert event.posting_id == reader.posting_id
        assert event.request_id is not None
        assert event.address == "203.0.113.7"
