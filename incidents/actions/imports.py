"""Loading a file of incidents: handing it in, saying what its columns mean, checking, storing."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Classification
from agencies.lock import deed
from agencies.models import User
from agencies.models.marking import allowed_classifications
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from incidents import policies
from incidents.actions._mapping import keep_mapping, known_mapping
from incidents.choices.files import IMPORT_AT_WORK, ImportState
from incidents.files import names, vault
from incidents.files.inspecting import digest
from incidents.files.refusals import FileRefused
from incidents.loading import formats, mapped
from incidents.loading.tables import open_table
from incidents.models import Import
from incidents.tasks import ring_import
from places.gazetteer import folded

MOST_BYTES = 2 << 30


class ImportRefused(RuleBroken):
    """The file cannot be loaded like this."""


@deed
def receive_import(
    *, file: "File[bytes]", name: str, tlp: str, classification: str, by: User, at: datetime
) -> Import:
    """Take a file in, unread but for its header. Raises FileRefused and ImportRefused."""
    if not policies.can_load_incidents(by):
        raise PermissionDenied
    if tlp == TLP.RED:
        raise ImportRefused(_("TLP:RED is for records with named readers. Choose another."))
    allowed = set(allowed_classifications()) & set(Classification.up_to(by.clearance))
    if classification not in allowed:
        raise ImportRefused(_("You are not cleared to mark records like that."))
    if tlp == TLP.CLEAR and classification != Classification.UNMARKED:
        raise ImportRefused(_("What is classified is not TLP:CLEAR. Choose another."))
    clean = names.clean(name)
    if file.size > MOST_BYTES:
        raise FileRefused(
            "size", _("“%(name)s” is larger than 2 GB. Load it in parts.") % {"name": clean}
        )
    table = open_table(file, clean)
    known = formats.recognised(table.columns)
    like = None if known else known_mapping(table.columns, by=by)
    guessed = {} if known else mapped.suggested(table.columns)
    sha256 = digest(file)
    batch = Import.objects.create(
        agency_id=by.agency_id,
        tlp=tlp,
        classification=classification,
        name=clean,
        sha256=sha256,
        size=file.size,
        path=vault.keep_import(file, sha256),
        scheme=known.scheme if known else mapped.SCHEME,
        list_name=like.name if like else "" if known else _named(PurePath(clean).stem),
        table=table.kept(),
        mapping=like.mapping if like else guessed,
        language=(get_language() or "en")[:5],
        asked_at=at,
        asked_by=by,
    )
    record(Verb.IMPORT_RECEIVED, by=by, target=batch, at=at, name=clean, sha256=sha256)
    return batch


@deed
def map_columns(
    *, import_id: int, mapping: Mapping[str, str], list_name: str, by: User, at: datetime
) -> Import:
    """Say which column means what; whatever was checked is to be checked again."""
    batch = _idle(import_id, by)
    if batch.scheme != mapped.SCHEME:
        raise ImportRefused(_("The columns of this data set are known already."))
    named = {name: column for name, column in mapping.items() if name not in mapped.BESIDE}
    wrong = [each for each in named.values() if each and each not in batch.table["columns"]]
    if wrong:
        raise ImportRefused(_("The file has no column “%(name)s”.") % {"name": wrong[0]})
    given = {name: column for name, column in named.items() if column and name in mapped.FIELDS}
    beside = {
        name: mapping[name] for name, said in mapped.BESIDE.items() if mapping.get(name) in said
    }
    missing = [str(mapped.FIELDS[name]) for name in mapped.NEEDED if name not in given]
    if missing:
        raise ImportRefused(_("Say which column means: %(names)s.") % {"names": ", ".join(missing)})
    if not _named(list_name):
        raise ImportRefused(_("Give the list a name, by which its next version is known."))
    batch.mapping = given | beside
    batch.list_name = _named(list_name)
    keep_mapping(batch=batch, by=by, at=at)
    record(Verb.IMPORT_MAPPED, by=by, target=batch, at=at, mapping=batch.mapping)
    return _unchecked(batch)


@deed
def answer_places(*, import_id: int, answers: Mapping[str, str], by: User, at: datetime) -> Import:
    """Say which area a name of this file means: name → code. Blank answers say nothing."""
    batch = _idle(import_id, by)
    given = {folded(name): code for name, code in answers.items() if code}
    if not given:
        raise ImportRefused(_("Choose an area for at least one of the names."))
    batch.answers = batch.answers | given
    record(Verb.IMPORT_MAPPED, by=by, target=batch, at=at, answers=given)
    return _unchecked(batch)


@deed
def check_import(*, import_id: int, by: User, at: datetime) -> Import:
    """Have every row read and compared, and nothing stored."""
    batch = _idle(import_id, by)
    if batch.scheme == mapped.SCHEME and not set(mapped.NEEDED) <= batch.mapping.keys():
        raise ImportRefused(_("Say first which column means what."))
    return _begin(batch, ImportState.CHECKING, at=at)


@deed
def store_import(*, import_id: int, by: User, at: datetime) -> Import:
    """Have the rows stored that the check found sound. The same file again adds nothing."""
    batch = _idle(import_id, by)
    if batch.state != ImportState.CHECKED:
        raise ImportRefused(_("Have the file checked first."))
    if not batch.added and not batch.updated:
        raise ImportRefused(_("There is nothing in it to store."))
    record(Verb.IMPORT_STARTED, by=by, target=batch, at=at)
    return _begin(batch, ImportState.RUNNING, at=at)


@deed
def stop_import(*, import_id: int, by: User, at: datetime) -> Import:
    """Stop after the batch in hand. What is stored stays; it can go on where it stopped."""
    batch = _fetched(import_id, by)
    if batch.state in IMPORT_AT_WORK:
        was = batch.state
        batch.state = ImportState.STOPPED if was == ImportState.RUNNING else ImportState.RECEIVED
        batch.save(update_fields=["state"])
        record(Verb.IMPORT_STOPPED, by=by, target=batch, at=at, position=batch.position)
    return batch


@deed
def resume_import(*, import_id: int, by: User, at: datetime) -> Import:
    """Go on storing where it stopped."""
    batch = _fetched(import_id, by)
    if batch.state == ImportState.STOPPED:
        batch.state = ImportState.RUNNING
        batch.rung_at = at
        batch.save(update_fields=["state", "rung_at"])
        record(Verb.IMPORT_STARTED, by=by, target=batch, at=at, position=batch.position)
        _ring_when_stored(batch)
    return batch


def _fetched(import_id: int, by: User) -> Import:
    if not policies.can_load_incidents(by):
        raise PermissionDenied
    return Import.objects.visible_to(by).select_for_update(of=("self",)).get(pk=import_id)


def _idle(import_id: int, by: User) -> Import:
    batch = _fetched(import_id, by)
    if batch.state in {*IMPORT_AT_WORK, ImportState.STOPPED, ImportState.DONE}:
        raise ImportRefused(_("The file is being loaded, or was. Hand it in again to change that."))
    return batch


def _named(list_name: str) -> str:
    """Without the mark that stands between a list and the keys of its rows."""
    return " ".join(list_name.replace(":", " ").split())[:40]


def _unchecked(batch: Import) -> Import:
    batch.state = ImportState.RECEIVED
    batch.save(update_fields=["mapping", "list_name", "answers", "state"])
    return batch


def _ring_when_stored(batch: Import) -> None:
    transaction.on_commit(lambda: ring_import(import_id=batch.pk))


def _begin(batch: Import, state: ImportState, *, at: datetime) -> Import:
    batch.refusals.all().delete()
    batch.state = state
    batch.position = 1
    batch.added = batch.updated = batch.same = batch.refused = 0
    batch.rung_at = at
    batch.finished_at = None
    batch.save()
    _ring_when_stored(batch)
    return batch
