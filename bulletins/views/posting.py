"""What a form of this room is bound to."""

from django.http import QueryDict

from agencies.http import Request


def posted(request: Request) -> QueryDict | None:
    """What was sent, even when it is nothing at all; None when the form was only asked for."""
    return request.POST if request.method == "POST" else None
