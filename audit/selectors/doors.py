"""Records that events name, as far as a reader may open them. The audit knows no room above it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model

from audit.models import Event
from audit.policies import Reader

Key = tuple[str, int | None]


def record_of(event: Event) -> Key:
    """The record that an event belongs to: for a row that is a part, the whole."""
    if event.whole_id is not None:
        return event.whole_type, event.whole_id
    return event.target_type, event.target_id


def openable(user: Reader, keys: Iterable[Key]) -> dict[Key, Model]:
    """The records among them that the reader may see; one query for each kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, number in keys:
        if number is not None:
            wanted[kind].add(number)
    found: dict[Key, Model] = {}
    for kind, ids in wanted.items():
        for record in _door(user, kind, ids):
            found[kind, record.pk] = record
    return found


def kind_words(kind: str) -> str:
    """The kind of record in words; its own name when the product knows it no more."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def posts_of(events: Sequence[Event]) -> Mapping[int, str]:
    """The post of whoever did each event, by the number of the event; none for the machine's.

    The database notes at a changed row the number of the person, where it was told; otherwise the
    deed of the same transaction names the post.
    """
    silent = [each for each in events if not each.actor_name]
    ids = {each.actor_id for each in silent if each.actor_id}
    transactions = {each.transaction_id for each in silent if not each.actor_id}
    people = _people(ids) if ids else {}
    deeds = _doers(transactions) if transactions else {}
    told = {
        each.pk: each.actor_name
        or people.get(each.actor_id or 0, "")
        or deeds.get(each.transaction_id, "")
        for each in events
    }
    return {number: post for number, post in told.items() if post}


def _people(ids: Iterable[int]) -> dict[int, str]:
    rows: Any = get_user_model()._default_manager.filter(pk__in=ids)
    return {person.pk: person.post_line() for person in rows}


def _doers(transactions: Iterable[int]) -> dict[int, str]:
    deeds = Event.objects.filter(transaction_id__in=transactions).exclude(actor_name="")
    return dict(deeds.order_by("-id").values_list("transaction_id", "actor_name"))


def agencies() -> Sequence[Any]:
    """Every agency, by name, for the filter."""
    model: Any = get_user_model()._meta.get_field("agency").related_model
    return list(model._default_manager.order_by("name"))


def _door(user: Reader, kind: str, ids: set[int]) -> Iterable[Any]:
    """Records through the one door; kinds without one are never opened."""
    try:
        manager: Any = apps.get_model(kind)._default_manager
    except (LookupError, ValueError):
        return ()
    if not hasattr(manager, "visible_to"):
        return ()
    rows: Iterable[Any] = manager.visible_to(user).filter(pk__in=ids)
    return rows
