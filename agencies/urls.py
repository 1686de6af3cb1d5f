from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from agencies.views import SignIn, SignOut
from agencies.views import directory as directory_views

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-out/", SignOut.as_view(), name="sign_out"),
    path("language/", login_not_required(set_language), name="set_language"),
]

directory = [
    path("", directory_views.agency_list, name="agency_list"),
    path("<int:pk>/", directory_views.agency_detail, name="agency_detail"),
]
