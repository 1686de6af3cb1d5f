"""What every API room shares: paging by keyset, refusals as 409."""

from typing import TYPE_CHECKING, Any

from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import exception_handler

from core.errors import RuleBroken
from core.keyset import BadCursor, Page, page

if TYPE_CHECKING:
    # It reads its paging from here.
    from rest_framework.generics import GenericAPIView

    View = GenericAPIView[Any]
else:
    View = object


class ByKeyset(BasePagination):
    """Pages by the last row seen. The view names its order in `keyset_fields`, the last unique."""

    found: Page[Any]

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows of the page that `?cursor=` asks for; an unknown cursor is 404."""
        try:
            self.found = page(
                queryset, view.keyset_fields, cursor=request.query_params.get("cursor", "")
            )
        except BadCursor as error:
            raise NotFound from error
        return self.found.rows

    def get_paginated_response(self, data: Any) -> Response:
        """No total: what the reader may not see is not counted."""
        return Response({"newer": self.found.newer, "older": self.found.older, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The envelope, for the OpenAPI description."""
        cursor = {"type": "string"}
        return {
            "type": "object",
            "properties": {
                "newer": cursor,
                "older": cursor,
                "results": schema,
            },
        }


def answer_refusal(error: Exception, context: dict[str, Any]) -> Response | None:
    """A broken rule answers 409 with its sentence; anything else as the framework does."""
    if isinstance(error, RuleBroken):
        return Response({"detail": str(error)}, status=status.HTTP_409_CONFLICT)
    return exception_handler(error, context)


class Narrowed(View):
    """A viewset whose list can be narrowed: `filters` checks what the address asks for.

    A filter that is not understood answers 400 with a sentence; ignored, it would answer with rows
    that nobody asked for.
    """

    filters: type[Serializer[Any]]

    def wanted(self) -> dict[str, Any]:
        """The filters as checked values; what is not named or left blank is not in it."""
        asked = self.filters(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return {name: value for name, value in asked.validated_data.items() if value != ""}
