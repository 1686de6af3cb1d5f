"""What an answer of another house opens here: the account that was linked to it, and no other."""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.actions import signing as actions
from agencies.models import User
from agencies.signing import door
from agencies.sso.actions import AlreadyLinked, link_identity


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Every answer of another house ends here: allauth opens and links nothing by itself."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """The identity is (issuer, subject). An e-mail address in the answer means nothing."""
        account = sociallogin.account
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(_linked(request, account))
        raise ImmediateHttpResponse(_opened(request, sociallogin))

    def is_open_for_signup(self, *_args: Any, **_kwargs: Any) -> bool:
        """Never: an admin makes accounts."""
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_told: Any) -> None:
        """Back to the sign-in page with a sentence; what went wrong is for the log alone."""
        actions.record_failed_sign_in(email=f"{provider}", at=timezone.now())
        raise ImmediateHttpResponse(refused(request))


def _linked(request: HttpRequest, account: SocialAccount) -> HttpResponse:
    at = timezone.now()
    person = request.user
    if not isinstance(person, User) or not door.is_fresh(request, at):
        return refused(request)
    try:
        link_identity(
            person=person, provider=account.provider, subject=account.uid, by=person, at=at
        )
    except AlreadyLinked as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your account is linked."))
    return HttpResponseRedirect(reverse("identity_list"))


def _opened(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    found = (
        SocialAccount.objects.filter(
            provider=sociallogin.account.provider,
            uid=sociallogin.account.uid,
            user__is_active=True,
        )
        .select_related("user__agency")
        .first()
    )
    if found is None or not isinstance(found.user, User):
        actions.record_failed_sign_in(email=sociallogin.account.provider, at=timezone.now())
        return refused(request)
    goal = door.safe_next(request, str(sociallogin.state.get("next") or ""))
    if request.user.is_authenticated:
        return HttpResponseRedirect(goal)
    return door.begin(request, found.user, goal=goal, at=timezone.now())


def refused(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, with one sentence for every reason."""
    messages.error(
        request,
        _("This sign-in opens no account here. Sign in with your password and link it first."),
    )
    return HttpResponseRedirect(reverse(settings.LOGIN_URL))
