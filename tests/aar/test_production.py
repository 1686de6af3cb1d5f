"""A deployment with records refuses to start unsafe, in one plain sentence each."""

import os
import subprocess
import sys

import dj_database_url
import pytest
from django.core.checks import Error

from aar.checks import production_is_safe
from aar.production import faults
from stack.home import PROJECT

GOOD = {
    "secret_key": "kV3n9QzX7pL2mR8tB5wY1cF6hJ4dG0sA-uEoIiNqTxZbMvCrPy",
    "debug": False,
    "allowed_hosts": ["aar.example.org"],
    "database": dj_database_url.parse("postgresql://aar:p@db.example.org/aar?sslmode=verify-full"),
}


def database(address):
    return {"database": dj_database_url.parse(address)}


class TestFaults:
    def test_none_in_a_good_deployment(self):
        assert faults(**GOOD) == []

    @pytest.mark.parametrize(
        "secret",
        [
            "",
            "short",
            "django-insecure-" + "kV3n9QzX7pL2mR8tB5wY1cF6hJ4dG0sA" * 2,
            "x" * 80,
            "tests-only-" + "kV3n9QzX7pL2mR8tB5wY1cF6hJ4dG0sA" * 2,
            "abab" * 30,
        ],
    )
    def test_a_default_or_short_secret(self, secret):
        assert "SECRET_KEY" in faults(**GOOD | {"secret_key": secret})[0]

    def test_debug(self):
        assert "DEBUG" in faults(**GOOD | {"debug": True})[0]

    def test_any_host(self):
        assert "ALLOWED_HOSTS" in faults(**GOOD | {"allowed_hosts": ["a.example", "*"]})[0]

    @pytest.mark.parametrize(
        "address",
        [
            "postgresql://aar:p@db.example.org/aar",
            "postgresql://aar:p@10.0.0.5/aar?sslmode=disable",
            "postgresql://aar:p@10.0.0.5/aar?sslmode=prefer",
            "postgresql://aar:p@postgres/aar?sslmode=allow",
            "postgresql://aar:p@localhost/aar?host=db.example.org",
            "postgresql://aar:p@[2001:db8::1]/aar",
        ],
    )
    def test_an_open_line_to_another_machine(self, address):
        assert "without encryption" in faults(**GOOD | database(address))[0]

    @pytest.mark.parametrize(
        "address",
        [
            "postgresql://aar:p@localhost/aar",
            "postgresql://aar:p@127.0.0.1/aar",
            "postgresql://aar:p@[::1]/aar",
            "postgresql://aar:p@%2Fvar%2Frun%2Fpostgresql/aar",
            "postgresql://aar:p@/aar?host=/var/run/postgresql",
            "postgresql://aar:p@db.example.org/aar?sslmode=require",
        ],
    )
    def test_none_for_a_socket_this_machine_or_tls(self, address):
        assert faults(**GOOD | database(address)) == []


class TestSystemCheck:
    def test_names_each_fault(self, settings):
        settings.EXAMPLE_MODE = False
        settings.DEBUG = True
        settings.ALLOWED_HOSTS = ["*"]

        found = production_is_safe(None)

        assert len(found) == 2
        assert all(isinstance(each, Error) for each in found)

    def test_is_silent_in_example_mode(self, settings):
        settings.ALLOWED_HOSTS = ["*"]

        assert production_is_safe(None) == []


def start(**changes):
    """What a fresh process says when it reads the settings."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "aar.settings",
        "SECRET_KEY": GOOD["secret_key"],
        "ALLOWED_HOSTS": "aar.example.org",
        "DATABASE_URL": "postgresql://aar:p@db.example.org/aar?sslmode=require",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "EXAMPLE_MODE": "no",
        "DEBUG": "no",
        "OIDC_ISSUER": "",
        "SAML_ISSUER": "",
        **changes,
    }
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


class TestStart:
    def test_goes_well_where_nothing_is_wrong(self):
        done = start()

        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"SECRET_KEY": "changeme"}, "SECRET_KEY is short or a default"),
            ({"DEBUG": "yes"}, "DEBUG is on"),
            ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS takes any host"),
            ({"DATABASE_URL": "postgresql://a:p@10.0.0.5/aar"}, "without encryption"),
        ],
    )
    def test_is_refused_with_a_sentence(self, changes, sentence):
        done = start(**changes)

        assert done.returncode != 0
        assert sentence in done.stderr.splitlines()[-1]

    def test_example_mode_may_debug(self):
        assert start(EXAMPLE_MODE="yes", DEBUG="yes").returncode == 0
