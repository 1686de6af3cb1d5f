from incidents.selectors.evidence import (
    EvidencePage,
    evidence_of,
    evidence_page,
    finished_copy,
    limits_in_words,
    marking_with,
)
from incidents.selectors.filters import Filters
from incidents.selectors.imports import (
    areas_by_code,
    asked_about,
    import_of,
    imports,
    mappings,
    mappings_of,
    refusals,
)
from incidents.selectors.index import first_with_words
from incidents.selectors.page import IncidentPage, incident_page
from incidents.selectors.particulars import line_of
from incidents.selectors.places import Places, district_options, places, province_options, tehsils
from incidents.selectors.register import Register, chosen_areas, register
from incidents.selectors.saved import saved_filters
from incidents.selectors.widenings import (
    reach_now,
    reach_of_share,
    reach_of_widening,
    reach_of_wish,
    second_person_sentence,
)

__all__ = [
    "EvidencePage",
    "Filters",
    "IncidentPage",
    "Places",
    "Register",
    "areas_by_code",
    "asked_about",
    "chosen_areas",
    "district_options",
    "evidence_of",
    "evidence_page",
    "finished_copy",
    "first_with_words",
    "import_of",
    "imports",
    "incident_page",
    "limits_in_words",
    "line_of",
    "mappings",
    "mappings_of",
    "marking_with",
    "places",
    "province_options",
    "reach_now",
    "reach_of_share",
    "reach_of_widening",
    "reach_of_wish",
    "refusals",
    "register",
    "saved_filters",
    "second_person_sentence",
    "tehsils",
]
