from incidents.selectors.page import IncidentPage, incident_page
from incidents.selectors.places import Places, district_options, places, province_options, tehsils
from incidents.selectors.register import Filters, Register, chosen_areas, register
from incidents.selectors.widenings import (
    reach_now,
    reach_of_widening,
    reach_of_wish,
    second_person_sentence,
)

__all__ = [
    "Filters",
    "IncidentPage",
    "Places",
    "Register",
    "chosen_areas",
    "district_options",
    "incident_page",
    "places",
    "province_options",
    "reach_now",
    "reach_of_widening",
    "reach_of_wish",
    "register",
    "second_person_sentence",
    "tehsils",
]
