"""The ways through another house, and the page of one's own linked identities."""

from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.freshness import before_factor, fresh
from agencies.http import Request
from agencies.signing.doors import doors
from agencies.sso.actions import unlink_identity
from core.policy import public, signed_in


class StrictOpenID(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Stricter than allauth: the token is always there, its signature is always verified, its
    issuer is the configured one, and the user info is of the same subject."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        self.did_fetch_access_token = False
        if self.openid_config["issuer"] != app.settings["issuer"]:
            raise OAuth2Error("The issuer is not the one that was set up.")
        return dict(super()._decode_id_token(app, id_token))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Refuse an answer without an identity token, or with another subject's user info."""
        login = super().complete_login(request, app, token, **kwargs)
        data = login.account.extra_data
        said = {part.get("sub") for part in (data.get("id_token"), data.get("userinfo")) if part}
        if not data.get("id_token") or len(said) != 1:
            raise OAuth2Error("The answer is not of one subject.")
        return login


@before_factor
@require_POST
@public
def oidc_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the other house."""
    return _with(OAuth2LoginView, request, provider_id)


@before_factor
@require_safe
@public
def oidc_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from it."""
    return _with(OAuth2CallbackView, request, provider_id)


def _with(kind: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = kind.adapter_view(StrictOpenID(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer


@before_factor
@public
def no_single_log_out(_request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Nobody ends a session here from another house: allauth wants the address, and it is empty."""
    raise Http404(organization_slug)


@require_safe
@signed_in
def identity_list(request: Request) -> HttpResponse:
    """What opens this account beside its password."""
    names = {door.key: door.name for door in doors()}
    linked = [
        {"pk": each.pk, "name": names.get(each.provider, each.provider), "subject": each.uid}
        for each in SocialAccount.objects.filter(user=request.user).order_by("pk")
    ]
    return render(request, "agencies/identity_list.html", {"identities": linked, "doors": doors()})


@fresh
@require_POST
@signed_in
def identity_unlink(request: Request, pk: int) -> HttpResponse:
    """It opens the account no more."""
    unlink_identity(person=request.user, identity_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("The identity is unlinked."))
    return redirect("identity_list")
