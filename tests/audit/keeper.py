"""The database's superuser, as an intruder would use it: no trigger and no right stops it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from stack.postgresql import KEEPER


def _password() -> str:
    for folder in (settings.DATA_DIR, *Path(settings.DATA_DIR).parents):
        kept = folder / "passwords.json"
        if kept.exists():
            return str(json.loads(kept.read_text("utf-8"))["keeper"])
    pytest.skip("The superuser of this server is not known.")


@contextmanager
def superuser() -> Iterator[psycopg.Connection]:
    """A connection as the superuser, with every trigger off; committed at the end."""
    place = connection.settings_dict
    with psycopg.connect(
        host=place["HOST"],
        port=place["PORT"] or None,
        dbname=place["NAME"],
        user=KEEPER,
        password=_password(),
    ) as intruder:
        intruder.execute("SET session_replication_role = replica")
        yield intruder
