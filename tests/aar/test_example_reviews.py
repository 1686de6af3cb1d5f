"""The example reviews say what was published, and say so of themselves."""

import json

import pytest

from aar.examples import incidents, people, reviews
from agencies.actions.agencies import load_agencies
from agencies.models import User
from places.actions import load_areas
from reviews import reference, selectors
from reviews.choices import ReviewState
from reviews.models import Review
from tests.factories import NOON
from tests.taken_back import taken_back

SUMMARY = {
    "AAR-PK220-2023-0929-01": {
        "measures": 5,
        "timeline": 16,
        "findings": 7,
        "recommendations": 5,
        "care": 6,
        "justice": 6,
    },
    "AAR-PK510-2023-0929-01": {
        "measures": 5,
        "timeline": 11,
        "findings": 7,
        "recommendations": 5,
        "care": 6,
        "justice": 6,
    },
}


@pytest.fixture(scope="module")
def prepared(django_db_setup, django_db_blocker, tmp_path_factory):
    """The examples, loaded once for all these tests and taken back after the last."""

    def load():
        load_areas()
        load_agencies()
        people.load(at=NOON, signins=tmp_path_factory.mktemp("examples") / "signins.json")
        reference.load(at=NOON)
        incidents.load(at=NOON)
        reviews.load(at=NOON)

    with taken_back(django_db_blocker, load):
        yield


@pytest.fixture
def loaded(prepared, db):
    return Review.objects.order_by("reference")


class TestExampleReviews:
    def test_are_published_open_and_marked_as_examples(self, loaded):
        for review in loaded:
            assert review.state == ReviewState.PUBLISHED
            assert review.is_example
            assert (review.tlp, review.classification) == ("CLEAR", "UNMARKED")
            assert "It is an example" in review.scope

    def test_are_loaded_once(self, loaded):
        assert reviews.load(at=NOON) == 0
        assert loaded.count() == 2

    def test_hold_every_section(self, loaded):
        for review in loaded:
            held = {name: getattr(review, name).count() for name in SUMMARY[review.reference]}
            assert held == SUMMARY[review.reference]
            assert selectors.missing(review, today=NOON.date()) == []

    def test_invent_no_clock_time(self, loaded):
        for review in loaded:
            assert not review.timeline.exclude(at_time=None, precision="DAY").exists()

    def test_keep_the_accounts_that_differ(self, loaded):
        mastung, hangu = loaded
        told = {
            review.pk: json.dumps(selectors.review_document(review), ensure_ascii=False)
            for review in (mastung, hangu)
        }

        for words in ("counts the same patients twice", "6 to 8 kg", "10 to 15 kg"):
            assert words in told[mastung.pk]
        for words in ("They came in a vehicle.", "arrive by motorbike", "His vest exploded"):
            assert words in told[hangu.pk]

    def test_mark_each_recommendation_as_an_example_with_one_owner(self, loaded):
        for review in loaded:
            for recommendation in review.recommendations.all():
                assert recommendation.text.startswith("Example. ")
                assert recommendation.owner_agency is not None
                assert recommendation.closure_criterion
                assert recommendation.findings.exists()

    def test_code_and_grade_each_finding(self, loaded):
        for review in loaded:
            for finding in review.findings.all():
                assert finding.category is not None
                assert len(finding.grade) == 2

    def test_are_frozen_as_written(self, loaded):
        for review in loaded:
            version = review.versions.get()
            assert selectors.digest(version.content) == version.sha256

    def test_can_be_read_by_any_agency(self, loaded, client):
        client.force_login(User.objects.get(email="commander@sd-police.example"))

        for review in loaded:
            page = client.get(review.get_absolute_url()).content.decode()
            assert review.versions.get().sha256 in page
