"""A published review copied line by line for its amendment, and the amendment carried back.

What is copied is found by looking at the models, so that a new kind of line is amended like the
others: every `Row`, every section, and whatever lives and dies with one of them. What is kept for
good beside a review (signatures, dissent, versions) stays where it is.

Carried back, a line keeps its own number in the database, so that lessons and bulletins go on
pointing at it: the changed are changed, the new come over, the removed go.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from reviews.models import Member, Review, ReviewShare, Row, Section

Model = type[models.Model]
# From the label of a model to its copies: number of the copy, number of the line it was.
Copied = dict[str, dict[str, int]]
# Of the review itself; whatever else stands on it is section A, and is amended.
ITS_OWN = frozenset(
    {
        *("id", "incident", "agency", "reference", "state", "lead", "is_example", "lock_version"),
        *("tlp", "classification", "caveats", "opened_at", "due_at", "submitted_at"),
        *("approved_at", "approved_by", "published_at", "published_by"),
        *("deferred_until", "deferred_reason", "deferred_by", "amends", "amend_reason", "copied"),
    }
)
# Of a line: never written over by an amendment. How far a recommendation has come is followed
# after publication, in another way.
NOT_CARRIED = frozenset({"id", "key", "version", "reference", "status"})
KEPT_APART: tuple[Model, ...] = (Member, ReviewShare)


class StillUsed(RuleBroken):
    """Something outside the review stands on a line that the amendment takes out."""


def header_fields() -> list[str]:
    """Section A, as far as it stands on the review itself."""
    return [each.name for each in Review._meta.concrete_fields if each.name not in ITS_OWN]


def content_models() -> list[Model]:
    """What a review says, wholes before their parts."""
    room = [
        each
        for each in apps.get_app_config("reviews").get_models(include_auto_created=True)
        if each is not Review and each not in KEPT_APART
    ]
    found: list[Model] = [each for each in room if each is Section or _is_first(each)]
    while more := [each for each in room if each not in found and _is_part(each, found)]:
        found += more
    return sorted(found, key=lambda each: (_depth(each, found), each._meta.label))


def copy_content(source: Review, copy: Review) -> Copied:
    """Copy all lines of `source` under `copy`; which is which."""
    copied: Copied = {}
    kinds = content_models()
    for model in kinds:
        own = copied.setdefault(model._meta.label, {})
        for row in lines_of(model, source, kinds):
            was, row.pk = row.pk, None
            row._state.adding = True
            _point(row, copied, back=False, review=copy)
            _make_unique(row, source, copy)
            row.save(force_insert=True)
            own[str(row.pk)] = was
    _link_across(copied, kinds)
    return copied


def carry_back(copy: Review, original: Review) -> None:
    """Make `original` say what `copy` says. Raises StillUsed."""
    kinds, copied = content_models(), dict(copy.copied)
    held = {model: {row.pk: row for row in lines_of(model, copy, kinds)} for model in kinds}
    for model in reversed(kinds):
        _take_out(model, copied.get(model._meta.label, {}), held[model])
    # Before the lines: how many a review takes depends on its tier.
    _carry_header(copy, original)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for model in kinds:
        own = copied.setdefault(model._meta.label, {})
        if _is_replaced(model):
            _let_go(model, own, held[model], copied)
        for pk, row in held[model].items():
            if str(pk) in own:
                _write_over(model, own[str(pk)], row, copied)
            else:
                _bring_over(row, copied, copy, original)
    connection.check_constraints()


def _carry_header(copy: Review, original: Review) -> None:
    changed = [name for name in header_fields() if _differs(copy, original, name)]
    for name in changed:
        setattr(original, name, getattr(copy, name))
    if changed:
        original.save(update_fields=changed)


def lines_of(model: Model, review: Review, kinds: list[Model]) -> list[models.Model]:
    """The lines of one kind, in the order they were made."""
    path = "__".join(_path(model, kinds))
    return list(model._base_manager.filter(**{path: review}).order_by("pk"))


def _is_first(model: Model) -> bool:
    return issubclass(model, Row) and _owning(model, Review) is not None


def _is_part(model: Model, found: list[Model]) -> bool:
    """Of a line; who is in a section, and suchlike, is not content."""
    return _owner(model, [each for each in found if each is not Section]) is not None


def _owning(model: Model, owner: Model) -> Any:
    """The field by which the model lives and dies with its owner."""
    for field in model._meta.concrete_fields:
        remote = field.remote_field
        if remote is None or remote.model is not owner or field.null:
            continue
        if getattr(remote, "on_delete", None) is models.CASCADE:
            return field
    return None


def _owner(model: Model, found: Iterable[Model]) -> Any:
    return next((field for each in found if (field := _owning(model, each))), None)


def _path(model: Model, kinds: list[Model]) -> Iterator[str]:
    field = _owning(model, Review)
    if field is None:
        field = _owner(model, [each for each in kinds if each is not model])
        yield field.name
        yield from _path(field.remote_field.model, kinds)
        return
    yield field.name


def _depth(model: Model, kinds: list[Model]) -> int:
    return len(list(_path(model, kinds)))


def _links(row: models.Model) -> Iterator[Any]:
    """Its keys to other lines of the review."""
    for field in row._meta.concrete_fields:
        remote = field.remote_field
        if remote is not None and remote.model._meta.app_label == "reviews":
            yield field


def _point(row: models.Model, copied: Copied, *, back: bool, review: Review) -> None:
    """Let its keys name the lines of the other side, as far as these are known."""
    for field in _links(row):
        held = getattr(row, field.attname)
        if field.remote_field.model is Review:
            setattr(row, field.attname, review.pk)
        elif held is not None:
            setattr(row, field.attname, _other(copied, field.remote_field.model, held, back=back))


def _other(copied: Copied, model: Model, held: int, *, back: bool) -> int:
    own = copied.get(model._meta.label, {})
    if back:
        return own.get(str(held), held)
    return next((int(copy) for copy, was in own.items() if was == held), held)


def _link_across(copied: Copied, kinds: list[Model]) -> None:
    """Keys to lines that were copied later: of the same kind, or of a later one."""
    for model in kinds:
        links = [field for field in _links(model()) if field.remote_field.model in kinds]
        if not links:
            continue
        for row in model._base_manager.filter(pk__in=map(int, copied[model._meta.label])):
            for field in links:
                held = getattr(row, field.attname)
                fresh = held if held is None else _fresh(copied, field.remote_field.model, held)
                if fresh != held:
                    setattr(row, field.attname, fresh)
                    row.save(update_fields=[field.name])


def _fresh(copied: Copied, model: Model, held: int) -> int:
    if str(held) in copied.get(model._meta.label, {}):
        return held
    return _other(copied, model, held, back=False)


def _make_unique(row: models.Model, source: Review, copy: Review) -> None:
    """What no two lines may share: none, or spelt by the reference of its review."""
    for field in row._meta.concrete_fields:
        if field.primary_key or not field.unique:
            continue
        held = getattr(row, field.attname)
        if isinstance(held, str):
            setattr(row, field.attname, held.replace(source.reference, copy.reference, 1))
        elif field.null:
            setattr(row, field.attname, None)


def _take_out(model: Model, own: dict[str, int], held: dict[Any, models.Model]) -> None:
    gone = [was for copy, was in own.items() if int(copy) not in held]
    for row in model._base_manager.filter(pk__in=gone):
        _check_unused(row)
        try:
            with transaction.atomic():
                row.delete()
                # What stands on it may be closed to who publishes; the database sees it.
                connection.check_constraints()
        except (models.ProtectedError, IntegrityError) as error:
            raise StillUsed(_still_used(row)) from error


def _check_unused(row: models.Model) -> None:
    """Whether a lesson, a bulletin or another room stands on it; its links are not cut unseen."""
    for relation in row._meta.related_objects:
        field: Any = relation.field
        through = field.remote_field.through if relation.many_to_many else None
        model = through or relation.related_model
        if model._meta.app_label == "reviews":
            continue
        name = field.m2m_reverse_field_name() if through else field.name
        if model._base_manager.filter(**{name: row.pk}).exists():
            raise StillUsed(_still_used(row))


def _still_used(row: models.Model) -> str:
    line = getattr(row, "title", "") or getattr(row, "text", "") or str(row)
    return _(
        "“%(line)s” cannot be taken out: something else is built upon it. Return the amendment and"
        " say in the line what holds now."
    ) % {"line": line}


def _write_over(model: Model, was: int, row: models.Model, copied: Copied) -> None:
    original = model._base_manager.get(pk=was)
    said = _said(original, row, copied)
    if not said:
        return
    for name, value in said.items():
        setattr(original, name, value)
    changed = [model._meta.get_field(name).name for name in said]
    if isinstance(original, Row | Section):
        original.version += 1
        changed.append("version")
    original.save(update_fields=changed)


def _said(original: models.Model, row: models.Model, copied: Copied) -> dict[str, Any]:
    """What the line of the amendment says otherwise, by column."""
    found = {}
    for field in original._meta.concrete_fields:
        if field.name in NOT_CARRIED or _is_upward(field):
            continue
        said = getattr(row, field.attname)
        remote = field.remote_field
        if said is not None and remote is not None and remote.model._meta.app_label == "reviews":
            said = _other(copied, remote.model, said, back=True)
        if said != getattr(original, field.attname):
            found[field.attname] = said
    return found


def _is_replaced(model: Model) -> bool:
    """Whether two lines could not exchange what no two may share, for it cannot be held later.

    Such lines go and come anew where nothing points at them.
    """
    unique = [each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
    alone = not model._meta.related_objects
    return alone and any(each.condition or each.expressions for each in unique)


def _let_go(
    model: Model, own: dict[str, int], held: dict[Any, models.Model], copied: Copied
) -> None:
    """Take out the lines that the amendment says otherwise; they come over with the new ones."""
    for pk, row in held.items():
        was = own.get(str(pk))
        original = None if was is None else model._base_manager.get(pk=was)
        if original is not None and _said(original, row, copied):
            original.delete()
            del own[str(pk)]


def _is_upward(field: Any) -> bool:
    return field.remote_field is not None and field.remote_field.model is Review


def _bring_over(row: models.Model, copied: Copied, copy: Review, original: Review) -> None:
    _point(row, copied, back=True, review=original)
    _make_unique(row, copy, original)
    row.save()


def _differs(copy: Review, original: Review, name: str) -> bool:
    return bool(getattr(copy, name) != getattr(original, name))
