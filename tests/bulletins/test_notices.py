"""Told once: of a release, of what is owed, of a recall; by e-mail a link and no word of it."""

import re
import socket
import threading
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from agencies.choices import TLP, Classification, Role
from agencies.lock import acting
from audit.choices import Verb
from audit.models import Event
from bulletins.actions.notices import choose_notices
from bulletins.actions.receipts import acknowledge_bulletin, open_bulletin
from bulletins.actions.releases import recall_release
from bulletins.choices import Ask, Delivery, MailState, NoticeKind, Owed, ReminderStep
from bulletins.models import Notice, Receipt, ReceiptReminder, Release
from bulletins.noticing import mailing
from bulletins.noticing.reminding import remind_at
from tests.bulletins.factories import Story
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.usefixtures("rung")
DAY = timedelta(days=1)
SECRET = "Move the first check outward."


@pytest.fixture(autouse=True)
def address(settings):
    settings.PUBLIC_ADDRESS = "https://aar.example.pk"
    settings.MAIL_IS_ON = True


@pytest.fixture
def clear(db):
    return Story(tlp=TLP.CLEAR, classification=Classification.UNMARKED)


def send():
    """What the worker does when it is rung."""
    mailing.send_waiting(until=NOON + timedelta(days=10_000))
    return mail.outbox


def recall(by, at=NOON + DAY, reason="A number in it is wrong"):
    release = Release.objects.get()
    return recall_release(release_id=release.pk, reason=reason, by=by, at=at)


def open_to_all(story, **changes):
    return story.released(tlp=TLP.CLEAR, classification=Classification.UNMARKED, **changes)


class TestANoticeOfARelease:
    def test_goes_to_who_answers_there_and_says_no_word_of_a_closed_bulletin(self, story):
        there = {"agency": story.commander.agency}
        UserFactory.create(**there)
        UserFactory.create(release_officer=True, clearance="UNMARKED", **there)
        bulletin = story.released()

        (message,) = send()
        send()

        text, (page, kind) = message.body, message.alternatives[0]
        assert message.to == [story.commander.email]
        assert message.subject == f"{bulletin.reference} · RESTRICTED TLP:AMBER"
        assert kind == "text/html"
        assert message.message().get_payload(0).get_content_type() == "text/plain"
        for words in (text, page):
            assert f"https://aar.example.pk{bulletin.get_absolute_url()}" in words
            assert bulletin.title not in words
            assert SECRET not in words
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"
        receipt = Receipt.objects.get()
        assert (receipt.delivered_by, Notice.objects.get().state) == (
            Delivery.MAIL,
            MailState.SENT,
        )

    def test_names_the_title_of_what_is_open_to_all(self, clear):
        bulletin = open_to_all(clear)

        (message,) = send()

        assert bulletin.title in message.subject
        assert bulletin.title in message.body
        assert SECRET not in message.body

    def test_is_written_in_the_language_of_the_person_if_wanted_at_all(self, story):
        reader = UserFactory.create(agency=story.commander.agency, release_officer=True)
        kinds = NoticeKind.values
        choose_notices(by_mail=kinds, language="ur", by=story.commander, at=NOON)
        choose_notices(by_mail=["RECALLED"], language="en", by=reader, at=NOON)
        story.released()

        (message,) = send()

        assert 'dir="rtl"' in message.alternatives[0][0]
        assert Notice.objects.get(person=reader).state == MailState.UNWANTED

    def test_stands_in_the_list_of_whom_it_tells_and_of_nobody_else(self, client, story, outsider):
        bulletin = story.released()
        pages = {}

        for person in (story.commander, outsider):
            client.force_login(person)
            pages[person] = client.get(reverse("bulletins:notice_list")).content.decode()

        assert bulletin.reference in pages[story.commander]
        assert bulletin.reference not in pages[outsider]
        with acting(outsider):
            assert not Notice.objects.exists()


class TestTheOutbox:
    def test_tries_again_under_the_same_name_and_gives_up_with_a_reason(self, story, monkeypatch):
        story.released()
        answers = [SMTPServerDisconnected("gone"), None]
        names: list[str] = []

        def take(_self, messages):
            names.extend(each.message()["Message-ID"] for each in messages)
            if error := answers.pop(0):
                raise error
            return 1

        monkeypatch.setattr(EmailBackend, "send_messages", take)
        send()
        waiting = Notice.objects.get()
        Notice.objects.update(try_at=NOON)
        send()

        assert (waiting.state, waiting.attempts) == (MailState.WAITING, 1)
        assert "gone" in waiting.error
        assert len(set(names)) == 1
        assert Notice.objects.get().state == MailState.SENT

    def test_says_to_the_sender_what_a_server_refused_for_good(self, client, story, monkeypatch):
        bulletin = story.released()
        refusal = SMTPRecipientsRefused({story.commander.email: (550, b"no such box")})

        def refuse(_self, _messages):
            raise refusal

        monkeypatch.setattr(EmailBackend, "send_messages", refuse)
        send()
        client.force_login(story.editor)
        page = client.get(bulletin.get_absolute_url()).content.decode()

        assert Notice.objects.get().state == MailState.FAILED
        assert "no such box" in page
        assert Event.objects.filter(verb=Verb.MAIL_FAILED).count() == 1

    def test_hands_whole_messages_to_a_server_that_speaks_smtp(self, story, settings):
        story.released()
        server = Server()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.address

        send()

        assert Notice.objects.get().state == MailState.SENT
        assert server.heard.count("Message-ID:") == 1
        assert f"rcpt TO:<{story.commander.email}>" in server.heard
        assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in server.heard
        assert server.heard.index("text/plain") < server.heard.index("text/html")


class TestARecall:
    def test_tells_whoever_was_told_or_has_opened_it_and_why(self, client, story):
        reader = UserFactory.create(agency=story.commander.agency)
        bulletin = story.released()
        first = send()[0]
        open_bulletin(bulletin_id=bulletin.pk, by=reader, at=NOON)

        recall(story.editor)
        messages = {each.to[0]: each for each in send()[1:]}

        assert set(messages) == {story.commander.email, reader.email}
        second = messages[story.commander.email]
        name = first.extra_headers["Message-ID"]
        assert second.subject == f"Re: {first.subject}"
        assert second.extra_headers["In-Reply-To"] == name
        assert first.extra_headers["References"].split()[0] in second.extra_headers["References"]
        assert "A number in it is wrong" not in second.body
        client.force_login(reader)
        page = client.get(reverse("bulletins:notice_list")).content.decode()
        assert "A number in it is wrong" in page
        assert bulletin.title not in page

    def test_overtakes_what_has_not_left_yet(self, story):
        story.released()

        recall(story.editor)
        (message,) = send()

        assert "recalled" in message.body
        assert Notice.objects.get(kind="RELEASED").state == MailState.UNWANTED


class TestUnsubscribing:
    def test_takes_one_post_from_nobody_in_particular_and_no_visit(self, client, story):
        story.released()
        (message,) = send()
        link = message.extra_headers["List-Unsubscribe"].strip("<>")
        path = link.removeprefix("https://aar.example.pk")
        strict = Client(enforce_csrf_checks=True)

        assert client.get(path).status_code == 200
        assert not hasattr(story.commander, "notice_choice")
        answer = strict.post(path, {"List-Unsubscribe": "One-Click"})

        story.commander.refresh_from_db()
        assert answer.status_code == 200
        assert "RELEASED" not in story.commander.notice_choice.by_mail
        assert "RECALLED" in story.commander.notice_choice.by_mail
        forged = re.sub(r"stop/\d+", "stop/1", path)
        assert strict.post(forged).status_code == 404


class TestTheClockOfAReceipt:
    def test_tells_who_answers_then_the_commanders_then_the_sender_each_once(self, story):
        officer = UserFactory.create(agency=story.commander.agency, release_officer=True)
        story.released(ask=Ask.ACKNOWLEDGE)
        due = NOON + 3 * DAY
        told = []

        for moment in (NOON, due - DAY, due, due + 3 * DAY, due + 7 * DAY):
            before = set(Notice.objects.values_list("pk", flat=True))
            for _run in range(2):
                remind_at(moment)
            new = Notice.objects.exclude(pk__in=before)
            told.append({(each.step, each.person) for each in new})

        there = {officer, story.commander}
        assert told[0] == set()
        assert told[1] == {(ReminderStep.SOON, each) for each in there}
        assert told[2] == {(ReminderStep.LATE, each) for each in there}
        assert told[3] == {(ReminderStep.COMMANDER, story.commander)}
        theirs = {story.editor, story.writer, story.lesson.endorsed_by}
        assert told[4] == {(ReminderStep.SENDER, each) for each in theirs}
        assert ReceiptReminder.objects.count() == 4
        assert Event.objects.filter(verb=Verb.RECEIPT_REMINDED).count() == 4

    def test_makes_up_for_a_missed_run_by_the_newest_alone_and_stops_when_answered(self, story):
        bulletin = story.released()

        remind_at(NOON + 5 * DAY)
        acknowledge_bulletin(bulletin_id=bulletin.pk, by=story.commander, at=NOON + 5 * DAY)
        remind_at(NOON + 9 * DAY)

        said = set(ReceiptReminder.objects.values_list("owed", "step"))
        assert said == {(Owed.ACKNOWLEDGE, "LATE")}

    def test_is_silent_of_what_was_recalled(self, story):
        story.released()
        recall(story.editor, at=NOON)

        assert remind_at(NOON + 30 * DAY) == 0

    def test_shows_who_is_overdue_to_the_agency_that_sent_it_alone(self, client, story, outsider):
        bulletin = story.released()
        other = UserFactory.create(role=Role.COMMANDER)
        seen = []

        for person in (story.editor, other, outsider):
            client.force_login(person)
            answer = client.get(reverse("bulletins:overdue_list"))
            seen.append((answer.status_code, bulletin.reference in answer.content.decode()))

        assert seen[0] == (200, True)
        assert seen[1] == (200, False)
        assert not seen[2][1]


class Server:
    """Speaks SMTP to one client and keeps what it heard."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = self.socket.getsockname()
        self.heard = ""
        threading.Thread(target=self._talk, daemon=True).start()

    def _talk(self):
        talk, _from = self.socket.accept()
        lines = talk.makefile("rw", encoding="utf-8", newline="\r\n")

        def say(words):
            lines.write(words + "\r\n")
            lines.flush()

        say("220 here")
        body = False
        for line in lines:
            self.heard += line
            if body:
                body = line != ".\r\n"
                if not body:
                    say("250 taken")
                continue
            word = line[:4].upper()
            body = word == "DATA"
            say({"DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 fine"))
            if word == "QUIT":
                break
        talk.close()
