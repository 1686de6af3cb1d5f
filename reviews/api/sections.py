"""Sections for machines: read with their version, written only over the version that was read."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.marked import MarkedViewSet
from core.errors import StaleEdit
from core.forms import LONGEST
from core.policy import refuse_unless
from reviews import actions, policies
from reviews.api.etag import IF_MATCH, version_of
from reviews.choices import Letter, ReviewTier, SectionState
from reviews.models import Review, Section

HEADER = ("tier", "scope", "participants")


class SectionSerializer(serializers.Serializer[Any]):
    """The words of a section: `text` of B to H; tier, scope and participants of A."""

    letter = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    text = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST, trim_whitespace=False
    )
    tier = serializers.ChoiceField(required=False, choices=ReviewTier.choices)
    scope = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)
    participants = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)
    complete = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Nothing that this section has not."""
        foreign = [name for name in self.initial_data if name not in self.context["names"]]
        if foreign:
            raise serializers.ValidationError(
                {name: [_("This section has no such answer.")] for name in foreign}
            )
        return attrs


class SectionsMixin(MarkedViewSet):
    """What a review's viewset answers about its sections."""

    @extend_schema(responses=SectionSerializer)
    @action(detail=True, url_path=r"sections/(?P<letter>[A-H])", url_name="section")
    def section(self, request: Request, letter: str, **_number: Any) -> Response:
        """The section as it is saved now, for its team; the ETag is its version."""
        return _answer(*self._found(request, letter))

    @extend_schema(request=SectionSerializer, responses=SectionSerializer, parameters=[IF_MATCH])
    @section.mapping.patch
    def write_section(self, request: Request, letter: str, **_number: Any) -> Response:
        """Write what is named over the version that was read. Stale: 412 with both texts."""
        review, section = self._found(request, letter)
        held = _values(review, section)
        given = SectionSerializer(data=request.data, context={"names": held})
        given.is_valid(raise_exception=True)
        seen = request.headers.get("If-Match")
        if seen is None:
            detail = _("Say with If-Match which version you have read: the ETag of the section.")
            return Response({"detail": detail}, status=status.HTTP_428_PRECONDITION_REQUIRED)
        try:
            _write(review, section, {**held, **given.validated_data}, version_of(seen), request)
        except StaleEdit as stale:
            review, section = self._found(request, letter)
            body = {
                "detail": str(stale),
                "yours": given.validated_data,
                "theirs": _values(review, section),
            }
            answer = _answer(review, section, status=status.HTTP_412_PRECONDITION_FAILED)
            answer.data = {**body, "version": answer.data["version"]}
            return answer
        return _answer(*self._found(request, letter))

    def _found(self, request: Request, letter: str) -> tuple[Review, Section]:
        review = self.get_object()
        refuse_unless(policies.is_on_team(request.user, review))  # type: ignore[arg-type]
        return review, review.sections.get(letter=letter)


def _values(review: Review, section: Section) -> dict[str, Any]:
    complete = section.state == SectionState.COMPLETE
    if section.letter == Letter.A:
        return {**{name: getattr(review, name) for name in HEADER}, "complete": complete}
    return {"text": section.text, "complete": complete}


def _write(
    review: Review, section: Section, values: dict[str, Any], seen: int, request: Request
) -> None:
    state = SectionState.COMPLETE if values.pop("complete") else SectionState.IN_PROGRESS
    common: dict[str, Any] = {
        "review_id": review.pk,
        "by": request.user,
        "at": timezone.now(),
        "version": seen,
        "state": state,
    }
    if section.letter == Letter.A:
        actions.replace_header(**common, **values)
    else:
        text = values["text"].replace("\r\n", "\n")
        actions.replace_section(**common, letter=section.letter, text=text)


def _answer(review: Review, section: Section, **how: Any) -> Response:
    version = review.lock_version if section.letter == Letter.A else section.version
    body = {"letter": section.letter, "version": version, **_values(review, section)}
    return Response(body, headers={"ETag": f'"{version}"'}, **how)
