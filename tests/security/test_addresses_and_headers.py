"""Where answers lead, what headers hold, and what a path reaches."""

import socket
import threading

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.http import parse_header_parameters

from bulletins.rendering import sandbox
from bulletins.rendering.sandbox import Reason, RenderFailed
from core.sandbox import Limits
from incidents.files import vault
from tests.factories import UserFactory
from tests.incidents.evidence.samples import EvidenceFactory
from tests.incidents.factories import IncidentFactory

ELSEWHERE = (
    *("//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example"),
    *("https:evil.example", "javascript:alert(1)", "http://testserver@evil.example/"),
    *("//evil.example\r\nSet-Cookie: a=b", "/%0d%0aSet-Cookie:a=b", "\thttps://evil.example"),
)
CLIMBING = (
    *("../manage.py", "..%2f..%2fmanage.py", "%2e%2e/%2e%2e/manage.py", "....//manage.py"),
    *("..\\manage.py", "/etc/passwd", "%00", "css/%2e%2e/%2e%2e/aar/settings.py"),
)


@pytest.fixture
def signed_in(client, db):
    client.force_login(UserFactory.create())
    return client


class TestRedirects:
    @pytest.mark.parametrize("target", ELSEWHERE)
    def test_of_the_language_switch_stay_in_the_house(self, client, db, target):
        answer = client.post("/language/", {"language": "ur", "next": target})

        assert stays(answer)

    @pytest.mark.parametrize("target", ELSEWHERE)
    def test_by_the_page_one_came_from_stay_in_the_house(self, client, db, target):
        answer = client.post("/language/", {"language": "ur"}, headers={"Referer": target})

        assert stays(answer)

    @pytest.mark.parametrize("target", ELSEWHERE)
    def test_for_those_who_are_signed_in_stay_in_the_house(self, signed_in, target):
        for path in (reverse("sign_in"), reverse("posting_list")):
            assert stays(signed_in.get(path, {"next": target}))

    def test_of_a_path_that_begins_with_two_slashes_stay_in_the_house(self, signed_in):
        for path in ("//evil.example", "//evil.example/incidents", "/incidents//evil.example"):
            assert stays(signed_in.get(path))


def stays(answer):
    where = answer.get("Location", "")
    lines = "".join(value for _, value in answer.items())
    inside = where == "" or (where.startswith("/") and not where.startswith(("//", "/\\")))
    return inside and "\r" not in lines and "\n" not in lines and "a" not in answer.cookies


class TestHost:
    @pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil"])
    def test_of_another_house_is_refused(self, db, host):
        assert Client().get("/sign-in/", headers={"Host": host}).status_code == 400

    def test_forwarded_by_a_stranger_is_not_believed(self, client, db):
        answer = client.get("/", headers={"X-Forwarded-Host": "evil.example"})

        assert "evil.example" not in answer["Location"]
        assert settings.USE_X_FORWARDED_HOST is False

    def test_of_no_setting_lets_everybody_in(self):
        assert "*" not in settings.ALLOWED_HOSTS


class TestHeaders:
    @pytest.mark.parametrize(
        "name",
        [
            "a\r\nSet-Cookie: a=b.jpg",
            'a"; filename=b.exe; x=".jpg',
            "a\nX-Other: 1.jpg",
            "گواہ.jpg",
            "a;b,c.jpg",
        ],
    )
    def test_of_a_file_hold_its_name_and_nothing_more(self, client, db, name):
        by = UserFactory.create()
        piece = EvidenceFactory.create(incident=IncidentFactory.create(by=by), by=by, name=name)
        client.force_login(by)

        answer = client.get(
            reverse("incidents:evidence_original", args=[piece.incident_id, piece.pk])
        )

        assert answer.status_code == 200
        told = answer["Content-Disposition"]
        assert told.startswith("attachment;")
        assert "\r" not in told
        assert "\n" not in told
        assert parse_header_parameters(told)[1]["filename"] == piece.original_name
        assert "X-Other" not in answer.headers
        assert "a" not in answer.cookies
        answer.close()

    def test_of_an_address_take_no_line_break(self, signed_in):
        answer = signed_in.get("/incidents/1%0d%0aSet-Cookie:%20a=b/")

        assert "a" not in answer.cookies
        assert answer.status_code in {301, 302, 404}


class TestPaths:
    @pytest.mark.parametrize("climbing", CLIMBING)
    @pytest.mark.parametrize("root", ["/static/", "/media/", "/evidence/", "/.aar/"])
    def test_reach_no_file_of_the_house(self, signed_in, root, climbing):
        assert signed_in.get(f"{root}{climbing}").status_code in {301, 302, 400, 404}

    def test_of_evidence_are_its_hash_whatever_it_is_called(self, db):
        piece = EvidenceFactory.create(name="../../../aar/settings.jpg")

        assert piece.path == f"originals/{piece.sha256[:2]}/{piece.sha256}"
        assert "/" not in piece.original_name

    @pytest.mark.parametrize("path", ["../settings.py", "/etc/passwd", "originals/../../x"])
    def test_outside_the_vault_are_not_opened(self, path):
        with pytest.raises(Exception, match=r"outside|joined path|^$") as refused:
            vault.open_intact(path, "0" * 64)
        assert type(refused.value).__name__ in {"SuspiciousFileOperation", "Altered"}


@pytest.fixture
def listener():
    """A server of this machine that counts who comes."""
    came = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    over = threading.Event()

    def listen():
        while not over.is_set():
            try:
                came.append(server.accept()[1])
            except TimeoutError:
                continue

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], came
    over.set()
    thread.join()
    server.close()


class TestDocuments:
    WAYS = (
        '<img src="{}">',
        '<object data="{}"></object>',
        '<embed src="{}">',
        '<link rel="stylesheet" href="{}">',
        '<link rel="attachment" href="{}">',
        "<style>@import url({});</style>",
        "<style>@font-face{{font-family:x;src:url({})}} p{{font-family:x}}</style>",
        '<p style="background:url({})">x</p>',
        '<ul style="list-style-image:url({})"><li>x</ul>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{}"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="{}#a"/></svg>',
        '<base href="{}"><img src="x.png">',
        "<style>p::before{{content:url({})}}</style>",
    )
    LIMITS = Limits(cpu_seconds=10, wall_seconds=20)

    @pytest.mark.parametrize("way", WAYS)
    def test_ask_no_server(self, listener, way):
        port, came = listener

        pdf = made(f"<p>x</p>{way.format(f'http://127.0.0.1:{port}/a')}", self.LIMITS)

        assert came == []
        assert pdf is None or b"127.0.0.1" not in pdf

    @pytest.mark.parametrize("way", WAYS)
    def test_read_no_file(self, tmp_path, way):
        secret = tmp_path / "secret.svg"
        secret.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg"><text>the words of the file</text></svg>'
        )

        plain = made("<p>x</p>", self.LIMITS)
        pdf = made(f"<p>x</p>{way.format(secret.as_uri())}", self.LIMITS)

        assert plain is not None
        assert pdf is None or (b"the words" not in pdf and len(pdf) < len(plain) * 2)


def made(body, limits):
    """The PDF; None where the rendering was ended because of an address."""
    try:
        return sandbox.render(f"<!doctype html><html lang=en><title>x</title>{body}", limits).pdf
    except RenderFailed as failure:
        if failure.reason != Reason.ADDRESS:
            raise
        return None
