"""How files are received: within the limit, outside what is served, and not from strangers."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile

from core.uploads import FORM_ROOM, LimitedUploadHandler
from tests.factories import UserFactory


@pytest.fixture
def folder(settings, tmp_path):
    """Where uploads lie, not made yet."""
    settings.UPLOAD_DIR = tmp_path / "uploads"
    settings.UPLOAD_MOST_BYTES = 1000
    return settings.UPLOAD_DIR


@pytest.fixture
def handler(rf, folder):
    """A handler in the middle of a request of somebody who has signed in."""
    request = rf.post("/")
    request.user = UserFactory.build()
    begun = LimitedUploadHandler(request)
    begun.new_file("file", "gate.jpg", "image/jpeg", None, None, None)
    return begun


def feed(handler, *pieces):
    start = 0
    for piece in pieces:
        assert handler.receive_data_chunk(piece, start) is None
        start += len(piece)
    return handler.file_complete(start)


class TestLimitedUploadHandler:
    def test_keeps_a_file_on_disk_until_it_is_closed(self, handler, folder):
        received = feed(handler, b"x" * 600, b"y" * 400)

        (path,) = folder.iterdir()
        assert str(path) == received.temporary_file_path()
        assert path.stat().st_mode & 0o077 == 0
        assert folder.stat().st_mode & 0o077 == 0
        assert (received.size, received.read(3)) == (1000, b"xxx")
        received.close()
        assert list(folder.iterdir()) == []

    def test_counts_what_is_too_large_and_keeps_none_of_it(self, handler, folder):
        received = feed(handler, b"x" * 600, b"y" * 600, b"z" * 600)

        assert received.size == 1800
        assert received.read() == b""
        (path,) = folder.iterdir()
        assert path.stat().st_size == 0

    def test_leaves_nothing_when_the_sender_goes_away(self, handler, folder):
        handler.receive_data_chunk(b"x" * 600, 0)

        handler.upload_interrupted()

        assert list(folder.iterdir()) == []

    def test_may_be_closed_after_the_file_was_moved_away(self, handler, folder, tmp_path):
        received = feed(handler, b"x")
        (path,) = folder.iterdir()
        path.rename(tmp_path / "moved")

        received.close()

        assert (tmp_path / "moved").read_bytes() == b"x"

    def test_begins_no_file_without_a_request(self, folder):
        with pytest.raises(SkipFile):
            LimitedUploadHandler(None).new_file("file", "x", "", None, None, None)


@pytest.mark.django_db
class TestRequest:
    def test_of_a_stranger_leaves_no_file(self, client, folder):
        """The form of the language is read whoever sends it."""
        sent = {"language": "ur", "file": SimpleUploadedFile("gate.jpg", b"x")}

        answer = client.post("/language/", sent)

        assert answer.status_code == 302
        assert not folder.exists()

    def test_that_says_itself_that_it_is_too_large_is_not_read(self, client, folder):
        client.force_login(UserFactory.create())
        body = io.BytesIO(b"x" * (FORM_ROOM + 4096))

        answer = client.post("/language/", {"language": "ur", "file": body})

        assert answer.status_code == 400
        assert not folder.exists()
