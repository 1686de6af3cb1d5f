"""The first byte of a reader's own copy, when ten thousand have theirs already."""

import gc
from functools import partial
from statistics import median

from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting, machine
from agencies.models import User
from benchmarks.issuing import Job
from benchmarks.table import Case, at_most, for_orientation, wall_ms
from bulletins.models import Bulletin, Document
from tests.signed_in import through_the_door

RECIPIENTS = 10_000
HANDED_OUT = """
DO $$ DECLARE one record; n integer := 0; BEGIN
    FOR one IN SELECT id, agency_id FROM agencies_user WHERE email LIKE 'n%@example.org' LOOP
        n := n + 1;
        PERFORM aar_act_as(one.id);
        INSERT INTO bulletins_copy
            (bulletin_id, document_id, person_id, agency_id, number, line, made_at)
        VALUES (current_setting('bench.bulletin')::bigint,
            current_setting('bench.document')::bigint, one.id, one.agency_id, n, 'Copy', now());
    END LOOP;
END $$
"""
READERS = (
    *(("KP-POLICE", each) for each in (Role.INVESTIGATOR, Role.COMMANDER, Role.RELEASE_OFFICER)),
    *(("SD-POLICE", each) for each in (Role.INVESTIGATOR, Role.COMMANDER)),
    ("BL-LEVIES", Role.COMMANDER),
)


def _others(bulletin: Bulletin, document: Document, like: User) -> None:
    """Ten thousand people, each with a copy: what the table holds, without their downloads."""
    with machine(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "WITH made AS (INSERT INTO agencies_posting"
            " (person_id, agency_id, role, post, given_at)"
            " SELECT nextval(pg_get_serial_sequence('agencies_user', 'id')), %s, 'INVESTIGATOR',"
            " 'Officer ' || n, now() FROM generate_series(1, %s) n RETURNING id, person_id, post)"
            " INSERT INTO agencies_user (id, email, name, posting_id, post, agency_id, role,"
            " clearance, is_active, is_example, joined_at, password)"
            " SELECT person_id, 'n' || person_id || '@example.org', 'Officer', id, post, %s,"
            " 'INVESTIGATOR', 'RESTRICTED', true, true, now(), '!' FROM made",
            [like.agency_id, RECIPIENTS, like.agency_id],
        )
        # Each in their own name: nobody takes a copy in another's.
        cursor.execute(
            "SELECT set_config('bench.bulletin', %s, true), set_config('bench.document', %s, true)",
            [str(bulletin.pk), str(document.pk)],
        )
        cursor.execute(HANDED_OUT)


def _first_byte(client: Client, address: str) -> None:
    """As a server does it: the answer, then the first piece of it."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    next(iter(answer.streaming_content))  # type: ignore[attr-defined]


def measure() -> list[Case]:
    """Somebody's first download, somebody's second, and what of it is the stamping."""
    job = Job()
    job.change()
    job.time()
    with acting(job.officer):
        document = Document.objects.get(renderings__bulletin=job.bulletin)
    _others(job.bulletin, document, person("BL-LEVIES", Role.COMMANDER))
    address = reverse("bulletins:bulletin_pdf", args=[job.bulletin.pk])
    first, again = list[float](), list[float]()
    for agency, role in READERS:
        client = Client()
        through_the_door(client, person(agency, role))
        gc.collect()
        first.append(wall_ms(partial(_first_byte, client, address)))
        again.append(wall_ms(partial(_first_byte, client, address)))
    size = f"{job.pages} pages, {RECIPIENTS:,}"
    with default_storage.open(document.path, "rb") as file:
        weight = len(file.read()) / 1024
    return [
        at_most(500, "first byte of a copy, the slowest of all", size, max(first), "ms"),
        for_orientation("first byte of a copy, median", size, median(first), "ms"),
        for_orientation("the same copy asked for again", size, median(again), "ms"),
        for_orientation("the document before it is stamped", size, weight, "kB"),
    ]
