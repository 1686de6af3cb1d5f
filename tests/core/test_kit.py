import re

import pytest
from django.urls import reverse


@pytest.mark.django_db
class TestKit:
    def test_shows_every_part_in_both_languages(self, client):
        for code, direction in (("en", "ltr"), ("ur", "rtl")):
            client.cookies["language"] = code
            response = client.get(reverse("kit"))

            assert response.status_code == 200
            assert f'<html lang="{code}" dir="{direction}">' in response.text

    def test_has_no_inline_style_script_or_foreign_address(self, client):
        page = client.get(reverse("kit")).text

        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
        assert not re.search(r"<script(?![^>]*\ssrc=)", page)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)

    def test_has_no_id_twice(self, client):
        page = client.get(reverse("kit")).text

        ids = re.findall(r'\sid="([^"]+)"', page)
        assert sorted(ids) == sorted(set(ids))

    def test_is_not_there_on_a_deployment_that_holds_records(self, client, settings):
        settings.EXAMPLE_MODE = settings.DEBUG = False

        assert client.get(reverse("kit")).status_code == 404


@pytest.mark.django_db
class TestFrame:
    def test_marks_the_page_first_and_last(self, client):
        page = client.get(reverse("sign_in")).text

        assert page.count('<div class="marking') == 2
        assert page.index('class="marking"') < page.index("<header")
        assert page.rindex('class="marking foot"') > page.index("</footer>")

    def test_offers_the_other_language_by_its_own_name(self, client):
        english = client.get(reverse("sign_in")).text
        client.cookies["language"] = "ur"
        urdu = client.get(reverse("sign_in")).text

        assert 'lang="ur" dir="rtl">اردو</button>' in english
        assert 'lang="en" dir="ltr">English</button>' in urdu

    def test_shows_no_navigation_before_sign_in(self, client):
        assert 'class="nav"' not in client.get(reverse("sign_in")).text
