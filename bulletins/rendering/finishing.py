"""What WeasyPrint's file still lacks: the record itself, and what PDF/A-3u asks beside PDF/UA-1.

One file is both: tagged for readers (ISO 14289-1) and made to be kept (ISO 19005-3, level U), with
the canonical JSON attached as an associated file. The same file and record give the same bytes.
"""

import io
from functools import cache
from hashlib import md5
from importlib.resources import files
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from bulletins.rendering.records import Kept

PROFILE = "sRGB2014.icc"
# An annotation is printed, and neither hidden nor out of view (ISO 19005-3, 6.3.2).
PRINTED = 4
HIDING = 1 | 2 | 32
# Schema of the PDF/UA identifier, which XMP does not know by itself (ISO 19005-3, 6.6.2.3).
ABOUT_UA = """<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li>
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def finish(pdf: bytes, kept: Kept) -> bytes:
    """The file with its record attached, fit to be kept. Raises pikepdf.PdfError on no PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        day = f"D:{kept.day.replace('-', '')}000000Z"
        for name in ("/CreationDate", "/ModDate"):
            opened.docinfo[name] = String(day)
        _attach(opened, kept, day)
        _colours(opened)
        for page in opened.pages:
            for note in page.obj.get("/Annots", ()):
                note.F = int(note.get("/F", 0)) & ~HIDING | PRINTED
        opened.Root.Metadata = Stream(
            opened, _metadata(opened.docinfo, kept.day), Type=Name.Metadata, Subtype=Name.XML
        )
        made = io.BytesIO()
        opened.save(
            made,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
        )
    return made.getvalue()


def _attach(pdf: pikepdf.Pdf, kept: Kept, day: str) -> None:
    """The record as an associated file of the whole document: its data."""
    name = f"{kept.number}.json"
    file = Stream(
        pdf,
        kept.record,
        Type=Name.EmbeddedFile,
        Subtype=Name("/application/json"),
        Params=Dictionary(
            Size=len(kept.record),
            CheckSum=String(md5(kept.record, usedforsecurity=False).digest()),
            ModDate=String(day),
        ),
    )
    reference = pdf.make_indirect(file)
    spec = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(name),
            UF=String(name),
            Desc=String(f"The record of {kept.number}: canonical JSON, whose SHA-256 is printed"),
            AFRelationship=Name.Data,
            EF=Dictionary(F=reference, UF=reference),
        )
    )
    pdf.Root.AF = Array([spec])
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array([String(name), spec]))


def _colours(pdf: pikepdf.Pdf) -> None:
    """What red, green and blue mean (ISO 19005-3, 6.2.3)."""
    profile = pdf.make_indirect(Stream(pdf, _profile(), N=3))
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                Info=String(PROFILE),
                DestOutputProfile=profile,
            )
        ]
    )


@cache
def _profile() -> bytes:
    return (files("weasyprint.pdf") / PROFILE).read_bytes()


def _metadata(info: Dictionary, day: str) -> bytes:
    """XMP that says the same as the document information, and both standards."""

    def told(name: str) -> str:
        return escape(str(info.get(name, "")))

    def in_words(name: str) -> str:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{told(name)}</rdf:li></rdf:Alt>'

    moment = f"{day}T00:00:00Z"
    parts = [
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"',
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
        ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"',
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">',
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>",
        f"<pdfuaid:part>1</pdfuaid:part><pdf:Producer>{told('/Producer')}</pdf:Producer>",
        f"<dc:title>{in_words('/Title')}</dc:title>",
    ]
    if "/Author" in info:
        seq = f"<rdf:Seq><rdf:li>{told('/Author')}</rdf:li></rdf:Seq>"
        parts.append(f"<dc:creator>{seq}</dc:creator>")
    if "/Subject" in info:
        parts.append(f"<dc:description>{in_words('/Subject')}</dc:description>")
    parts += [
        f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>",
        f"</rdf:Description>{ABOUT_UA}</rdf:RDF></x:xmpmeta>",
        '<?xpacket end="r"?>',
    ]
    return "\n".join(parts).encode()
