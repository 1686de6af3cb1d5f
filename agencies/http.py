"""The request of a person who has signed in."""

from django.http import HttpRequest

from agencies.models import User


class Request(HttpRequest):
    """A request behind the sign-in wall: `user` is a person, never anonymous."""

    user: User
