"""Addresses of the record of deeds."""

from django.urls import path

from audit import views

app_name = "audit"
urlpatterns = [
    path("", views.event_list, name="event_list"),
    path("of/<str:kind>/<int:pk>/", views.record_life, name="record_life"),
    path("seals/", views.seal_list, name="seal_list"),
    path("export.csv", views.event_csv, name="event_csv"),
    path("export.jsonl", views.event_lines, name="event_lines"),
]
