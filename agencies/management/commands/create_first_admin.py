"""`manage.py create_first_admin`: the person who lets everybody else in."""

import getpass
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from agencies.actions.people import create_user
from agencies.choices import Classification, Role
from agencies.models import Agency, Posting, User

LONGEST = 120


class Command(BaseCommand):
    """Make the first system admin of a deployment; refuses where there is one already.

    What is not given by an option is asked for. The password is asked for unseen, or read from the
    file that `--password-file` or PASSWORD_FILE names; it is never an option itself, because the
    system shows the options of every process to everybody.
    """

    help = "Make the first system admin. Asks for what the options leave out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Every answer may be given beforehand, for a machine that asks nobody."""
        parser.add_argument("--email", help="What the admin signs in with.")
        parser.add_argument("--name", help="The admin's name.")
        parser.add_argument("--post", help="The post the admin holds: pages show it, not the name.")
        parser.add_argument("--agency", help="The code of the admin's agency, such as MOI.")
        parser.add_argument(
            "--password-file",
            type=Path,
            default=os.environ.get("PASSWORD_FILE"),
            help="A file with the password and nothing else.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask, check, make; nothing is stored when anything is wrong."""
        posts = Posting.objects.live().filter(role=Role.SYSTEM_ADMIN)
        if posts.filter(person__is_active=True, person__is_example=False).exists():
            raise CommandError("There is a system admin already, and only the first is made here.")
        email = _free_address(options["email"] or _ask("E-mail: "))
        name = _of_fair_length("name", options["name"] or _ask("Name: "))
        post = _of_fair_length("post", options["post"] or _ask("Post: "))
        agency = _active_agency(options["agency"] or _ask("Agency (its code, such as MOI): "))
        password = _password(options["password_file"])
        try:
            user = create_user(
                email=email,
                password=password,
                name=name,
                post=post,
                agency=agency,
                role=Role.SYSTEM_ADMIN,
                clearance=Classification.UNMARKED,
                by=None,
                at=timezone.now(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.email} can sign in as system admin.")


def _ask(question: str) -> str:
    try:
        return input(question)
    except EOFError as error:
        raise CommandError("Nobody answers here: give the options that --help lists.") from error


def _free_address(typed: str) -> str:
    email = typed.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"{email!r} is not an e-mail address.") from error
    if User.objects.filter(email__iexact=email).exists():
        raise CommandError(f"{email} belongs to somebody already.")
    return email


def _of_fair_length(what: str, typed: str) -> str:
    text = typed.strip()
    if not 0 < len(text) <= LONGEST:
        raise CommandError(f"A {what} has 1 to {LONGEST} characters.")
    return text


def _active_agency(typed: str) -> Agency:
    try:
        return Agency.objects.active().get(code=typed.strip().upper())
    except Agency.DoesNotExist as error:
        raise CommandError(
            f"No active agency has the code {typed.strip()!r}; `manage.py prepare` loads the list."
        ) from error


def _password(file: Path | None) -> str:
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"The password cannot be read from {file}: {error}") from error
    try:
        first, second = getpass.getpass("Password: "), getpass.getpass("Password, again: ")
    except EOFError as error:
        raise CommandError("Nobody types a password here: give --password-file.") from error
    if first != second:
        raise CommandError("The two passwords differ; nothing was stored.")
    return first
