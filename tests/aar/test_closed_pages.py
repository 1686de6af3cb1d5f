"""Every page keeps the policy it is sent with: nothing inline, every post with its token."""

from html.parser import HTMLParser

import pytest

from agencies.choices import Role
from bulletins import tasks
from tests.bulletins.factories import Story, evidence
from tests.factories import UserFactory

MARKUP = "<script>alert(1)</script><img src=x onerror=a>{{ 7|add:7 }}"
PAGES = (
    *("/", "/incidents/", "/incidents/record/", "/reviews/", "/lessons/", "/lessons/draw/"),
    *("/lessons/search/?q=script", "/bulletins/", "/bulletins/new/", "/bulletins/briefs/"),
    *("/audit/", "/reference/", "/kit/", "/places/", "/places/?q=script", "/agencies/"),
    *("/postings/"),
    *("/people/", "/people/add/", "/people/groups/", "/people/groups/add/"),
)


class Page(HTMLParser):
    """What a page may not hold: code and styles in line, posts without a token."""

    def __init__(self, text):
        super().__init__()
        self.inline, self.posts, self.tokens = [], 0, 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.inline.append(tag)
        self.inline += [
            f"{tag} {name}" for name in given if name == "style" or name.startswith("on")
        ]
        self.posts += tag == "form" and (given.get("method") or "").lower() == "post"
        self.tokens += given.get("name") == "csrfmiddlewaretoken"


def is_closed(answer):
    policy = answer["Content-Security-Policy"]
    page = Page(answer.text)
    return (
        "unsafe" not in policy
        and "default-src 'none'" in policy
        and answer["X-Content-Type-Options"] == "nosniff"
        and answer["X-Frame-Options"] == "DENY"
        and page.inline == []
        and page.tokens >= page.posts
    )


@pytest.fixture
def records(db, monkeypatch):
    """Records of one agency whose words are markup."""
    monkeypatch.setattr(tasks.render, "delay", lambda **_ids: None)
    story = Story(title=MARKUP, observation=MARKUP, recommendation=MARKUP)
    finding = evidence(story.agency)
    incident = finding.review.incident
    for record, name in ((finding, "title"), (finding, "happened"), (incident, "title")):
        setattr(record, name, MARKUP)
        record.save(update_fields=[name])
    bulletin = story.issued(title=MARKUP, bottom_line=MARKUP, audience=MARKUP, actions=MARKUP)
    return story, (incident, finding.review, story.lesson, bulletin)


class TestPages:
    @pytest.mark.parametrize("role", Role.values)
    def test_are_closed_for_every_role(self, client, db, role):
        client.force_login(UserFactory.create(role=role))

        for path in PAGES:
            answer = client.get(path, follow=True)
            assert answer.status_code in {200, 403, 404}, path
            assert is_closed(answer), path

    def test_the_sign_in_is_closed(self, client, db):
        assert is_closed(client.get("/sign-in/"))

    def test_show_markup_as_text(self, client, records):
        story, shown = records
        client.force_login(story.editor)

        for path in [record.get_absolute_url() for record in shown] + list(PAGES):
            answer = client.get(path, follow=True)
            assert "<script>alert" not in answer.text, path
            assert "<img src=x" not in answer.text, path
            assert is_closed(answer), path

        assert "&lt;script&gt;alert(1)" in client.get(shown[0].get_absolute_url()).text
        assert "{{ 7|add:7 }}" in client.get(shown[3].get_absolute_url()).text
