"""Addresses of lessons."""

from django.urls import path

from lessons import views

app_name = "lessons"
urlpatterns = [
    path("", views.lesson_list, name="lesson_list"),
    path("search/", views.lesson_search, name="lesson_search"),
    path("draw/", views.lesson_draw, name="lesson_draw"),
    path("<int:pk>/", views.lesson_detail, name="lesson_detail"),
    path("<int:pk>/change/", views.lesson_change, name="lesson_change"),
    path("<int:pk>/merge/", views.lesson_merge, name="lesson_merge"),
    path("<int:pk>/identify/", views.lesson_identify, name="lesson_identify"),
    path("<int:pk>/endorse/", views.lesson_endorse, name="lesson_endorse"),
    path("<int:pk>/reject/", views.lesson_reject, name="lesson_reject"),
]
