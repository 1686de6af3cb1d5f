from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from agencies.freshness import before_factor
from agencies.signing.urls import urlpatterns as of_the_door

urlpatterns = [
    *of_the_door,
    path("language/", before_factor(login_not_required(set_language)), name="set_language"),
]
