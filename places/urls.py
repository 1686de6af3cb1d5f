"""Addresses of areas."""

from django.urls import path

from places import views

app_name = "places"
urlpatterns = [
    path("", views.area_list, name="area_list"),
    path("find/", views.area_find, name="area_find"),
    path("<int:pk>/", views.area_detail, name="area_detail"),
]
