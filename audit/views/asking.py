"""Who asks, and for what: the same for every page of the record."""

from typing import cast

from django.http import Http404, HttpRequest

from audit.policies import Reader, can_read_audit
from audit.selectors.filters import Filters, NoSuchDeed, read_filters
from core.policy import asks

# To whoever may not read the record its pages are not there.
for_readers = asks(can_read_audit, hides=True)


def reader(request: HttpRequest) -> Reader:
    """The reader of the record, on a page that is `for_readers`."""
    return cast(Reader, request.user)


def filters(request: HttpRequest) -> Filters:
    """What the address asks for."""
    try:
        return read_filters(request.GET.dict())
    except NoSuchDeed as error:
        raise Http404 from error


def address(request: HttpRequest, cursor: str) -> str:
    """The address of the page at `cursor`, with what is asked for kept; blank for no page."""
    if not cursor:
        return ""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"


def asked(request: HttpRequest) -> str:
    """What is asked for, to be taken along to an export."""
    query = request.GET.copy()
    query.pop("cursor", None)
    return f"?{query.urlencode()}" if query else ""
