"""Addresses of SAML: to the other house, back from it, and who we are. No single log-out."""

from allauth.socialaccount.providers.saml import views
from django.urls import path
from django.views.decorators.http import require_POST

from agencies.freshness import before_factor
from agencies.sso.saml_views import finish
from agencies.sso.views import no_single_log_out
from core.policy import public

urlpatterns = [
    path(
        "saml/<slug:organization_slug>/",
        before_factor(public(require_POST(views.login))),
        name="saml_login",
    ),
    path(
        "saml/<slug:organization_slug>/back/",
        before_factor(public(require_POST(views.acs))),
        name="saml_acs",
    ),
    path(
        "saml/<slug:organization_slug>/back/finish/",
        finish,
        name="saml_finish_acs",
    ),
    path("saml/<slug:organization_slug>/out/", no_single_log_out, name="saml_sls"),
    path(
        "saml/<slug:organization_slug>/about/",
        before_factor(public(views.metadata)),
        name="saml_metadata",
    ),
]
