"""Who asks, and for what: the same for every page of the record."""

from typing import cast

from django.http import Http404, HttpRequest

from audit.policies import Reader, can_read_audit
from audit.selectors.filters import Filters, NoSuchDeed, read_filters


def reader(request: HttpRequest) -> Reader:
    """The reader of the record. To anybody else its pages are not there."""
    user = request.user
    if not user.is_authenticated or not can_read_audit(cast(Reader, user)):
        raise Http404
    return cast(Reader, user)


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
