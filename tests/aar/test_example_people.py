"""Example people live in example mode only."""

import json

import pytest
from django.core.management import call_command

from aar.examples import people
from agencies.actions.agencies import load_agencies
from agencies.actions.postings import end_posting
from agencies.choices import Role
from agencies.models import Posting, User
from audit.choices import Verb
from audit.models import Event
from places.actions import load_areas
from tests.factories import NOON, UserFactory


@pytest.fixture
def signins(db, tmp_path):
    load_areas()
    load_agencies()
    return tmp_path / "signins.json"


class TestLoad:
    def test_makes_them_once_and_keeps_their_passwords_in_a_private_file(self, signins):
        assert people.load(at=NOON, signins=signins) == len(people.POSTS)
        first = signins.read_text("utf-8")

        assert people.load(at=NOON, signins=signins) == 0

        assert signins.read_text("utf-8") == first
        assert signins.stat().st_mode & 0o077 == 0
        row = json.loads(first)[0]
        assert User.objects.get(email=row["email"]).check_password(row["password"])

    def test_opens_closed_ones_again_with_a_password_that_is_told(self, signins):
        people.load(at=NOON, signins=signins)
        people.close(at=NOON)

        assert people.load(at=NOON, signins=signins) == len(people.POSTS)

        for row in json.loads(signins.read_text("utf-8")):
            user = User.objects.get(email=row["email"])
            assert user.is_active
            assert user.check_password(row["password"])

    def test_gives_one_of_them_a_second_post_and_never_again_once_it_has_ended(self, signins):
        people.load(at=NOON, signins=signins)
        holder = people.person("BL-POLICE", Role.COMMANDER)
        second = Posting.objects.of(holder).get(agency__code="APEX-F")

        second.ended_at, second.ended_by = NOON, holder
        second.save(update_fields=["ended_at", "ended_by"])
        people.load(at=NOON, signins=signins)

        assert holder.postings.count() == 2
        assert Posting.objects.of(holder).get() == holder.posting

    def test_leaves_whom_an_admin_has_taken_the_last_post_from(self, signins):
        people.load(at=NOON, signins=signins)
        person = people.person("KP-POLICE", Role.COMMANDER)
        admin = people.person("MOI", Role.SYSTEM_ADMIN)
        end_posting(posting_id=person.posting_id, by=admin, at=NOON)

        assert people.load(at=NOON, signins=signins) == 0

        person.refresh_from_db()
        assert not person.is_active


class TestClose:
    def test_closes_example_accounts_and_no_other(self, signins):
        people.load(at=NOON, signins=signins)
        real = UserFactory.create()

        assert people.close(at=NOON) == len(people.POSTS)
        assert people.close(at=NOON) == 0

        assert list(User.objects.filter(is_active=True)) == [real]
        assert Event.objects.filter(verb=Verb.USER_CHANGED).count() == len(people.POSTS)


class TestAProductionStart:
    def test_makes_no_example_and_closes_those_of_an_earlier_run(self, signins, settings, tmp_path):
        settings.EXAMPLE_MODE = False
        settings.DATA_DIR = tmp_path
        settings.STATIC_ROOT = tmp_path / "static"
        settings.STATIC_ROOT.mkdir()
        UserFactory.create(is_example=True)

        call_command("prepare", verbosity=0)

        assert not User.objects.filter(is_active=True).exists()
        assert User.objects.count() == 1
        assert not (tmp_path / "signins.json").exists()
