"""Addresses of the register."""

from django.urls import path

from incidents import views

app_name = "incidents"
# Address, kind of addition, name.
ADDITIONS = (
    ("share/", "reader", "incident_share"),
    ("counts/add/", "count", "count_add"),
    ("sources/add/", "source", "source_add"),
    ("claims/add/", "claim", "claim_add"),
    ("disputes/add/", "dispute", "dispute_add"),
    ("disputes/<int:dispute_pk>/accounts/add/", "account", "account_add"),
    ("disputes/<int:dispute_pk>/settle/", "settlement", "dispute_settle"),
    ("facts/add/", "fact", "fact_add"),
    ("log/add/", "log", "log_add"),
    ("questions/add/", "question", "question_add"),
)
EVIDENCE = (
    ("", views.evidence_detail, "evidence_detail"),
    ("original/", views.evidence_original, "evidence_original"),
    ("display/", views.evidence_display, "evidence_display"),
    ("hand-over/", views.evidence_hand_over, "evidence_hand_over"),
    ("withdraw/", views.evidence_withdraw, "evidence_withdraw"),
)
urlpatterns = [
    path("", views.incident_list, name="incident_list"),
    path("record/", views.incident_record, name="incident_record"),
    path("tehsils/", views.tehsil_choices, name="tehsil_choices"),
    path("<int:pk>/", views.incident_detail, name="incident_detail"),
    path("<int:pk>/change/", views.incident_change, name="incident_change"),
    *(
        path(f"<int:pk>/{where}", views.incident_add, {"slug": slug}, name=name)
        for where, slug, name in ADDITIONS
    ),
    path("<int:pk>/evidence/add/", views.evidence_add, name="evidence_add"),
    *(
        path(f"<int:pk>/evidence/<int:evidence_pk>/{where}", view, name=name)
        for where, view, name in EVIDENCE
    ),
]
