"""Addresses of people, posts and sharing groups, and of signing in."""

from django.urls import path
from django.views.i18n import set_language

from agencies import views
from agencies.freshness import before_factor
from agencies.signing.urls import urlpatterns as of_the_door
from agencies.views import directory as directory_views
from core.policy import public

urlpatterns = [
    *of_the_door,
    path("language/", before_factor(public(set_language)), name="set_language"),
    path("password/<int:pk>/<token>/", views.password_set, name="password_set"),
    path("postings/", views.posting_list, name="posting_list"),
    path("postings/<int:pk>/take/", views.posting_take, name="posting_take"),
    path("people/", views.person_list, name="person_list"),
    path("people/add/", views.person_add, name="person_add"),
    path("people/<int:pk>/", views.person_detail, name="person_detail"),
    path("people/<int:pk>/change/", views.person_change, name="person_change"),
    path("people/<int:pk>/close/", views.account_close, name="account_close"),
    path("people/<int:pk>/reopen/", views.account_reopen, name="account_reopen"),
    path("people/<int:pk>/link/", views.link_make, name="link_make"),
    path("people/<int:pk>/postings/give/", views.posting_give, name="posting_give"),
    path("people/postings/<int:pk>/change/", views.posting_change, name="posting_change"),
    path("people/postings/<int:pk>/end/", views.posting_end, name="posting_end"),
    path("people/groups/", views.group_list, name="group_list"),
    path("people/groups/add/", views.group_add, name="group_add"),
    path("people/groups/<int:pk>/", views.group_detail, name="group_detail"),
    path("people/groups/<int:pk>/agencies/add/", views.group_agency_add, name="group_agency_add"),
    path(
        "people/groups/<int:pk>/agencies/<int:agency_pk>/remove/",
        views.group_agency_remove,
        name="group_agency_remove",
    ),
]

directory = [
    path("", directory_views.agency_list, name="agency_list"),
    path("<int:pk>/", directory_views.agency_detail, name="agency_detail"),
]
