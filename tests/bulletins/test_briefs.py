"""Briefs of incidents and reviews."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied

from agencies.choices import TLP
from audit.choices import Verb
from audit.models import Event
from bulletins import tasks
from bulletins.actions import briefs as actions
from bulletins.choices import RenderingState
from bulletins.models import Brief
from bulletins.rendering.documents import BriefDocument
from bulletins.rendering.pages import html_of
from bulletins.rendering.records import from_record, record_hash
from incidents.models import Incident
from reviews.models import AdversaryAccount, CareStep, JusticeStep, PlanInForce, PublishedReport
from tests.bulletins.factories import evidence
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.usefixtures("rung", "media")


@pytest.fixture
def finding(story):
    return evidence(story.agency)


def of_incident(finding, by, language="en"):
    return actions.request_incident_brief(
        incident_id=finding.review.incident_id, by=by, at=NOON, language=language
    )


class TestRequestIncidentBrief:
    def test_states_the_series_and_both_accounts(self, story, finding):
        brief = of_incident(finding, story.editor)

        content = brief.content
        assert brief.reference == "IB-2026-0001"
        assert [row["killed"] for row in content["counts"]] == ["15", "34", "60"]
        assert len(content["disputes"][0]["accounts"]) == 2
        assert "time not known" in content["stand"]
        assert Event.objects.filter(verb=Verb.BRIEF_REQUESTED).count() == 1

    def test_prints_its_sources_marking_and_stays_in_the_agency(self, story, outsider):
        finding = evidence(story.agency, tlp=TLP.GREEN)

        brief = of_incident(finding, outsider)

        assert brief.content["mark"]["tlp"] == TLP.GREEN
        assert Brief.objects.visible_to(outsider).filter(pk=brief.pk).exists()
        assert not Brief.objects.visible_to(story.editor).filter(pk=brief.pk).exists()

    def test_twice_is_once_while_nothing_changed(self, story, finding):
        first = of_incident(finding, story.editor)

        assert of_incident(finding, story.editor) == first
        finding.review.incident.open_questions.create(text="Who built the device?")
        assert of_incident(finding, story.editor) != first

    def test_twice_is_once_though_the_record_was_sealed_meanwhile(
        self, story, finding, monkeypatch
    ):
        seals = iter(["1 · aaaa", "2 · bbbb", "3 · cccc"])
        monkeypatch.setattr(actions, "short_root", lambda: next(seals))
        first = of_incident(finding, story.editor)

        assert first.content["seal"] == "1 · aaaa"
        assert of_incident(finding, story.editor) == first

    def test_prints_the_seal_that_it_was_frozen_under(self, story, finding, monkeypatch):
        monkeypatch.setattr(actions, "short_root", lambda: "12 · 3f2a 91bc 77de 0a41")

        brief = of_incident(finding, story.editor, language="ur")

        html = html_of(from_record(BriefDocument, brief.content))
        assert html.count("12 · 3f2a 91bc 77de 0a41") == 2
        assert brief.sha256 == record_hash(brief.content)

    def test_frozen_before_there_were_seals_keeps_its_hash(self, story, finding):
        brief = of_incident(finding, story.editor)

        assert "seal" not in brief.content
        assert brief.sha256[:8] in html_of(from_record(BriefDocument, brief.content))

    def test_the_same_in_urdu_is_another_brief(self, story, finding):
        english = of_incident(finding, story.editor)

        urdu = of_incident(finding, story.editor, language="ur")

        assert urdu != english
        assert urdu.language == "ur"

    def test_is_rendered(self, story, finding):
        brief = of_incident(finding, story.editor)

        tasks.render(rendering_id=brief.renderings.get().pk)

        assert brief.renderings.get().state == RenderingState.DONE

    def test_refuses_what_is_for_named_people(self, story, finding):
        incident = finding.review.incident
        incident.shares.create(to_person=story.editor, shared_at=NOON, shared_by=story.editor)
        incident.tlp = TLP.RED
        incident.save(update_fields=["tlp"])

        with pytest.raises(actions.NoBriefOfThis):
            of_incident(finding, story.editor)

    def test_is_refused_to_auditors_and_hidden_from_outsiders(self, story, finding, outsider):
        auditor = UserFactory.create(agency=story.agency, auditor=True)

        with pytest.raises(PermissionDenied):
            of_incident(finding, auditor)
        with pytest.raises(Incident.DoesNotExist):
            of_incident(finding, outsider)


class TestRequestReviewBrief:
    def test_states_findings_and_recommendations(self, story, finding):
        brief = actions.request_review_brief(review_id=finding.review_id, by=story.editor, at=NOON)

        assert brief.reference == "RB-2026-0001"
        assert brief.content["findings"][0]["title"] == finding.title
        assert brief.content["recommendations"][0]["answers"] == "E1"

    def test_draws_the_lanes_of_each_day_with_a_clock_time(self, story, finding):
        said = {"precision": "MINUTE", "acting": "Police", "told": "ریسکیو"}
        for day in (29, 30):
            finding.review.timeline.create(
                text="Told.", on_date=date(2023, 9, day), at_time=time(16, 22), **said
            )
            finding.review.timeline.create(
                text="Sent.", on_date=date(2023, 9, day), at_time=time(16, 38),
                precision="MINUTE", acting="ریسکیو",
            )  # fmt: skip

        brief = actions.request_review_brief(review_id=finding.review_id, by=story.editor, at=NOON)

        document = from_record(BriefDocument, brief.content)
        html = html_of(document)
        assert [each.day.day for each in document.lanes] == [29, 30]
        assert html.count("<figcaption>Who acted when, ") == 2
        assert ">16′<" in html  # no joined letters in the picture: the names stand under it
        assert "<strong>2</strong>" in html

    def test_prints_the_lines_of_every_other_section(self, story, finding):
        review = finding.review
        PlanInForce.objects.create(review=review, title="Procession order 7")
        AdversaryAccount.objects.create(review=review, method="A vest", method_grade="B2")
        CareStep.objects.create(review=review, kind="compensation", amount_published="£1,000")
        JusticeStep.objects.create(review=review, kind="inquest", source="The coroner")
        PublishedReport.objects.create(review=review, title="Inquiry, volume 2")

        brief = actions.request_review_brief(review_id=review.pk, by=story.editor, at=NOON)

        before, after = brief.content["before"], brief.content["after"]
        assert [each["title"][0] for each in (*before, *after)] == ["A", "B", "C", "G", "H"]
        for words in ("Procession order 7", "Inquiry, volume 2", "B2"):
            assert words in str(before)
        for words in ("£1,000", "The coroner"):
            assert words in str(after)
        assert brief.content["findings"][0]["days"] == review.days_to_review
