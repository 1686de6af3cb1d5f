"""Addresses of the register."""

from django.urls import path

from incidents import views
from incidents.views import (
    exports,
    imports,
    occasions,
    overviews,
    particulars,
    relations,
    saved,
    supports,
    widenings,
    withdrawals,
)

app_name = "incidents"
# Address, kind of addition, name.
ADDITIONS = (
    ("share/", "reader", "incident_share"),
    ("counts/add/", "count", "count_add"),
    ("counts/adopt/", "adoption", "figure_adopt"),
    ("sources/add/", "source", "source_add"),
    ("claims/add/", "claim", "claim_add"),
    ("disputes/add/", "dispute", "dispute_add"),
    ("disputes/<int:dispute_pk>/accounts/add/", "account", "account_add"),
    ("disputes/<int:dispute_pk>/settle/", "settlement", "dispute_settle"),
    ("facts/add/", "fact", "fact_add"),
    ("log/add/", "log", "log_add"),
    ("questions/add/", "question", "question_add"),
    ("alerts/add/", "alert", "alert_add"),
    ("plans/add/", "plan", "plan_add"),
    ("weapons/add/", "weapon", "weapon_add"),
    ("attackers/add/", "attackers", "attackers_add"),
    ("responses/add/", "response", "response_add"),
    ("firs/add/", "fir", "fir_add"),
    ("arrests/add/", "arrest", "arrest_add"),
    ("forensics/add/", "forensic", "forensic_add"),
)
EVIDENCE = (
    ("", views.evidence_detail, "evidence_detail"),
    ("original/", views.evidence_original, "evidence_original"),
    ("display/", views.evidence_display, "evidence_display"),
    ("hand-over/", views.evidence_hand_over, "evidence_hand_over"),
    ("withdraw/", views.evidence_withdraw, "evidence_withdraw"),
    ("detach/", supports.evidence_detach, "evidence_detach"),
)
urlpatterns = [
    path("", views.incident_list, name="incident_list"),
    path("record/", views.incident_record, name="incident_record"),
    path("where-and-when/", overviews.incident_overview, name="incident_overview"),
    path("export/csv/", exports.incident_csv, name="incident_csv"),
    path("export/xlsx/", exports.incident_xlsx, name="incident_xlsx"),
    path("export/geojson/", exports.incident_geojson, name="incident_geojson"),
    path("export/stix/", exports.incident_stix, name="incident_stix"),
    path("occasions/", occasions.occasion_hint, name="occasion_hint"),
    path("tehsils/", views.tehsil_choices, name="tehsil_choices"),
    path("<int:pk>/", views.incident_detail, name="incident_detail"),
    path("<int:pk>/change/", views.incident_change, name="incident_change"),
    path("filters/", saved.filter_list, name="filter_list"),
    path("filters/save/", saved.filter_save, name="filter_save"),
    path("filters/none-first/", saved.filter_none_first, name="filter_none_first"),
    path("filters/<int:pk>/", saved.filter_change, name="filter_change"),
    path("filters/<int:pk>/first/", saved.filter_first, name="filter_first"),
    path("filters/<int:pk>/remove/", saved.filter_remove, name="filter_remove"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/add/", imports.import_add, name="import_add"),
    path("imports/mappings/<int:pk>/forget/", imports.mapping_forget, name="mapping_forget"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:pk>/places/", imports.import_places, name="import_places"),
    path("imports/<int:pk>/check/", imports.import_check, name="import_check"),
    path("imports/<int:pk>/store/", imports.import_store, name="import_store"),
    path("imports/<int:pk>/stop/", imports.import_stop, name="import_stop"),
    path("imports/<int:pk>/resume/", imports.import_resume, name="import_resume"),
    path("imports/<int:pk>/refusals/", imports.import_refusals, name="import_refusals"),
    path("<int:pk>/withdraw/", withdrawals.incident_withdraw, name="incident_withdraw"),
    path("<int:pk>/put-back/", withdrawals.incident_put_back, name="incident_put_back"),
    path("<int:pk>/relations/add/", relations.relation_add, name="relation_add"),
    path("<int:pk>/relations/refuse/", relations.relation_refuse, name="relation_refuse"),
    path(
        "<int:pk>/relations/<int:relation_pk>/take-back/",
        relations.relation_take_back,
        name="relation_take_back",
    ),
    path("<int:pk>/occasion/", occasions.incident_occasion, name="incident_occasion"),
    path("<int:pk>/widen/", widenings.incident_widen, name="incident_widen"),
    path("widenings/<int:pk>/", widenings.widening_detail, name="widening_detail"),
    path("widenings/<int:pk>/grant/", widenings.widening_grant, name="widening_grant"),
    path("widenings/<int:pk>/refuse/", widenings.widening_refuse, name="widening_refuse"),
    *(
        path(f"<int:pk>/{where}", views.incident_add, {"slug": slug}, name=name)
        for where, slug, name in ADDITIONS
    ),
    path(
        "<int:pk>/details/<int:particular_pk>/correct/",
        particulars.particular_correct,
        name="particular_correct",
    ),
    path(
        "<int:pk>/details/<int:particular_pk>/withdraw/",
        particulars.particular_withdraw,
        name="particular_withdraw",
    ),
    path("<int:pk>/evidence/add/", views.evidence_add, name="evidence_add"),
    path("<int:pk>/evidence/attach/", supports.evidence_attach, name="evidence_attach"),
    *(
        path(f"<int:pk>/evidence/<int:evidence_pk>/{where}", view, name=name)
        for where, view, name in EVIDENCE
    ),
]
