"""Files as people hand them in, and as those make them who mean harm. All made here."""

import io
import struct
import zipfile
import zlib

from django.core.files.base import ContentFile
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from agencies.choices import TLP, Classification
from incidents import actions
from incidents.choices.files import EvidenceKind
from incidents.details import EvidenceDetails
from tests.factories import NOON
from tests.incidents.factories import IncidentFactory

GPS_LATITUDE = (IFDRational(29), IFDRational(47), IFDRational(30))
CAMERA = "Examplecam 9000"
SECRET_WORDS = "the house of the witness"
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
DOCX_MAIN = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "word/document.xml",
)
XLSX_MAIN = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "xl/workbook.xml",
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def picture(kind="JPEG", size=(64, 48), colour="navy", **said):
    """A plain picture."""
    answer = io.BytesIO()
    Image.new(said.pop("mode", "RGB"), size, colour).save(answer, kind, **said)
    return answer.getvalue()


def photograph(size=(80, 60), orientation=6):
    """A JPEG as a telephone makes it: where, with what, turned, with a comment."""
    exif = Image.Exif()
    exif[MAKE] = CAMERA
    exif[ORIENTATION] = orientation
    exif[GPS] = {1: "N", 2: GPS_LATITUDE, 3: "E", 4: GPS_LATITUDE}
    return picture(size=size, exif=exif, comment=SECRET_WORDS.encode())


def png_of(width, height):
    """A PNG that says it is so large and holds next to nothing."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">L", len(data)) + body + struct.pack(">L", zlib.crc32(body))

    head = struct.pack(">LLBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def pdf(body=b""):
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + body + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


def box(kind, body=b""):
    return struct.pack(">L4s", len(body) + 8, kind) + body


def mp4():
    return box(b"ftyp", b"isom\0\0\x02\0isomiso2mp41") + box(b"moov", b"\0" * 16) + box(b"mdat")


def archive(parts, **said):
    answer = io.BytesIO()
    with zipfile.ZipFile(answer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content, **said)
    return answer.getvalue()


def office(main=DOCX_MAIN, types="", parts=None, relations=""):
    """A Word or Excel file: what its writer puts in, and what is given."""
    content_type, part = main
    return archive(
        {
            "[Content_Types].xml": (
                '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006'
                f'/content-types"><Override PartName="/{part}" ContentType="{content_type}"/>'
                f"{types}</Types>"
            ),
            "_rels/.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="{part}"/>'
                f"{relations}</Relationships>"
            ),
            part: "<document/>",
            **(parts or {}),
        }
    )


def outside(kind):
    return f'<Relationship Id="r9" Type="{RELATIONS}/{kind}" Target="https://e.example/x" TargetMode="External"/>'  # noqa: E501


def upload(content=None, name="gate.jpg"):
    return ContentFile(picture() if content is None else content, name=name)


def details(**said):
    return EvidenceDetails(
        **{
            "title": "The gate, seen from the road",
            "kind": EvidenceKind.PHOTOGRAPH,
            "tlp": TLP.AMBER,
            "classification": Classification.RESTRICTED,
            **said,
        }
    )


class EvidenceFactory:
    """`EvidenceFactory.create(incident=incident, content=pdf(), name="letter.pdf")`."""

    @classmethod
    def create(cls, *, incident=None, content=None, name="gate.jpg", by=None, at=NOON, **said):
        """A file put on the record by whoever recorded the incident."""
        incident = incident or IncidentFactory.create(by=by)
        marking = {"tlp": incident.tlp, "classification": incident.classification}
        return actions.add_evidence(
            incident_id=incident.pk,
            upload=upload(content, name),
            name=name,
            details=details(**{**marking, **said}),
            by=by or incident.recorded_by,
            at=at,
        )
