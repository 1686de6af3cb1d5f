"""Addresses of the whole product: each room under its own noun."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import APIRootView, DefaultRouter

from aar import health, views
from agencies import urls as agencies_urls
from agencies.api import urls as agencies_api
from agencies.freshness import fresh
from audit import views as audit_views
from audit.api import urls as audit_api
from bulletins import urls as bulletins_urls
from bulletins.api import urls as bulletins_api
from core import views as core_views
from core.policy import SIGNED_IN, Policy, all_under, under
from incidents.api import urls as incidents_api
from lessons.api import urls as lessons_api
from places.api import urls as places_api
from reviews.api import urls as reviews_api


class ApiRoot(APIRootView):
    """The rooms that machines may read, with the address of each."""

    policy = SIGNED_IN


router = DefaultRouter()
router.APIRootView = ApiRoot
incidents_api.register(router)
reviews_api.register(router)
lessons_api.register(router)
bulletins_api.register(router)
agencies_api.register(router)
places_api.register(router)
audit_api.register(router)

# The reference pages have no sign-in of their own: there is one door, and it is recorded.
to_the_door = under(SIGNED_IN, RedirectView.as_view(pattern_name="sign_in"))
schema = under(SIGNED_IN, SpectacularAPIView.as_view())
reference = admin.site.urls
all_under(Policy("signed in; a system admin"), reference[0])

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", views.home, name="home"),
    path("", include("agencies.urls")),
    path("incidents/", include("incidents.urls")),
    path("reviews/", include("reviews.urls")),
    path("lessons/", include("lessons.urls")),
    path("bulletins/", include("bulletins.urls")),
    path("verify/", include((bulletins_urls.verify, "verify"))),
    path("public/", include((bulletins_urls.open_to_all, "public"))),
    path("notices/", include((bulletins_urls.notices_stopped, "notices"))),
    path("agencies/", include((agencies_urls.directory, "agencies"))),
    path("places/", include("places.urls")),
    # Taking the record out of the house asks who is there. Its room stands below the door.
    path("audit/export.csv", fresh(audit_views.event_csv)),
    path("audit/export.jsonl", fresh(audit_views.event_lines)),
    path("audit/", include("audit.urls")),
    path("kit/", core_views.kit, name="kit"),
    path("reference/login/", to_the_door),
    path("reference/logout/", to_the_door),
    path("reference/password_change/", to_the_door),
    path("reference/password_change/done/", to_the_door),
    path("reference/", reference),
    path("api/schema/", schema, name="api_schema"),
    path("api/", include(router.urls)),
]

if settings.SSO_DOORS:
    urlpatterns.append(path("sso/", include("agencies.sso.urls")))
