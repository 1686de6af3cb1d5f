"""Each request in one transaction, which the database knows to be the person's who asks."""

import uuid
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from agencies.lock import Origin, acting, coming_from
from agencies.signing.addresses import address_of

# They answer where the database does not, and read nothing.
WITHOUT = frozenset({"/healthz", "/readyz"})


class RequestLock:
    """Middleware, after the one that knows the person. What fails with an error leaves nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within the person's transaction."""
        if request.path_info in WITHOUT:
            return self.get_response(request)
        origin = Origin(str(uuid.uuid4()), address_of(request))
        with coming_from(origin), acting(request.user):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
