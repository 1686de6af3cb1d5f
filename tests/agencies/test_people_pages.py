import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Posting, User
from tests.counting import LOCK
from tests.factories import NOON, PostingFactory, UserFactory

LIST = "/people/"


def pages(person):
    """Every page about one person: (address, whether it may be read)."""
    own, post = [person.pk], [person.posting_id]
    return (
        (reverse("person_detail", args=own), True),
        (reverse("person_change", args=own), True),
        (reverse("account_close", args=own), True),
        (reverse("posting_give", args=own), True),
        (reverse("posting_change", args=post), True),
        (reverse("posting_end", args=post), True),
        (reverse("account_reopen", args=own), False),
        (reverse("link_make", args=own), False),
    )


class TestList:
    def test_shows_an_agency_admin_the_agencys_own(self, client, admin, person, outsider):
        client.force_login(admin)

        text = client.get(LIST).text

        assert person.email in text
        assert outsider.email not in text

    def test_shows_who_holds_a_post_here_and_acts_elsewhere_by_the_post_here(
        self, client, admin, outsider
    ):
        PostingFactory.create(person=outsider, agency=admin.agency, post="Liaison")
        client.force_login(admin)

        text = client.get(LIST).text

        assert "Liaison" in text
        assert outsider.post not in text

    def test_shows_a_system_admin_everybody(self, client, system_admin, person, outsider):
        client.force_login(system_admin)

        text = client.get(LIST).text

        assert person.email in text
        assert outsider.email in text

    def test_finds_by_name_and_keeps_closed_accounts_apart(self, client, admin, person):
        UserFactory.create(agency=admin.agency, name="Shut", is_active=False)
        client.force_login(admin)

        assert "Shut" not in client.get(LIST).text
        assert "Shut" in client.get(LIST, {"show": "closed"}).text
        assert person.email in client.get(LIST, {"q": "gUl"}).text
        assert person.email not in client.get(LIST, {"q": "nobody\0"}).text

    @pytest.mark.parametrize("said", [{"show": "all"}, {"cursor": "nonsense"}])
    def test_is_not_there_for_nonsense(self, client, admin, said):
        client.force_login(admin)

        assert client.get(LIST, said).status_code == 404

    @pytest.mark.parametrize("role", ["INVESTIGATOR", "COMMANDER", "RELEASE_OFFICER", "AUDITOR"])
    def test_is_not_there_for_other_roles(self, client, agency, role):
        client.force_login(UserFactory.create(agency=agency, role=role))

        assert client.get(LIST).status_code == 404
        assert client.get("/people/add/").status_code == 404
        assert 'href="/people/"' not in client.get("/postings/").text

    def test_asks_as_often_for_many_people_as_for_few(
        self, client, admin, person, django_assert_max_num_queries, django_assert_num_queries
    ):
        client.force_login(admin)
        with django_assert_max_num_queries(4 + LOCK) as few:
            client.get(LIST)
        for _person in range(5):
            PostingFactory.create(person=UserFactory.create(agency=admin.agency))

        with django_assert_num_queries(len(few)):
            client.get(LIST)


class TestPages:
    def test_open_for_the_admins_who_keep_the_person(self, client, admin, system_admin, person):
        for each in (admin, system_admin):
            client.force_login(each)
            for path, is_page in pages(person):
                assert client.get(path).status_code == (200 if is_page else 405), path

    def test_are_not_there_for_anybody_else(self, client, stranger, outsider, person):
        commander = UserFactory.create(commander=True, agency=person.agency)
        for each in (stranger, outsider, commander, person):
            client.force_login(each)
            for path, is_page in pages(person):
                answer = client.get(path) if is_page else client.post(path)
                assert answer.status_code == 404, path
            for path, _is_page in pages(person)[1:]:
                assert client.post(path, {"name": "x"}).status_code == 404, path

    def test_refuse_what_is_above_an_agency_admin(self, client, admin, agency):
        auditor = UserFactory.create(agency=agency, auditor=True)
        client.force_login(admin)

        assert client.get(reverse("person_detail", args=[auditor.pk])).status_code == 200
        assert client.get(reverse("person_change", args=[auditor.pk])).status_code == 403
        assert client.post(reverse("link_make", args=[auditor.pk])).status_code == 403

    def test_offer_only_what_the_admin_may_do(self, client, admin, system_admin, person, agency):
        auditor = UserFactory.create(agency=agency, auditor=True)
        acts = {
            who.pk: {
                reverse("link_make", args=[who.pk]),
                reverse("person_change", args=[who.pk]),
                reverse("posting_end", args=[who.posting_id]),
                reverse("posting_change", args=[who.posting_id]),
            }
            for who in (person, auditor, admin)
        }

        def offered(by, who):
            client.force_login(by)
            text = client.get(who.get_absolute_url()).text
            return {path for path in acts[who.pk] if path in text}

        assert offered(admin, person) == acts[person.pk]
        assert offered(admin, auditor) == set()
        assert offered(admin, admin) == set()
        assert offered(system_admin, auditor) == acts[auditor.pk]

    def test_say_that_a_post_elsewhere_puts_the_account_out_of_reach(self, client, admin, person):
        other = PostingFactory.create(person=person)
        client.force_login(admin)

        text = client.get(person.get_absolute_url()).text

        assert "holds a post outside your agency too" in text
        assert other.post not in text
        assert reverse("link_make", args=[person.pk]) not in text

    def test_ask_as_often_for_many_posts_as_for_few(
        self, client, system_admin, person, django_assert_max_num_queries, django_assert_num_queries
    ):
        client.force_login(system_admin)
        with django_assert_max_num_queries(6 + LOCK) as few:
            client.get(person.get_absolute_url())
        for _post in range(4):
            PostingFactory.create(person=person)

        with django_assert_num_queries(len(few)):
            client.get(person.get_absolute_url())


class TestAdd:
    said = {
        "email": "new@force.example",
        "name": "New",
        "post": "Inspector",
        "role": "INVESTIGATOR",
        "clearance": "RESTRICTED",
    }

    def test_adds_and_leads_to_the_persons_page(self, client, admin):
        client.force_login(admin)

        answer = client.post("/people/add/", {**self.said, "agency": admin.agency_id})

        person = User.objects.get(email="new@force.example")
        assert answer["location"] == person.get_absolute_url()
        assert person.agency == admin.agency
        assert "has not come in yet" in client.get(LIST).text

    @pytest.mark.parametrize(
        "change",
        [{"role": "SYSTEM_ADMIN"}, {"role": "AUDITOR"}, {"clearance": "CONFIDENTIAL"}],
    )
    def test_takes_nothing_that_the_form_did_not_offer(self, client, admin, change):
        client.force_login(admin)

        answer = client.post("/people/add/", {**self.said, "agency": admin.agency_id, **change})

        assert answer.status_code == 422
        assert "Choose one from the list." in answer.text
        assert not User.objects.filter(email="new@force.example").exists()

    def test_takes_no_agency_of_others(self, client, admin, outsider):
        client.force_login(admin)

        answer = client.post("/people/add/", {**self.said, "agency": outsider.agency_id})

        assert answer.status_code == 422

    def test_sets_no_column_that_the_form_does_not_ask(self, client, admin):
        client.force_login(admin)
        smuggled = {"is_example": "on", "password": "x", "is_active": "", "joined_at": "2001-01-01"}

        client.post("/people/add/", {**self.said, "agency": admin.agency_id, **smuggled})

        person = User.objects.get(email="new@force.example")
        assert (person.is_example, person.is_active) == (False, True)
        assert not person.has_usable_password()
        assert person.joined_at.year != 2001


class TestChanging:
    def test_saves_name_clearance_and_post(self, client, admin, person):
        client.force_login(admin)

        client.post(
            reverse("person_change", args=[person.pk]), {"name": "Gul", "clearance": "UNMARKED"}
        )
        client.post(
            reverse("posting_change", args=[person.posting_id]),
            {"post": "DSP", "role": "COMMANDER"},
        )

        person.refresh_from_db()
        assert (person.clearance, person.post, person.role) == ("UNMARKED", "DSP", "COMMANDER")

    def test_closes_and_reopens(self, client, admin, person):
        client.force_login(admin)

        client.post(reverse("account_close", args=[person.pk]))
        assert not User.objects.get(pk=person.pk).is_active
        client.post(reverse("account_reopen", args=[person.pk]))
        assert User.objects.get(pk=person.pk).is_active

    def test_says_that_ending_the_last_post_closes_the_account(self, client, admin, person):
        client.force_login(admin)
        path = reverse("posting_end", args=[person.posting_id])

        assert "It is the last post of this person" in client.get(path).text
        answer = client.post(path, follow=True)

        assert "the account is closed" in answer.text

    def test_gives_a_second_post(self, client, system_admin, person, outsider):
        client.force_login(system_admin)

        client.post(
            reverse("posting_give", args=[person.pk]),
            {"agency": outsider.agency_id, "post": "Liaison", "role": "COMMANDER"},
        )

        assert Posting.objects.of(person).count() == 2


class TestPostsThatAreNobodysToKeep:
    @pytest.mark.parametrize("page", ["posting_change", "posting_end"])
    def test_are_those_that_have_ended_and_ones_own(self, client, admin, person, page):
        ended = PostingFactory.create(
            person=person, agency=admin.agency, role="INVESTIGATOR", ended_at=NOON, ended_by=admin
        )
        client.force_login(admin)

        assert client.get(reverse(page, args=[person.posting_id])).status_code == 200
        assert client.get(reverse(page, args=[ended.pk])).status_code == 403
        assert client.get(reverse(page, args=[admin.posting_id])).status_code == 403


class TestOwnPosts:
    def test_offer_the_change_in_the_masthead_only_where_there_is_one(self, client, person):
        client.force_login(person)
        assert 'href="/postings/"' not in client.get("/lessons/").text

        PostingFactory.create(person=person, agency=UserFactory.create().agency)

        assert 'href="/postings/"' in client.get("/lessons/").text

    def test_ended_ones_are_no_choice(self, client, person, admin):
        PostingFactory.create(person=person, post="Gone", ended_at=NOON, ended_by=admin)
        client.force_login(person)

        text = client.get("/postings/").text

        assert "Gone" not in text
        assert 'href="/postings/"' not in text

    def test_change_what_the_pages_say_one_is(self, client, person):
        other = PostingFactory.create(person=person, post="Member of the joint body")
        client.force_login(person)

        answer = client.post(reverse("posting_take", args=[other.pk]), follow=True)

        assert "You now act as Member of the joint body" in answer.text
        assert other.agency.name in client.get("/lessons/").text

    def test_those_of_others_are_not_there(self, client, person, outsider):
        client.force_login(outsider)

        answer = client.post(reverse("posting_take", args=[person.posting_id]))

        assert answer.status_code == 404

    def test_a_page_left_open_in_the_old_post_writes_no_more(self, person):
        other = PostingFactory.create(person=person)
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        stale = client.get("/postings/").context["csrf_token"]
        took = client.post(
            reverse("posting_take", args=[other.pk]), {"csrfmiddlewaretoken": str(stale)}
        )
        assert took.status_code == 302

        back = reverse("posting_take", args=[person.posting_id])
        assert client.post(back, {"csrfmiddlewaretoken": str(stale)}).status_code == 403

        person.refresh_from_db()
        assert person.posting == other

    def test_other_sessions_are_out_at_once(self, client, person):
        other = PostingFactory.create(person=person)
        elsewhere = Client()
        elsewhere.force_login(person)
        client.force_login(person)

        client.post(reverse("posting_take", args=[other.pk]))

        assert elsewhere.get("/lessons/").status_code == 302
        assert client.get("/lessons/").status_code == 200
