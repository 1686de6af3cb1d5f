"""Pytest plugin (`-p tests.mutants`): one check of the product says yes, as `MUTANT` names it.

`policy:lessons.policies.can_endorse`, `door:lessons.models.LessonQuerySet.visible_to`, or
`lock:incidents_incident.may_read`. Nothing is changed in the files. A run that stays green shows
that no test in it would notice.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.utils.module_loading import import_string

KIND, _, NAME = os.environ.get("MUTANT", "").partition(":")


def _yes(*_args: object, **_kwargs: object) -> bool:
    return True


def _all_rows(self: Any, _user: object) -> Any:
    return self


def _any_marking(_self: object, _user: object) -> Q:
    return Q()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Before the first test; a policy is mutated in place, whoever holds it by whatever name."""
    del session
    if KIND == "policy":
        import_string(NAME).__code__ = _yes.__code__
    elif KIND == "door":
        holder, _, method = NAME.rpartition(".")
        put = _any_marking if method == "marking_allows" else _all_rows
        setattr(import_string(holder), method, put)


@pytest.fixture(scope="session", autouse=True)
def opened_lock(request: pytest.FixtureRequest) -> Iterator[None]:
    """A policy of the database that lets everything through."""
    if KIND != "lock":
        yield
        return
    table, _, policy = NAME.partition(".")
    request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT qual, with_check FROM pg_policies WHERE tablename = %s AND policyname = %s",
            [table, policy],
        )
        using, check = cursor.fetchone()
        named = f"ALTER POLICY {policy} ON {table}"
        cursor.execute(named + _clauses("true" if using else "", "true" if check else ""))
        yield
        cursor.execute(named + _clauses(using, check))


def _clauses(using: str | None, check: str | None) -> str:
    return (f" USING ({using})" if using else "") + (f" WITH CHECK ({check})" if check else "")
