"""Small real files of every kind that is taken, and hostile ones that look like them."""

import io
import zipfile


def packed(**parts: bytes) -> bytes:
    """A zip archive; in the names, two underscores stand for a slash and one for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def png(width: int = 4, height: int = 4) -> bytes:
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + header + b"\0\0\0\0" + b"\0\0\0\0IEND\xaeB`\x82"


def jpeg(width: int = 4, height: int = 4) -> bytes:
    frame = b"\xff\xc0\0\x11\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\3" + b"\0" * 9
    return b"\xff\xd8\xff\xe0\0\4\0\0" + frame + b"\xff\xd9"


def heic(width: int = 4, height: int = 4, brands: bytes = b"heic\0\0\0\0mif1heic") -> bytes:
    extent = b"\0\0\0\x14ispe" + bytes(4) + width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return (8 + len(brands)).to_bytes(4, "big") + b"ftyp" + brands + extent


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DOCX = packed(word__document_xml=b"<w/>", **{"[Content_Types]_xml": b"<t/>"})
XLSX = packed(xl__workbook_xml=b"<w/>", **{"[Content_Types]_xml": b"<t/>"})
ODT = packed(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<o/>")

TAKEN = [
    ("Note verbale.pdf", PDF, "pdf"),
    ("stamp.PNG", png(), "png"),
    ("photo.jpg", jpeg(), "jpeg"),
    ("photo.jpeg", jpeg(), "jpeg"),
    ("draft.docx", DOCX, "docx"),
    ("budget.xlsx", XLSX, "xlsx"),
    ("projet.odt", ODT, "odt"),
    ("list.csv", "État;montant\nCôte d’Ivoire;5\n".encode(), "csv"),
    ("قائمة.txt", "الأمن السيبراني".encode(), "txt"),
    ("utf16.csv", "a,b\n".encode("utf-16"), "csv"),
]
REFUSED = [
    ("page.html", b"<html></html>"),
    ("program.exe", b"MZ\x90"),
    ("noending", PDF),
    ("double.pdf.exe", PDF),
    ("note.pdf", b"MZ\x90\0" * 20),
    ("note.pdf", b"%PDF-1.7\nno end"),
    ("script.pdf", PDF.replace(b"/Type", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>/Type")),
    ("spelt.pdf", PDF.replace(b"/Type", b"/OpenAction<</S/J#61vaScript/JS(app.alert(1))>>/Type")),
    ("launch.pdf", PDF.replace(b"/Type", b"/A<</S/Launch>>/Type")),
    ("empty.pdf", b""),
    ("bomb.png", png(60_000, 60_000)),
    ("zero.png", png(0, 5)),
    ("cut.png", png()[:30]),
    ("bomb.jpg", jpeg(60_000, 60_000)),
    ("bomb.heic", heic(60_000, 60_000)),
    ("film.heic", heic(brands=b"avif\0\0\0\0mif1avif")),
    ("other.heic", heic(brands=b"mif1\0\0\0\0mif1avif")),
    ("cut.heic", heic()[:24]),
    ("renamed.heic", jpeg()),
    ("cut.jpg", b"\xff\xd8\xff\xe0\0\4"),
    ("renamed.png", jpeg()),
    ("renamed.docx", XLSX),
    ("renamed.xlsx", DOCX),
    ("zip.odt", DOCX),
    ("cut.docx", DOCX[:40]),
    ("macros.docx", packed(word__document_xml=b"<w/>", word__vbaProject_bin=b"x")),
    ("program.docx", packed(word__document_xml=b"<w/>", word__embeddings__a_exe=b"x")),
    ("escape.docx", packed(word__document_xml=b"<w/>", **{"..__..__etc__passwd": b"x"}).replace(b"......", b"../../")),
    ("page.csv", b"<html><script>alert(1)</script></html>"),
    ("program.txt", b"MZ\x90\0" + b"\0" * 80),
    ("latin.csv", "Côte".encode("latin-1")),
    ("nul.txt", b"a\0b"),
    ("entities.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ("image.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
]

SMALL = 1000
"""Bytes that a store with a small limit takes at most (`small_files`)."""
LARGE = PDF + bytes(SMALL)
