"""Addresses of the register."""

from django.urls import path

from incidents import views

app_name = "incidents"
urlpatterns = [
    path("", views.incident_list, name="incident_list"),
    path("record/", views.incident_record, name="incident_record"),
    path("tehsils/", views.tehsil_choices, name="tehsil_choices"),
    path("<int:pk>/", views.incident_detail, name="incident_detail"),
    path("<int:pk>/change/", views.incident_change, name="incident_change"),
    path("<int:pk>/share/", views.incident_share, name="incident_share"),
    path("<int:pk>/counts/add/", views.count_add, name="count_add"),
    path("<int:pk>/sources/add/", views.source_add, name="source_add"),
    path("<int:pk>/claims/add/", views.claim_add, name="claim_add"),
    path("<int:pk>/disputes/add/", views.dispute_add, name="dispute_add"),
    path("<int:pk>/disputes/<int:dispute_pk>/accounts/add/", views.account_add, name="account_add"),
    path("<int:pk>/disputes/<int:dispute_pk>/settle/", views.dispute_settle, name="dispute_settle"),
    path("<int:pk>/facts/add/", views.fact_add, name="fact_add"),
    path("<int:pk>/log/add/", views.log_add, name="log_add"),
    path("<int:pk>/questions/add/", views.question_add, name="question_add"),
    path("<int:pk>/evidence/add/", views.evidence_add, name="evidence_add"),
    path("<int:pk>/evidence/<int:evidence_pk>/", views.evidence_detail, name="evidence_detail"),
    path(
        "<int:pk>/evidence/<int:evidence_pk>/original/",
        views.evidence_original,
        name="evidence_original",
    ),
    path(
        "<int:pk>/evidence/<int:evidence_pk>/display/",
        views.evidence_display,
        name="evidence_display",
    ),
    path(
        "<int:pk>/evidence/<int:evidence_pk>/hand-over/",
        views.evidence_hand_over,
        name="evidence_hand_over",
    ),
    path(
        "<int:pk>/evidence/<int:evidence_pk>/withdraw/",
        views.evidence_withdraw,
        name="evidence_withdraw",
    ),
]
