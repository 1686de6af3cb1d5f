"""What the pages of people share."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from agencies.http import Request
from agencies.models import Posting, User
from agencies.policies import keeps_people


def visible_person(request: Request, pk: int) -> User:
    """The person of the page; to whoever does not keep them there is none."""
    people = User.objects.visible_to(request.user).select_related("agency", "posting")
    return get_object_or_404(people, pk=pk)


def visible_posting(request: Request, pk: int) -> Posting:
    """A post on somebody's page, through the same door."""
    posts = Posting.objects.visible_to(request.user).select_related("agency", "person")
    return get_object_or_404(posts, pk=pk)


def keepers_only(request: Request) -> None:
    """To whoever keeps nobody the page is not there."""
    if not keeps_people(request.user):
        raise Http404
