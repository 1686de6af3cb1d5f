"""Pictures drawn anew for the screen, without anything that the camera wrote beside them.

The drawing is done in a confined child: a decoder that is fooled there can reach nothing.
"""

import io
import warnings
from dataclasses import dataclass
from typing import Any

# Loaded before the fork, so that the child opens no file.
from PIL import (
    Image,
    ImageCms,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from core.sandbox import ChildFailed, Limits, run
from incidents.choices.files import CopyFault
from incidents.files import limits

LONGEST_SIDE = 2000
FORMATS = {
    "image/jpeg": JpegImagePlugin.JpegImageFile.format,
    "image/png": PngImagePlugin.PngImageFile.format,
    "image/webp": WebPImagePlugin.WebPImageFile.format,
}
QUALITY: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 4},
}
ONE_PICTURE = Limits(cpu_seconds=30, wall_seconds=60.0, more_memory=1 << 30, largest=32 << 20)
WHITE = (255, 255, 255)


class NotDrawn(Exception):
    """The picture could not be drawn anew."""

    def __init__(self, fault: CopyFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True)
class Drawn:
    """A copy for the screen."""

    content: bytes
    width: int
    height: int


def redraw(original: bytes, media_type: str, confines: Limits = ONE_PICTURE) -> Drawn:
    """The copy of a picture, drawn in a child. Raises NotDrawn."""
    drawn_by = str(FORMATS[media_type])
    most = limits.most_pixels()
    try:
        content, about = run(lambda: _drawn(original, drawn_by, most), confines)
    except ChildFailed as failure:
        raise NotDrawn(CopyFault(failure.fault.value)) from failure
    return Drawn(content, about["width"], about["height"])


def _drawn(
    original: bytes, drawn_by: str, most: int
) -> tuple[bytes, dict[str, Any]]:  # pragma: no cover - runs in the child
    Image.MAX_IMAGE_PIXELS = most
    # The renderer of documents, where the worker has loaded it, lets half a picture pass.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(io.BytesIO(original), formats=[drawn_by]) as opened:
        # A JPEG can be decoded at a fraction of its size.
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        small: Image.Image = _with_colours(opened)
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = _on_white(_in_common_colours(ImageOps.exif_transpose(small)))
    # Points only: whatever else came with the picture stays with the original.
    clean = Image.new("RGB", plain.size)
    clean.paste(plain)
    answer = io.BytesIO()
    clean.save(answer, drawn_by, **QUALITY[drawn_by])
    return answer.getvalue(), {"width": clean.width, "height": clean.height}


def _with_colours(image: Image.Image) -> Image.Image:  # pragma: no cover - runs in the child
    """A copy whose points are colours, not numbers of colours: only those can be made smaller."""
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.copy()


def _on_white(image: Image.Image) -> Image.Image:  # pragma: no cover - runs in the child
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        sheet = Image.new("RGB", layered.size, WHITE)
        sheet.paste(layered, mask=layered.getchannel("A"))
        return sheet
    return image.convert("RGB")


def _in_common_colours(image: Image.Image) -> Image.Image:  # pragma: no cover - in the child
    """In the colours of the screen: the profile that says otherwise is left behind."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK"}:
        return image
    try:
        turned = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), _SCREEN, outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return turned or image


_SCREEN = ImageCms.createProfile("sRGB")
