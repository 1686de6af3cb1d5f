from datetime import timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from agencies.actions import accounts, links
from agencies.actions._doors import OwnAccount
from agencies.models import User
from audit.choices import Verb
from audit.models import Event
from tests.factories import PASSWORD, UserFactory

NEW = "fourteen quiet kettles walking"


def make(by, person):
    return links.make_password_link(person_id=person.pk, by=by, at=timezone.now())


def use(person, token, password=NEW):
    return links.set_password(
        person_id=person.pk, token=token, password=password, at=timezone.now()
    )


def page(person, token):
    return reverse("password_set", args=[person.pk, token])


class TestMakePasswordLink:
    def test_keeps_the_password_of_before_until_the_link_is_used(self, admin, person):
        token = make(admin, person)

        person.refresh_from_db()
        assert person.check_password(PASSWORD)
        event = Event.objects.about(person).get()
        assert (event.verb, event.actor_id) == (Verb.PASSWORD_LINK_MADE, admin.pk)
        assert token not in str(event.data)

    def test_refuses_a_closed_account(self, admin, person):
        User.objects.filter(pk=person.pk).update(is_active=False)

        with pytest.raises(links.AccountClosed, match="Reopen it first"):
            make(admin, person)

    def test_refuses_a_way_into_an_account_above_ones_own(self, admin, agency):
        for above in (
            UserFactory.create(agency=agency, system_admin=True),
            UserFactory.create(agency=agency, auditor=True),
            UserFactory.create(agency=agency, clearance="CONFIDENTIAL"),
        ):
            with pytest.raises(PermissionDenied):
                make(admin, above)

    def test_refuses_oneself(self, admin):
        with pytest.raises(OwnAccount):
            make(admin, admin)

    def test_shows_nobody_to_a_stranger(self, stranger, outsider, person):
        for each in (stranger, outsider):
            with pytest.raises(User.DoesNotExist):
                make(each, person)

        assert not Event.objects.exists()


class TestSetPassword:
    def test_sets_it_once_and_ends_every_session(self, admin, person, client):
        client.force_login(person)
        token = make(admin, person)

        use(person, token)

        person.refresh_from_db()
        assert person.check_password(NEW)
        assert not Session.objects.exists()
        event = Event.objects.get(verb=Verb.PASSWORD_SET)
        assert (event.actor_id, event.target_id) == (person.pk, person.pk)
        with pytest.raises(links.LinkSpent):
            use(person, token, "another long enough one")

    def test_refuses_a_weak_password_and_leaves_the_link(self, admin, person):
        token = make(admin, person)

        for weak in ("short", "password1234", person.email):
            with pytest.raises(ValidationError):
                use(person, token, weak)

        assert use(person, token).check_password(NEW)

    def test_refuses_an_older_link_than_the_newest(self, admin, person):
        older = make(admin, person)
        newest = make(admin, person)

        with pytest.raises(links.LinkSpent):
            use(person, older)
        assert use(person, newest)

    def test_refuses_a_link_once_the_person_has_signed_in_by_the_password_of_before(
        self, admin, person
    ):
        token = make(admin, person)
        User.objects.filter(pk=person.pk).update(last_login=timezone.now())

        with pytest.raises(links.LinkSpent):
            use(person, token)

    def test_refuses_a_link_of_before_the_account_was_closed(self, admin, person):
        token = make(admin, person)
        for deed in (accounts.close_account, accounts.reopen_account):
            deed(person_id=person.pk, by=admin, at=timezone.now())

        with pytest.raises(links.LinkSpent):
            use(person, token)

    def test_refuses_a_token_of_another_purpose_and_of_another_person(self, admin, person, agency):
        token = make(admin, person)
        other = UserFactory.create(agency=agency)
        make(admin, other)
        person.refresh_from_db()

        for refused in (default_token_generator.make_token(person), token + "x", "", "a-b"):
            with pytest.raises(links.LinkSpent):
                use(person, refused)
        with pytest.raises(links.LinkSpent):
            use(other, token)

    def test_refuses_a_link_that_is_too_old(self, admin, person, time_machine):
        token = make(admin, person)

        time_machine.move_to(timezone.now() + timedelta(hours=73))

        with pytest.raises(links.LinkSpent):
            use(person, token)


class TestPages:
    def test_show_the_link_once_and_let_the_person_in(self, client, admin, person):
        client.force_login(admin)
        answer = client.post(reverse("link_make", args=[person.pk]))
        link = answer.context["link"]
        assert link in answer.text
        assert "no-store" in answer["Cache-Control"]
        client.logout()

        assert client.get(link).status_code == 200
        answer = client.post(link, {"first": NEW, "second": NEW})

        assert answer["location"] == reverse("sign_in")
        person.refresh_from_db()
        assert person.check_password(NEW)
        assert client.get(link).status_code == 404

    def test_answer_the_same_whatever_is_wrong_with_a_link(self, client, admin, person):
        used = make(admin, person)
        use(person, used)
        closed = UserFactory.create(agency=person.agency)
        shut = make(admin, closed)
        accounts.close_account(person_id=closed.pk, by=admin, at=timezone.now())
        wrong = [page(person, used), page(person, "x"), page(closed, shut), "/password/99999/x/"]

        answers = [client.get(each) for each in wrong]
        answers += [client.post(each, {"first": NEW, "second": NEW}) for each in wrong]

        assert {answer.status_code for answer in answers} == {404}
        heads = {answer.text.partition("<main")[2].partition("</main>")[0] for answer in answers}
        assert len(heads) == 1
        assert "opens nothing" in heads.pop()

    @pytest.mark.parametrize(
        ("first", "second", "sentence"),
        [
            (NEW, NEW + "s", "The two passwords differ."),
            ("short", "short", "12 characters"),
            ("password1234", "password1234", "too common"),
            ("", "", "needs an answer"),
        ],
    )
    def test_say_what_is_wrong_with_a_password(
        self, client, admin, person, first, second, sentence
    ):
        link = page(person, make(admin, person))

        answer = client.post(link, {"first": first, "second": second})

        assert answer.status_code == 422
        assert sentence in answer.text
        person.refresh_from_db()
        assert person.check_password(PASSWORD)

    def test_make_no_link_for_a_stranger(self, client, stranger, outsider, person):
        for each in (stranger, outsider):
            client.force_login(each)
            assert client.post(reverse("link_make", args=[person.pk])).status_code == 404

    def test_make_no_link_by_opening_an_address(self, client, admin, person):
        client.force_login(admin)

        assert client.get(reverse("link_make", args=[person.pk])).status_code == 405
