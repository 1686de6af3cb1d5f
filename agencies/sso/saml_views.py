"""The last step back from a SAML provider, with our own refusal."""

from allauth.socialaccount.providers.saml import views
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from agencies.freshness import before_factor
from agencies.sso.adapter import refused
from core.policy import public


@before_factor
@public
def finish(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """An answer to a question that this browser never asked is refused like any other."""
    try:
        answer: HttpResponse = views.finish_acs(request, organization_slug=organization_slug)
    except PermissionDenied:
        return refused(request)
    return answer
