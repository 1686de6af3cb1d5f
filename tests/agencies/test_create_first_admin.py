"""How a deployment without examples gets its first system admin."""

import getpass
import io

import pytest
from django.core.management import CommandError, call_command

from agencies.choices import Classification, Role
from agencies.models import User
from audit.choices import Verb
from audit.models import Event
from tests.factories import PASSWORD, AgencyFactory, UserFactory


@pytest.fixture
def given(db, tmp_path):
    """Options that are all right."""
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n", encoding="utf-8")
    return {
        "email": "first@moi.example",
        "name": "First",
        "post": "Head of registry",
        "agency": AgencyFactory.create(code="MOI").code,
        "password_file": file,
    }


def create(given, **changes):
    said = io.StringIO()
    call_command("create_first_admin", stdout=said, **(given | changes))
    return said.getvalue()


class TestCreateFirstAdmin:
    def test_makes_a_system_admin_who_can_sign_in_and_is_recorded(self, client, given):
        said = create(given)

        admin = User.objects.get()
        assert (admin.role, admin.clearance) == (Role.SYSTEM_ADMIN, Classification.UNMARKED)
        assert not admin.is_example
        assert "first@moi.example can sign in" in said
        assert Event.objects.about(admin).get().verb == Verb.USER_CREATED
        answer = client.post("/sign-in/", {"username": given["email"], "password": PASSWORD})
        assert answer.status_code == 302

    def test_asks_for_what_the_options_leave_out(self, given, monkeypatch):
        answers = iter([" first@moi.example ", "First", "Head of registry", "moi"])
        monkeypatch.setattr("builtins.input", lambda _question: next(answers))
        monkeypatch.setattr(getpass, "getpass", lambda _question: PASSWORD)

        create({})

        assert User.objects.get().check_password(PASSWORD)

    def test_refuses_where_there_is_one(self, given):
        UserFactory.create(system_admin=True)

        with pytest.raises(CommandError, match="already"):
            create(given)

        assert User.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"email": "first at moi"}, "not an e-mail address"),
            ({"name": " "}, "1 to 120 characters"),
            ({"post": "x" * 121}, "1 to 120 characters"),
            ({"agency": "NOWHERE"}, "No active agency"),
        ],
    )
    def test_refuses_what_is_wrong_in_a_sentence(self, given, changes, sentence):
        with pytest.raises(CommandError, match=sentence):
            create(given, **changes)

        assert not User.objects.exists()

    def test_refuses_an_address_that_is_taken(self, given):
        UserFactory.create(email="FIRST@moi.example")

        with pytest.raises(CommandError, match="belongs to somebody"):
            create(given)

    def test_refuses_a_weak_password_and_a_file_that_is_not_there(self, given, tmp_path):
        given["password_file"].write_text("short", encoding="utf-8")

        with pytest.raises(CommandError, match="12 characters"):
            create(given)
        with pytest.raises(CommandError, match="cannot be read"):
            create(given, password_file=tmp_path / "none")

        assert not User.objects.exists()

    def test_refuses_two_passwords_that_differ(self, given, monkeypatch):
        typed = iter([PASSWORD, "something else"])
        monkeypatch.setattr(getpass, "getpass", lambda _question: next(typed))

        with pytest.raises(CommandError, match="differ"):
            create(given, password_file=None)

        assert not User.objects.exists()

    def test_says_so_when_nobody_answers(self, given, monkeypatch):
        def silence(_question):
            raise EOFError

        monkeypatch.setattr("builtins.input", silence)

        with pytest.raises(CommandError, match="Nobody answers"):
            create(given, name="")
