"""No change of a content table goes unnoticed: the database itself notes it."""

import pytest
from django.apps import apps
from django.db import connection

from tests.architecture.sources import ROOMS

# Named, each with its reason. Whatever is not here is captured.
EXEMPT = {
    "agencies.KeptForm": "sealed words of one session, kept an hour; nobody reads them there",
    "agencies.Tries": "counts tries at the door; each failure is a deed of its own",
    "bulletins.Worker": "which workers are there, touched every few seconds",
    "audit.Event": "the record itself; it is append-only and sealed",
    "audit.Leaf": "the places of sealed events, append-only",
    "audit.Seal": "the seals, append-only and signed",
    "audit.SealKey": "public keys, append-only",
    "audit.Verification": "what verifying found, append-only",
    "reviews.Draft": "words not said yet, for their writer alone; gone when they are saved",
    "reviews.EarlierWording": "added to and thinned; what it holds was noted when it was written",
    "reviews.Presence": "who has which section open, for a minute",
    "bulletins.ExportItem": "what became of each document; the brief and its rendering are noted",
    "bulletins.Notice": "how far an e-mail is; the release, reminder or recall is noted",
    "incidents.Refusal": "what a file held that was not taken; each check makes them anew",
    "incidents.Tally": "counts of incidents, whose own changes are noted; made from them alone",
    "reviews.CandourGround": "which statements a summary rests on; it may be fewer than three",
    "reviews.CandourStatement": "its row would name who spoke; its deeds do not (ADR 0019)",
    "places.Area": "public gazetteer, loaded from files; its loading is a deed",
    "places.AreaAlias": "public gazetteer, loaded from files; its loading is a deed",
}
OURS = [
    model
    for room in ROOMS
    for model in apps.get_app_config(room).get_models(include_auto_created=True)
    if not model._meta.proxy
]
DEEDS = {"audit_added": 4, "audit_changed": 16, "audit_removed": 8}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "model", [m for m in OURS if m._meta.label not in EXEMPT], ids=lambda m: m._meta.label
)
def test_every_content_table_notes_its_changes(model):
    """If this fails: SELECT public.audit_capture_rows(…) in a migration of the room."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgtype, encode(tgargs, 'escape') FROM pg_trigger"
            " JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE tgrelid = %s::regclass AND proname = 'audit_capture' AND tgenabled = 'O'",
            [model._meta.db_table],
        )
        triggers = {name: (kind, args) for name, kind, args in cursor.fetchall()}

    assert {name: kind for name, (kind, _) in triggers.items()} == DEEDS
    for _, args in triggers.values():
        assert args.split("\\000")[0] == model._meta.label_lower


def test_no_exemption_is_out_of_date():
    assert set(EXEMPT) <= {model._meta.label for model in OURS}


@pytest.mark.django_db
def test_the_capture_runs_as_the_owner_and_looks_nowhere_else():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosecdef, proconfig FROM pg_proc WHERE proname = 'audit_capture'")
        definer, settings = cursor.fetchone()

    assert definer
    assert settings == ["search_path=pg_catalog, pg_temp"]
