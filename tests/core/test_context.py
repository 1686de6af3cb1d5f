import pytest
from django.test import RequestFactory

from core.context import build_frame


class Person:
    is_authenticated = True
    post = "SP Headquarters"

    def __init__(self, role):
        self.role = role
        self.agency = type("Agency", (), {"label": "Balochistan Police"})()


def frame_for(role, path="/reviews/7/"):
    request = RequestFactory().get(path)
    request.user = Person(role)  # type: ignore[assignment]
    return build_frame(request)


class TestFrame:
    def test_says_who_one_is_by_post_and_agency(self):
        frame = frame_for("COMMANDER")

        assert (frame.post, frame.agency) == ("SP Headquarters", "Balochistan Police")

    def test_marks_the_room_one_is_in_and_no_other(self):
        here = [item.label for item in frame_for("COMMANDER").nav if item.here]

        assert here == ["Reviews"]

    def test_leads_to_what_one_looks_up_at_the_foot(self):
        frame = frame_for("INVESTIGATOR", "/places/7/")

        assert [(item.label, item.here) for item in frame.reference] == [
            ("Places", True),
            ("Agencies", False),
        ]
        assert not [item for item in frame.nav if item.here]

    @pytest.mark.parametrize(
        ("role", "shown"),
        [
            ("INVESTIGATOR", False),
            ("COMMANDER", False),
            ("RELEASE_OFFICER", False),
            ("AGENCY_ADMIN", True),
            ("AUDITOR", True),
            ("SYSTEM_ADMIN", False),
        ],
    )
    def test_leads_to_the_audit_only_who_may_read_it(self, role, shown):
        assert ("Audit" in [item.label for item in frame_for(role).nav]) is shown

    def test_shows_no_way_to_whom_has_not_signed_in(self):
        frame = build_frame(RequestFactory().get("/sign-in/"))

        assert frame.nav == ()
        assert frame.reference == ()
        assert not frame.signed_in
