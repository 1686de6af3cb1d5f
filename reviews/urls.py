"""Addresses of the review."""

from django.urls import path

from reviews import views

app_name = "reviews"
urlpatterns = [
    path("", views.review_list, name="review_list"),
    path("open/<int:incident_pk>/", views.review_open, name="review_open"),
    path("<int:pk>/", views.review_detail, name="review_detail"),
    path("<int:pk>/read/", views.review_read, name="review_read"),
    path("<int:pk>/defer/", views.review_defer, name="review_defer"),
    path("<int:pk>/people/", views.review_members, name="review_members"),
    path("<int:pk>/submit/", views.review_submit, name="review_submit"),
    path("<int:pk>/return/", views.review_return, name="review_return"),
    path("<int:pk>/approve/", views.review_approve, name="review_approve"),
    path("<int:pk>/publish/", views.review_publish, name="review_publish"),
    path("<int:pk>/dissent/", views.dissent_attach, name="dissent_attach"),
    path("<int:pk>/sections/<str:letter>/", views.section_edit, name="section_edit"),
    path("<int:pk>/sections/<str:letter>/keep/", views.section_autosave, name="section_autosave"),
    path("<int:pk>/entries/<int:entry_pk>/accounts/", views.account_add, name="account_add"),
    path("<int:pk>/lines/<slug:slug>/add/", views.row_add, name="row_add"),
    path("<int:pk>/lines/<slug:slug>/<int:row_pk>/", views.row_change, name="row_change"),
    path("<int:pk>/lines/<slug:slug>/<int:row_pk>/remove/", views.row_remove, name="row_remove"),
]
