"""Columns that a form does not offer, posted with it all the same."""

import pytest
from django.db import models
from django.urls import reverse

from bulletins.models import Bulletin
from incidents.models import Incident
from reviews.models import Finding, Recommendation, Review, TimelineEntry
from tests.bulletins.factories import LessonFactory, Story
from tests.factories import AgencyFactory, UserFactory
from tests.incidents.factories import DAY, IncidentFactory, typed
from tests.reviews.factories import DUE, ReviewFactory

# What a sound change moves by itself.
MOVED = {"lock_version", "version", "edited_at", "edited_by_id", "changed_at", "changed_by_id"}


def hostile(model, other, offered):
    """A value that the column would take, for each that the form does not offer."""
    said: dict[str, object] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            value = other.pk if field.related_model is type(other) else 1
            said |= {field.name: value, field.attname: value}
        elif isinstance(field, models.DateTimeField):
            said[field.name] = "1999-01-01 00:00"
        elif isinstance(field, models.BooleanField):
            said[field.name] = "on"
        elif isinstance(field, models.IntegerField):
            said[field.name] = "77"
        elif field.choices:
            said[field.name] = list(dict(field.flatchoices))[-1]
        else:
            said[field.name] = "Assigned"
    return {name: value for name, value in said.items() if name not in offered}


def sent_back(form, assigned, said):
    """The form as the browser would send it, with changes, and with columns nobody asked for."""
    values = {name: form[name].value() for name in form.fields}
    shown = {
        name: [str(each) for each in value] if isinstance(value, list | tuple) else str(value)
        for name, value in values.items()
        if value not in (None, "", [], False)
    }
    ours = {form.add_prefix(name): value for name, value in {**assigned, **shown, **said}.items()}
    return {**assigned, **ours}


def offered_by(client, path):
    return set(client.get(path).context["form"].fields)


def columns(row):
    fresh = type(row).objects.get(pk=row.pk)
    return {field.attname: getattr(fresh, field.attname) for field in row._meta.concrete_fields}


def incident(client):
    by = UserFactory.create()
    row = IncidentFactory.create(by=by)
    client.force_login(by)
    return row, reverse("incidents:incident_change", args=[row.pk]), {"title": "Another"}


def lesson(client):
    row = LessonFactory.create(state="OBSERVATION", endorsed_at=None, endorsed_by=None)
    client.force_login(UserFactory.create(commander=True, agency=row.agency))
    return row, reverse("lessons:lesson_change", args=[row.pk]), {"title": "Another"}


def bulletin(client):
    story = Story()
    row = story.composed()
    client.force_login(story.editor)
    return row, reverse("bulletins:bulletin_edit", args=[row.pk]), {"title": "Another"}


def line(slug, model, row_said, said):
    def made(client):
        lead = UserFactory.create()
        review = ReviewFactory.create(lead=lead)
        row = model.objects.create(review=review, **row_said)
        client.force_login(lead)
        path = reverse("reviews:row_change", args=[review.pk, slug, row.pk])
        return row, path, said

    return made


FORMS = {
    "incident": incident,
    "lesson": lesson,
    "bulletin": bulletin,
    "finding": line(
        "findings",
        Finding,
        {"number": 1, "kind": "failure", "title": "Nobody"},
        {"title": "Nobody searched"},
    ),
    "entry": line(
        "entries",
        TimelineEntry,
        {"text": "Patrol", "on_date": DAY},
        {"text": "Patrol leaves"},
    ),
    "recommendation": line(
        "recommendations",
        Recommendation,
        {
            "number": 1,
            "reference": "AAR-X-R1",
            "text": "Search",
            "owner_post": "SP",
            "due_date": DUE,
        },
        {"text": "Search all"},
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("noun", FORMS)
def test_a_column_that_the_form_does_not_offer_stays_as_it_was(client, noun):
    row, path, said = FORMS[noun](client)
    form = client.get(path).context["form"]
    offered = set(form.fields)
    before = columns(row)
    assigned = hostile(type(row), AgencyFactory.create(), offered | {"lock_version"})
    lock = {"lock_version": row.lock_version} if noun in {"incident", "lesson", "bulletin"} else {}

    sent = sent_back(form, assigned, {**lock, **said})
    answer = client.post(path, sent)

    kept = {
        name: value
        for name, value in before.items()
        if name not in MOVED and name.removesuffix("_id") not in offered
    }
    after = columns(row)
    assert answer.status_code == 302, answer.context["form"].errors
    assert after != before
    assert {name: after[name] for name in kept} == kept
    assert len(kept) >= 3


@pytest.mark.django_db
def test_what_is_recorded_belongs_to_who_records_it(client):
    by = UserFactory.create()
    client.force_login(by)

    path = reverse("incidents:incident_record")
    assigned = hostile(Incident, AgencyFactory.create(), offered_by(client, path))
    client.post(path, {**assigned, **typed()})

    made = Incident.objects.get()
    assert (made.agency, made.recorded_by, made.is_example) == (by.agency, by, False)
    assert made.recorded_at.year > 1999
    assert made.reference != "Assigned"


@pytest.mark.django_db
def test_a_review_is_opened_as_a_draft_of_ones_own(client):
    by = UserFactory.create()
    subject = IncidentFactory.create(by=by)
    client.force_login(by)

    path = reverse("reviews:review_open", args=[subject.pk])
    assigned = hostile(Review, AgencyFactory.create(), offered_by(client, path))
    client.post(path, {**assigned, "tier": "T2", "tlp": "AMBER", "classification": "RESTRICTED"})

    made = Review.objects.get()
    assert (made.agency, made.lead, made.state) == (by.agency, by, "DRAFT")
    assert (made.approved_at, made.published_at) == (None, None)


@pytest.mark.django_db
def test_a_bulletin_is_composed_as_a_draft_of_ones_own(client):
    story = Story()
    client.force_login(story.editor)
    said = {"title": "T", "bottom_line": "B", "audience": "All", "language": "en"}
    marking = {"classification": "RESTRICTED", "tlp": "AMBER", "lessons": [story.lesson.pk]}
    path = reverse("bulletins:bulletin_compose")
    assigned = hostile(Bulletin, AgencyFactory.create(), offered_by(client, path))

    client.post(path, {**assigned, **said, **marking})

    made = Bulletin.objects.get()
    assert (made.agency, made.composed_by, made.state) == (story.agency, story.editor, "DRAFT")
    assert (made.sha256, made.issued_at, made.edition) == ("", None, 1)


@pytest.mark.django_db
def test_a_post_gives_neither_role_nor_rights_to_its_holder(client):
    person = UserFactory.create()
    client.force_login(person)
    before = (person.role, person.clearance, person.agency_id, person.is_active)

    for path in (reverse("posting_take", args=[person.posting_id]), "/language/"):
        client.post(
            path,
            {"role": "SYSTEM_ADMIN", "clearance": "CONFIDENTIAL", "agency": 1, "language": "en"},
        )

    person.refresh_from_db()
    assert (person.role, person.clearance, person.agency_id, person.is_active) == before
