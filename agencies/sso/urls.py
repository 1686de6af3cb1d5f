"""Addresses of the ways through other houses; wired up only where there is one."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from agencies.sso import views

KINDS = {kind for kind, _key, _name in settings.SSO_DOORS}

urlpatterns: list[URLPattern | URLResolver] = [
    path("identities/", views.identity_list, name="identity_list"),
    path("identities/<int:pk>/unlink/", views.identity_unlink, name="identity_unlink"),
]
if "openid_connect" in KINDS:
    urlpatterns += [
        path("oidc/<str:provider_id>/", views.oidc_login, name="openid_connect_login"),
        path("oidc/<str:provider_id>/back/", views.oidc_callback, name="openid_connect_callback"),
    ]
if "saml" in KINDS:
    urlpatterns += [path("", include("agencies.sso.saml_urls"))]
