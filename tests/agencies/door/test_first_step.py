"""The password: what the door gives away, and what it counts."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils import timezone

from agencies.choices import TryKind
from agencies.models import Tries
from agencies.models.signing import REMEMBERED_FOR
from agencies.signing.throttle import Gate, HeldBack, forgive, take
from agencies.signing.vault import seal
from audit.choices import Verb
from audit.models import Event
from tests.agencies.door.people import SIGN_IN, come_in, is_in, type_password, with_app
from tests.factories import PASSWORD, UserFactory


@pytest.fixture
def person(db):
    return UserFactory.create()


def fail(client, email, times):
    return [type_password(client, email, "wrong").status_code for _try in range(times)]


class TestSessionFixation:
    def test_a_key_planted_before_the_sign_in_opens_nothing_after_it(self, client, person):
        client.get(SIGN_IN)
        session = client.session
        session["planted"] = "yes"
        session.save()
        client.cookies["session"] = session.session_key

        come_in(client, person)

        assert client.session.session_key != session.session_key
        thief = Client()
        thief.cookies["session"] = session.session_key
        assert not is_in(thief)

    def test_the_key_changes_at_each_step(self, client, person):
        secret, _codes = with_app(person)
        keys = set()
        client.get(SIGN_IN)
        type_password(client, person.email)
        keys.add(client.session.session_key)

        come_in(client, person, secret)

        keys.add(client.session.session_key)
        assert len(keys) == 2


class TestEnumeration:
    @pytest.fixture
    def hashed(self, monkeypatch, settings):
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
        done = []
        for name in ("encode", "verify"):
            plain = getattr(Argon2PasswordHasher, name)

            def counted(hasher, *words, _plain=plain, _name=name, **more):
                done.append(_name)
                return _plain(hasher, *words, **more)

            monkeypatch.setattr(Argon2PasswordHasher, name, counted)
        return done

    def strangers(self):
        """Somebody who is there, who left, who never set a password, and who never was."""
        left = UserFactory.create(is_active=False)
        without = UserFactory.create()
        without.set_unusable_password()
        without.save()
        return [UserFactory.create().email, left.email, without.email, "no@body.example"]

    def test_every_refusal_has_the_same_status_and_the_same_words(self, client, db):
        answers = []
        for email in self.strangers():
            answer = type_password(Client(), email, "wrong")
            token = answer.context["csrf_token"]
            answers.append(answer.content.decode().replace(email, "X").replace(str(token), "T"))
            assert answer.status_code == 422

        assert len({_without_tokens(each) for each in answers}) == 1

    def test_every_refusal_costs_one_hash_and_no_more(self, hashed, db):
        costs = []
        emails = self.strangers()
        for email in emails:
            hashed.clear()
            type_password(Client(), email, "wrong")
            costs.append(len(hashed))

        assert costs == [1, 1, 1, 1]

    def test_waiting_is_asked_of_those_who_are_not_there_as_well(self, db):
        real = UserFactory.create().email

        told = []
        for email in (real, "no@body.example"):
            fail(Client(), email, 5)
            answer = type_password(Client(), email, "wrong")
            told.append((answer.status_code, answer.context["held"]))

        assert told[0] == told[1] == (429, "Too many tries. Try again in a minute.")


def _without_tokens(page):
    lines = [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines)


class TestThrottle:
    def test_holds_back_after_five_and_looks_at_nothing_then(self, client, person):
        assert fail(client, person.email, 6) == [422] * 5 + [429]

        right = type_password(client, person.email)

        assert right.status_code == 429
        assert "Try again in a minute" in right.content.decode()
        assert person.email in right.content.decode()
        assert Event.objects.filter(verb=Verb.USER_SIGN_IN_HELD).count() == 2

    def test_opens_again_when_the_wait_is_over(self, client, person):
        fail(client, person.email, 5)

        with time_machine.travel(timezone.now() + timedelta(seconds=61)):
            assert type_password(client, person.email).status_code == 302

    def test_doubles_the_wait_up_to_an_hour(self, db):
        gate, at, waits = [Gate(TryKind.ACCOUNT, "somebody")], timezone.now(), []
        for _try in range(14):
            take(gate, at=at)
            held = Tries.objects.get().held_until
            if held:
                waits.append(int((held - at).total_seconds() // 60))
                at = held

        assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]

    def test_a_held_try_is_not_counted(self, db):
        gate, at = [Gate(TryKind.ACCOUNT, "somebody")], timezone.now()
        for _try in range(5):
            take(gate, at=at)

        with pytest.raises(HeldBack, match="in a minute"):
            take(gate, at=at)

        assert Tries.objects.get().failures == 5

    def test_counts_an_address_over_many_accounts(self, db):
        stranger = Client()
        for number in range(30):
            type_password(stranger, f"person{number}@agency.example", "wrong")

        assert type_password(stranger, "another@agency.example", "wrong").status_code == 429
        elsewhere = Client(REMOTE_ADDR="192.0.2.7")
        assert type_password(elsewhere, "another@agency.example", "wrong").status_code == 422

    def test_one_good_account_does_not_clear_its_address(self, db):
        gates, at = [Gate(TryKind.ADDRESS, "192.0.2.7")], timezone.now()
        for _try in range(10):
            take(gates, at=at)

        forgive(gates, at=at)

        assert Tries.objects.get().failures == 9

    def test_forgets_after_a_day(self, db):
        gate, at = [Gate(TryKind.ACCOUNT, "somebody")], timezone.now()
        for _try in range(4):
            take(gate, at=at)

        take(gate, at=at + REMEMBERED_FOR + timedelta(seconds=1))

        assert Tries.objects.get().failures == 1

    def test_keeps_neither_addresses_nor_names(self, client, person):
        fail(client, person.email, 1)

        assert Tries.objects.count() == 2
        assert not [row for row in Tries.objects.all() if "@" in row.key or "." in row.key]

    def test_is_not_fooled_by_an_address_that_anyone_can_write(self, db, settings):
        settings.TRUSTED_PROXIES = 1
        for number in range(30):
            stranger = Client(headers={"x-forwarded-for": f"198.51.100.{number}, 192.0.2.9"})
            type_password(stranger, f"person{number}@agency.example", "wrong")

        again = Client(headers={"x-forwarded-for": "203.0.113.5, 192.0.2.9"})

        assert type_password(again, "one@agency.example", "wrong").status_code == 429


class TestKnownDevice:
    def test_is_not_locked_out_by_a_stranger_who_guesses(self, client, person):
        come_in(client, person)
        client.post("/sign-out/")
        stranger = Client(REMOTE_ADDR="192.0.2.66")
        fail(stranger, person.email, 6)
        assert type_password(stranger, person.email).status_code == 429

        assert type_password(client, person.email).status_code == 302

    def test_is_not_locked_out_by_its_own_network(self, client, person):
        come_in(client, person)
        client.post("/sign-out/")
        neighbour = Client()
        for number in range(31):
            type_password(neighbour, f"other{number}@agency.example", "wrong")

        assert type_password(client, person.email).status_code == 302

    def test_is_held_back_by_its_own_tries(self, client, person):
        come_in(client, person)
        client.post("/sign-out/")

        assert fail(client, person.email, 11) == [422] * 10 + [429]

    def test_is_known_for_the_person_who_signed_in_and_nobody_else(self, client, person):
        come_in(client, person)
        client.post("/sign-out/")
        other = UserFactory.create()

        assert fail(client, other.email, 6)[-1] == 429

    @pytest.mark.parametrize("purpose", ["factor", "kept form", "device "])
    def test_is_not_believed_for_a_token_of_another_purpose(self, client, person, purpose):
        fail(Client(REMOTE_ADDR="192.0.2.66"), person.email, 6)
        client.cookies["device"] = seal('[["a", "b"]]', purpose=purpose)

        assert type_password(client, person.email).status_code == 429

    def test_carries_nothing_that_can_be_read_or_guessed(self, client, person):
        cookie = come_in(client, person).cookies["device"]

        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert person.email not in cookie.value
        other = Client()
        assert come_in(other, person).cookies["device"].value != cookie.value


class TestClosedAndUnset:
    def test_a_right_password_of_a_closed_account_opens_nothing(self, client, db):
        left = UserFactory.create(is_active=False)

        assert type_password(client, left.email, PASSWORD).status_code == 422
