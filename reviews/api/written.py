"""Lines for machines: the same kinds, forms and deeds as the pages, one line an address.

What a line says is named as its form names it; a form that has more than one way to type a thing
takes them all here too. An agency goes by its code.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms as django_forms
from django.db.models import Model
from django.forms.models import ModelChoiceField
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.marked import MarkedViewSet
from agencies.models import Agency
from core.errors import StaleEdit
from core.policy import refuse_unless
from reviews import forms, policies
from reviews.api.etag import IF_MATCH, version_of
from reviews.kinds import KINDS, Kind, form_of
from reviews.models import Review, Row

# Of the form and not of the line.
OWN = ("key", "version")
KIND = OpenApiParameter("slug", location=OpenApiParameter.PATH, enum=sorted(KINDS))
LINES = r"lines/(?P<slug>[a-z]+)"
LINE = rf"{LINES}/(?P<row_pk>[0-9]{{1,18}})"


class LinesMixin(MarkedViewSet):
    """What a review's viewset answers about its lines. All of it is for its team."""

    @extend_schema(operation_id="reviews_line_kinds", responses=OpenApiTypes.OBJECT)
    @action(detail=True, url_path="lines", url_name="line-kinds")
    def line_kinds(self, request: Request, **_number: Any) -> Response:
        """The kinds of line that there are: section, and what each is asked."""
        review = self._team_review(request)
        told = [
            {
                "kind": kind.slug,
                "section": kind.letter,
                "asked": _asked(_form(kind, request, review)),
            }
            for kind in KINDS.values()
        ]
        return Response({"kinds": told})

    @extend_schema(
        operation_id="reviews_lines_list", parameters=[KIND], responses=OpenApiTypes.OBJECT
    )
    @action(detail=True, url_path=LINES, url_name="lines")
    def lines(self, request: Request, slug: str, **_number: Any) -> Response:
        """The lines of one kind as they are saved now, each with its number and version."""
        review, kind = self._team_review(request), _kind(slug)
        rows = kind.seen_by(_user(request), review)
        codes = _codes()
        return Response({"lines": [_told(kind, request, review, row, codes) for row in rows]})

    @extend_schema(parameters=[KIND], request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    @lines.mapping.post
    def add_line(self, request: Request, slug: str, **_number: Any) -> Response:
        """Add a line. With `key`, a UUID of the caller's own, sent twice it is added once."""
        review, kind = self._team_review(request), _kind(slug)
        form = _bound(kind, request, review, None, {**_keyed(request)})
        row = kind.add(
            review_id=review.pk,
            by=_user(request),
            at=timezone.now(),
            key=form.cleaned_data["key"],
            **_beside(form, review),
            **form.values(),
        )
        row = kind.seen_by(_user(request), review).get(pk=row.pk)
        answer = _answer(kind, request, review, row, status=status.HTTP_201_CREATED)
        answer["Location"] = reverse("review-line", args=[review.pk, slug, row.pk])
        return answer

    @extend_schema(parameters=[KIND], responses=OpenApiTypes.OBJECT)
    @action(detail=True, url_path=LINE, url_name="line")
    def line(self, request: Request, slug: str, row_pk: str, **_number: Any) -> Response:
        """One line as it is saved now; the ETag is its version."""
        review, kind = self._team_review(request), _kind(slug)
        return _answer(kind, request, review, _row(kind, request, review, row_pk))

    @extend_schema(
        parameters=[KIND, IF_MATCH], request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT
    )
    @line.mapping.patch
    def write_line(self, request: Request, slug: str, row_pk: str, **_number: Any) -> Response:
        """Write what is named over the version that was read. Stale: 412 with both texts."""
        review, kind = self._team_review(request), _kind(slug)
        row = _row(kind, request, review, row_pk)
        seen = request.headers.get("If-Match")
        if seen is None:
            return _blind()
        if version_of(seen) != row.version:
            return _stale(kind, request, review, row)
        form = _bound(kind, request, review, row, {"version": row.version})
        try:
            kind.change(
                review_id=review.pk,
                row_id=row.pk,
                version=row.version,
                by=_user(request),
                at=timezone.now(),
                **form.values(),
            )
        except StaleEdit:
            return _stale(kind, request, review, _row(kind, request, review, row_pk))
        return _answer(kind, request, review, _row(kind, request, review, row_pk))

    @extend_schema(parameters=[KIND, IF_MATCH], responses={204: None})
    @line.mapping.delete
    def remove_line(self, request: Request, slug: str, row_pk: str, **_number: Any) -> Response:
        """Take the line out of the draft; what it said stays on the record. Stale: 412."""
        review, kind = self._team_review(request), _kind(slug)
        row = _row(kind, request, review, row_pk)
        seen = request.headers.get("If-Match")
        if seen is None:
            return _blind()
        if version_of(seen) != row.version:
            return _stale(kind, request, review, row)
        kind.remove(review_id=review.pk, row_id=row.pk, by=_user(request), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _team_review(self, request: Request) -> Review:
        review: Review = self.get_object()
        refuse_unless(policies.is_on_team(_user(request), review))
        return review


def _user(request: Request) -> Any:
    return request.user


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _row(kind: Kind, request: Request, review: Review, number: str) -> Row:
    row: Row | None = kind.seen_by(_user(request), review).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _form(kind: Kind, request: Request, review: Review, row: Row | None = None) -> forms.RowForm:
    """What is saved, as the page would show it."""
    more: dict[str, Any] = {} if row is None else {"instance": row}
    return form_of(kind, _user(request), review, **more)


def _bound(
    kind: Kind, request: Request, review: Review, row: Row | None, more: Mapping[str, Any]
) -> forms.RowForm:
    """What is saved with what the caller names over it, checked. Raises a 400 by field."""
    saved = _form(kind, request, review, row)
    given = request.data if isinstance(request.data, Mapping) else {}
    foreign = [name for name in given if name not in saved.fields and name not in OWN]
    if foreign:
        raise serializers.ValidationError(
            {name: [_("This kind of line has no such answer.")] for name in foreign}
        )
    codes = _codes()
    said = {**_values(saved, codes), **{k: v for k, v in given.items() if k not in OWN}, **more}
    pk_of = {code: pk for pk, code in codes.items()}
    data = {}
    for name, value in said.items():
        field = saved.fields.get(name)
        is_code = isinstance(value, str) and _is_agency(field)
        data[saved.add_prefix(name)] = pk_of.get(value, value) if is_code else value
    bound = form_of(
        kind, _user(request), review, data, **({} if row is None else {"instance": row})
    )
    if not bound.is_valid():
        raise serializers.ValidationError(
            {name: [str(each) for each in errors] for name, errors in bound.errors.items()}
        )
    return bound


def _keyed(request: Request) -> dict[str, Any]:
    """The caller's own key of a new line."""
    key = request.data.get("key") if isinstance(request.data, Mapping) else None
    return {"key": key} if key else {}


def _beside(form: forms.RowForm, review: Review) -> dict[str, Any]:
    """The entry beside which an account stands."""
    if not isinstance(form, forms.AccountForm):
        return {}
    number = form.cleaned_data.get("entry")
    if number is None or not review.timeline.filter(pk=number).exists():
        raise serializers.ValidationError({"entry": [_("Choose an entry of this review.")]})
    return {"entry_id": number}


def _codes() -> dict[int, str]:
    """Agencies by number."""
    return dict(Agency.objects.values_list("pk", "code"))


def _is_agency(field: Any) -> bool:
    return isinstance(field, ModelChoiceField) and getattr(field.queryset, "model", None) is Agency


def _values(form: forms.RowForm, codes: Mapping[int, str]) -> dict[str, Any]:
    """What the form holds, as JSON can say it."""
    return {
        name: codes.get(form[name].value(), "") if _is_agency(field) else _plain(form[name].value())
        for name, field in form.fields.items()
        if name not in OWN
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _told(
    kind: Kind, request: Request, review: Review, row: Row, codes: Mapping[int, str]
) -> dict[str, Any]:
    said = _values(_form(kind, request, review, row), codes)
    return {"id": row.pk, "version": row.version, **said}


def _answer(kind: Kind, request: Request, review: Review, row: Row, **how: Any) -> Response:
    body = _told(kind, request, review, row, _codes())
    return Response(body, headers={"ETag": f'"{row.version}"'}, **how)


def _blind() -> Response:
    detail = _("Say with If-Match which version you have read: the ETag of the line.")
    return Response({"detail": detail}, status=status.HTTP_428_PRECONDITION_REQUIRED)


def _stale(kind: Kind, request: Request, review: Review, row: Row) -> Response:
    """What the caller wrote, and what is saved now."""
    body = {
        "detail": _("Somebody else saved this after you read it. Nothing is lost."),
        "yours": request.data,
        "theirs": _told(kind, request, review, row, _codes()),
        "version": row.version,
    }
    return Response(
        body, status=status.HTTP_412_PRECONDITION_FAILED, headers={"ETag": f'"{row.version}"'}
    )


def _asked(form: forms.RowForm) -> list[dict[str, Any]]:
    """Each answer by name: its words, whether it must be given, and the codes to choose from."""
    return [
        {
            "name": name,
            "label": str(field.label or ""),
            "required": field.required,
            **({"codes": _flat(field)} if type(field) in CODED else {}),
        }
        for name, field in form.fields.items()
        if name not in OWN
    ]


CODED = (
    django_forms.ChoiceField,
    django_forms.TypedChoiceField,
    django_forms.MultipleChoiceField,
)


def _flat(field: Any) -> list[str]:
    return [str(code) for code, words in field.choices if not isinstance(words, list | tuple)]
