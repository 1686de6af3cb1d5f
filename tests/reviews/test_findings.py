"""Section E whole: what hangs from a finding, what led to what, what is frozen and who sees it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.choices import TLP
from audit.choices import Verb
from audit.models import Event
from reviews import actions, reference, selectors
from reviews.causes import Link, Node, chains_of
from reviews.choices import CauseKind, FindingKind
from reviews.models import (
    CauseLink,
    FailureCategory,
    Finding,
    FindingBody,
    FindingEvidence,
    Member,
    Review,
)
from reviews.rendering_causes import cause_graph
from tests.counting import LOCK
from tests.factories import NOON, UserFactory
from tests.incidents.evidence.samples import EvidenceFactory
from tests.reviews.factories import ReviewFactory, section


@pytest.fixture
def say(draft, lead):
    """Says a finding of the draft."""

    def said(title="Nobody searched", **values):
        return actions.add_finding(
            review_id=draft.pk, by=lead, at=NOON, title=title, **({"kind": "failure"} | values)
        )

    return said


@pytest.fixture
def link(draft, lead):
    """Says that one finding led to another."""

    def linked(cause, effect, **values):
        return actions.add_cause_link(
            review_id=draft.pk, by=lead, at=NOON, cause=cause, effect=effect, **values
        )

    return linked


@pytest.fixture
def piece(draft, lead):
    """A photograph of the incident."""
    return EvidenceFactory.create(incident=draft.incident, by=lead, title="Photograph of the gate")


WHOLE = {
    "kind": "missed",
    "title": "The alert of May was filed and not read",
    "source_reference": "Volume 1, paragraph 6.27",
    "phase": "BEFORE",
    "expected": "Each alert is read on its day.",
    "expected_in": "Standing order 12, paragraph 3",
    "happened": "It lay for nine days.",
    "evidence": "The register of alerts.",
    "reliability": "B",
    "credibility": "2",
    "probability": "highly_likely",
    "confidence": "moderate",
    "counterfactual": "PROBABLY",
    "counterfactual_why": "The day and the place stood in it.",
    "severity_published": "a significant missed opportunity",
    "severity": "GRAVE",
    "known_before": "YES",
    "known_since": "2015",
    "known_from": "Inspection of 2015, finding 4",
}


class TestAFinding:
    def test_of_a_published_inquiry_fits_without_a_field_left_over(self, draft, lead, say, piece):
        reference.load(at=NOON)
        main, other = (FailureCategory.objects.get(code=code) for code in ("F05.1", "F11.2"))
        told = {"review_id": draft.pk, "by": lead, "at": NOON}

        finding = say(**WHOLE, category=main, other_categories=[other])
        led_to = say("Nobody was told")
        actions.add_finding_body(finding=finding, agency=lead.agency, role="PRINCIPAL", **told)
        actions.add_finding_body(finding=finding, name="Gate Guards Ltd", role="CONTRIBUTING",
                                 note="Kept the register.", **told)  # fmt: skip
        actions.add_finding_evidence(finding=finding, evidence=piece, shows="Page 4", **told)
        actions.add_cause_link(cause=finding, effect=led_to, kind="LED_TO", text="So.", **told)
        actions.add_rating(capability="IIS", rating="M", objective="Read", reason="Late",
                           findings=[finding], **told)  # fmt: skip

        frozen = selectors.review_document(Review.objects.get(pk=draft.pk))
        first = frozen["findings"][0]
        plain = {k: v for k, v in WHOLE.items() if k not in {"reliability", "credibility"}}
        assert {name: first[name] for name in plain} == plain
        assert (first["category"], first["other_categories"], first["grade"]) == (
            *("F05.1", ["F11.2"], "B2"),
        )
        assert [(each["name"], each["role"]) for each in first["bodies"]] == [
            (lead.agency.name, "PRINCIPAL"),
            ("Gate Guards Ltd", "CONTRIBUTING"),
        ]
        assert first["evidence_files"][0]["sha256"] == piece.sha256
        assert frozen["cause_links"] == [{"cause": 1, "effect": 2, "kind": "LED_TO", "text": "So."}]
        assert frozen["capability_ratings"][0]["findings"] == [1]

    def test_keeps_its_other_categories_unless_others_are_given(self, draft, lead, say):
        reference.load(at=NOON)
        main, other = (FailureCategory.objects.get(code=code) for code in ("F05.1", "F11.2"))
        row = say(category=main, other_categories=[other])
        told = {"review_id": draft.pk, "row_id": row.pk, "by": lead, "at": NOON}

        actions.change_finding(version=1, kind="failure", title="Said better", **told)
        assert list(row.other_categories.all()) == [other]
        again = actions.change_finding(
            version=2, kind="failure", title="Said better", other_categories=[], **told
        )

        assert again.version == 3
        assert not row.other_categories.exists()
        with pytest.raises(actions.NotSound, match="is its main category"):
            say(category=main, other_categories=[main])

    def test_says_since_when_only_of_what_was_known(self, say):
        with pytest.raises(actions.NotSound, match="known before"):
            say(known_since="2015")

    def test_takes_with_it_what_hangs_from_it(self, draft, lead, say, link, piece):
        finding, other = say(), say("Nobody was told")
        told = {"review_id": draft.pk, "by": lead, "at": NOON}
        actions.add_finding_body(finding=finding, name="Gate Guards Ltd", **told)
        actions.add_finding_evidence(finding=finding, evidence=piece, **told)
        link(other, finding)

        actions.remove_finding(row_id=finding.pk, **told)

        assert not FindingBody.objects.exists()
        assert not FindingEvidence.objects.exists()
        assert not CauseLink.objects.exists()
        assert Event.objects.filter(verb=Verb.REVIEW_CHANGED, data__deed="removed").count() == 3


class TestABody:
    def test_is_an_agency_or_another_and_stands_once(self, draft, lead, say, outsider):
        finding = say()
        told = {"review_id": draft.pk, "finding": finding, "by": lead, "at": NOON}
        actions.add_finding_body(name="Gate Guards Ltd", **told)

        for said in ({}, {"name": "Guards", "agency": lead.agency}):
            with pytest.raises(actions.NotSound, match="one of them"):
                actions.add_finding_body(**said, **told)
        with pytest.raises(actions.NotSound, match="already"):
            actions.add_finding_body(name="gate guards ltd", **told)
        with pytest.raises(Review.DoesNotExist):
            actions.add_finding_body(**told | {"by": outsider}, name="x")

    def test_is_not_added_to_a_finding_of_another_review(self, draft, lead):
        strange = ReviewFactory.create(lead=lead, complete=True).findings.get()

        with pytest.raises(Finding.DoesNotExist):
            actions.add_finding_body(
                review_id=draft.pk, finding=strange, name="x", by=lead, at=NOON
            )


class TestAFile:
    def test_is_seen_by_who_may_see_the_file_and_no_one_else(self, lead, judge, outsider, client):
        review = ReviewFactory.create(lead=lead, complete=True, tlp=TLP.GREEN)
        hidden = EvidenceFactory.create(
            incident=review.incident, by=lead, title="Plan of the gate", tlp=TLP.AMBER_STRICT
        )
        finding = review.findings.get()
        told = {"review_id": review.pk, "by": lead, "at": NOON}
        actions.add_finding_evidence(finding=finding, evidence=hidden, **told)
        actions.submit_review(**told)
        actions.approve_review(**told | {"by": judge})
        actions.publish_review(**told | {"by": judge})

        def page(person):
            client.force_login(person)
            read = client.get(reverse("reviews:review_read", args=[review.pk]))
            told = client.get(f"/api/reviews/{review.pk}/")
            return read.content.decode() + told.content.decode()

        assert "Plan of the gate" in page(lead)
        assert "Nobody searched the crowd" in page(outsider)
        assert "Plan of the gate" not in page(outsider)
        assert review.versions.get().content["findings"][0]["evidence_files"] == []

    def test_is_of_the_incident_and_stands_once(self, draft, lead, say, piece):
        finding = say()
        told = {"review_id": draft.pk, "finding": finding, "by": lead, "at": NOON}
        actions.add_finding_evidence(evidence=piece, **told)
        elsewhere = EvidenceFactory.create(by=lead)

        with pytest.raises(actions.NotSound, match="already"):
            actions.add_finding_evidence(evidence=piece, **told)
        with pytest.raises(actions.NotSound, match="of this incident"):
            actions.add_finding_evidence(evidence=elsewhere, **told)
        with pytest.raises(IntegrityError, match="one incident"), transaction.atomic():
            FindingEvidence.objects.create(finding=finding, evidence=elsewhere)

    def test_goes_with_its_finding_though_its_remover_may_not_see_it(self, draft, lead, say):
        finding = say()
        told = {"review_id": draft.pk, "at": NOON}
        hidden = EvidenceFactory.create(incident=draft.incident, by=lead, tlp=TLP.AMBER_STRICT)
        actions.add_finding_evidence(finding=finding, evidence=hidden, by=lead, **told)
        guest = UserFactory.create()
        Member.objects.create(review=draft, user=guest, role="MEMBER")
        assert not FindingEvidence.objects.visible_to(guest).exists()

        actions.remove_finding(row_id=finding.pk, by=guest, **told)

        assert not FindingEvidence.objects.exists()


class TestACauseLink:
    def test_goes_no_circle_and_joins_two_once(self, draft, say, link):
        a, b, c = say("A"), say("B"), say("C")
        link(a, b, kind="LED_TO")
        link(b, c)

        with pytest.raises(actions.NotSound, match="Finding 1 already leads to finding 3"):
            link(c, a)
        with pytest.raises(actions.NotSound, match="linked already"):
            link(a, b, kind="WORSENED")
        with pytest.raises(actions.NotSound, match="its own cause"):
            link(a, a)
        assert CauseLink.objects.count() == 2

    def test_is_held_to_that_by_the_database(self, draft, lead, say, link):
        a, b = say("A"), say("B")
        row = link(a, b)
        strange = ReviewFactory.create(lead=lead, complete=True).findings.get()

        for cause, effect in ((b, a), (a, a), (a, b), (b, strange)):
            with pytest.raises(IntegrityError), transaction.atomic():
                CauseLink.objects.create(cause=cause, effect=effect)
        turned = actions.change_cause_link(
            review_id=draft.pk, row_id=row.pk, version=1, cause=b, effect=a, by=lead, at=NOON
        )
        assert (turned.cause, turned.version) == (b, 2)


class TestChains:
    def chains(self, *pairs, titles=()):
        nodes = [
            Node(n, titles[n - 1] if titles else f"Finding {n}", "failure") for n in range(1, 9)
        ]
        return chains_of(nodes, [Link(a, b, "LED_TO") for a, b in pairs])

    def test_stand_apart_where_nothing_joins_them(self):
        first, second = self.chains((1, 2), (2, 3), (5, 6))

        assert [box.node.number for box in first.boxes] == [1, 2, 3]
        assert [box.node.number for box in second.boxes] == [5, 6]

    def test_run_from_cause_to_effect_and_no_box_lies_on_another(self):
        pairs = [(a, b) for a in range(1, 9) for b in range(a + 1, 9) if (a * b) % 3 != 2]

        (chain,) = self.chains(*pairs, titles=["x" * (17 * n) for n in range(1, 9)])

        at = {box.node.number: box for box in chain.boxes}
        assert all(at[a].x + at[a].width < at[b].x for a, b in pairs)
        for one in chain.boxes:
            for other in chain.boxes:
                if one is not other and one.x == other.x:
                    assert one.y + one.height < other.y or other.y + other.height < one.y
        assert self.chains(*reversed(pairs), titles=["x" * (17 * n) for n in range(1, 9)]) == [
            chain
        ]

    def test_are_drawn_with_titles_as_text_and_a_word_for_each_kind(self):
        nodes = [
            Node(n, "<b>خبر</b>", kind, str(FindingKind(kind).label))
            for n, kind in enumerate(FindingKind.values)
        ]
        links = [Link(n, n + 1, kind) for n, kind in enumerate(CauseKind.values)]
        (chain,) = chains_of(nodes, links)

        svg = cause_graph(chain, url_of=lambda n: f"#finding-{n}")

        assert "<b>" not in svg
        assert 'href="#finding-3"' in svg
        assert all(str(FindingKind(node.kind).label) in svg for node in nodes[:4])


class TestTheSection:
    @pytest.fixture
    def sixty(self, draft, lead):
        """A review with sixty findings, each with a body and most with a cause."""
        found = Finding.objects.bulk_create(
            Finding(review=draft, number=n, kind=FindingKind.values[n % 9], title=f"No. {n}")
            for n in range(1, 61)
        )
        FindingBody.objects.bulk_create(FindingBody(finding=each, name="x") for each in found)
        CauseLink.objects.bulk_create(
            CauseLink(cause=found[n], effect=found[n + 5]) for n in range(50)
        )
        return draft

    @pytest.mark.parametrize("way", ["edit", "read"])
    def test_asks_as_often_for_sixty_findings_as_for_one(
        self, at_desk, draft, lead, say, way, request, django_assert_max_num_queries
    ):
        path = section(draft, "E") if way == "edit" else reverse(
            "reviews:review_read", args=[draft.pk])  # fmt: skip
        a, b = say(), say()
        actions.add_cause_link(review_id=draft.pk, cause=a, effect=b, by=lead, at=NOON)
        actions.add_finding_body(review_id=draft.pk, finding=a, name="x", by=lead, at=NOON)
        at_desk.get(path)
        with django_assert_max_num_queries(16 + LOCK) as few:
            at_desk.get(path)
        Finding.objects.filter(review=draft).delete()
        request.getfixturevalue("sixty")

        with django_assert_max_num_queries(len(few)):
            page = at_desk.get(path).content.decode()

        assert "No. 60" in page
        assert "The 10 links in words" in page

    def test_lists_findings_by_what_was_asked(self, at_desk, sixty):
        page = at_desk.get(section(sixty, "E") + "?by=kind").content.decode()

        kinds = [str(kind.label) for kind in FindingKind]
        places = [page.index(f'<h3 class="above">{kind}') for kind in kinds]
        assert places == sorted(places)

    def test_leads_from_a_finding_to_its_parts_and_back(self, at_desk, draft, say):
        finding, other = say("A"), say("B")
        home = reverse("reviews:row_change", args=[draft.pk, "findings", finding.pk])
        add = reverse("reviews:finding_cause_add", args=[draft.pk, finding.pk])
        form = at_desk.get(home).context["form"]
        data = {form.add_prefix(n): form[n].value() or "" for n in form.fields} | {"do": "causes"}

        assert at_desk.post(home, data).url == add
        answer = at_desk.post(
            add,
            {"row-finding": finding.pk, "row-other": other.pk, "row-way": "back",
             "row-kind": "WORSENED", "row-text": "Because."},
        )  # fmt: skip

        row = CauseLink.objects.get()
        assert (answer.url, row.cause, row.effect) == (home, other, finding)
        assert "Finding 2 made worse finding 1" in at_desk.get(home).content.decode()

    def test_gives_back_what_was_typed_for_a_finding_that_went(self, at_desk, draft, lead, say):
        finding = say()
        add = reverse("reviews:finding_body_add", args=[draft.pk, finding.pk])
        actions.remove_finding(review_id=draft.pk, row_id=finding.pk, by=lead, at=NOON)

        answer = at_desk.post(
            add, {"row-finding": finding.pk, "row-name": "Gate Guards Ltd", "row-role": "PRINCIPAL"}
        )

        assert answer.status_code == 409
        assert answer.context["form"]["happened"].value() == "Gate Guards Ltd"

    def test_names_the_code_that_is_no_category(self, at_desk, draft, say):
        finding = say()
        home = reverse("reviews:row_change", args=[draft.pk, "findings", finding.pk])
        form = at_desk.get(home).context["form"]
        data = {form.add_prefix(n): form[n].value() or "" for n in form.fields}

        answer = at_desk.post(home, data | {"row-other_categories": "F77.1"})

        assert answer.status_code == 422
        assert "No category has the code F77.1" in answer.content.decode()
