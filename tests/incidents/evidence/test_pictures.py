"""Pictures drawn anew: what the camera wrote is gone, and nothing can hang the worker."""

import io

import pytest
from PIL import Image, ImageCms

from core.sandbox import Limits
from incidents.choices.files import CopyFault
from incidents.files.pictures import NotDrawn, redraw
from tests.incidents.evidence.samples import CAMERA, GPS, SECRET_WORDS, photograph, picture, png_of

XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><who>the officer</who></x:xmpmeta>"


def opened(content):
    return Image.open(io.BytesIO(content))


def profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


class TestRedraw:
    def test_leaves_behind_place_camera_and_words(self):
        original = photograph()
        assert opened(original).getexif().get_ifd(GPS)
        assert CAMERA.encode() in original
        assert SECRET_WORDS.encode() in original

        drawn = redraw(original, "image/jpeg")

        shown = opened(drawn.content)
        assert not shown.getexif()
        assert "comment" not in shown.info
        assert CAMERA.encode() not in drawn.content
        assert SECRET_WORDS.encode() not in drawn.content

    @pytest.mark.parametrize(
        ("kind", "media_type", "said"),
        [
            ("JPEG", "image/jpeg", {"xmp": XMP, "icc_profile": profile()}),
            ("PNG", "image/png", {"icc_profile": profile()}),
            ("WEBP", "image/webp", {"xmp": XMP, "icc_profile": profile()}),
        ],
    )
    def test_keeps_the_format_and_nothing_else(self, kind, media_type, said):
        exif = Image.Exif()
        exif[0x010F] = CAMERA

        drawn = redraw(picture(kind, exif=exif, **said), media_type)

        shown = opened(drawn.content)
        assert (shown.format, shown.mode, shown.size) == (kind, "RGB", (64, 48))
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(shown.info)
        assert b"the officer" not in drawn.content

    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_stands_as_the_camera_said(self, orientation):
        drawn = redraw(photograph(size=(80, 60), orientation=orientation), "image/jpeg")

        assert (drawn.width, drawn.height) == ((60, 80) if orientation > 4 else (80, 60))

    def test_is_at_most_two_thousand_points_wide(self):
        drawn = redraw(picture(size=(5000, 2500)), "image/jpeg")

        assert (drawn.width, drawn.height) == (2000, 1000)

    @pytest.mark.parametrize(
        ("mode", "colour", "point"),
        [
            ("RGBA", (200, 0, 0, 0), (255, 255, 255)),
            ("LA", (10, 255), (10, 10, 10)),
            ("P", 0, None),
            ("1", 1, (255, 255, 255)),
            ("L", 40, (40, 40, 40)),
            ("I;16", 0, (0, 0, 0)),
        ],
    )
    def test_draws_every_kind_of_point_on_white(self, mode, colour, point):
        shown = opened(redraw(picture("PNG", mode=mode, colour=colour), "image/png").content)

        assert shown.mode == "RGB"
        assert point is None or shown.getpixel((3, 3)) == point

    def test_draws_print_colours_for_the_screen(self):
        shown = opened(redraw(picture(mode="CMYK", colour=(0, 0, 0, 0)), "image/jpeg").content)

        assert min(shown.getpixel((3, 3))) > 250

    @pytest.mark.parametrize(
        ("content", "media_type"),
        [
            (png_of(60_000, 60_000), "image/png"),
            (png_of(300, 300), "image/png"),
            (b"no picture", "image/png"),
            (picture("PNG"), "image/jpeg"),
        ],
    )
    def test_refuses_bombs_holes_and_other_formats(self, content, media_type):
        with pytest.raises(NotDrawn) as refused:
            redraw(content, media_type)

        assert refused.value.fault == CopyFault.BROKEN

    def test_stops_at_its_limits(self):
        large = picture("PNG", size=(7000, 7000))

        with pytest.raises(NotDrawn) as slow:
            redraw(large, "image/png", Limits(wall_seconds=0.05))
        with pytest.raises(NotDrawn) as greedy:
            redraw(large, "image/png", Limits(more_memory=20 << 20))

        assert slow.value.fault == CopyFault.TIME
        assert greedy.value.fault == CopyFault.MEMORY
