"""What attached files tell of the people who made them: found in real formats, told to the office, never changed."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl.comments import Comment

from home.models import PortalDocument
from home.trace_child import find_traces
from home.traces import traces_of, traces_of_page
from tests.builders import make_person

AUTHOR, EDITOR, COMPANY = "Nguyễn Văn Soạn", "Trần Thị Sửa", "Công ty Máy tính A"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"<dc:creator>{AUTHOR}</dc:creator><cp:lastModifiedBy>{EDITOR}</cp:lastModifiedBy></cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Company>{COMPANY}</Company></Properties>"
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = (
    f'<w:document {W}><w:body><w:p><w:ins w:id="1" w:author="{EDITOR}"><w:r><w:t>a</w:t></w:r></w:ins>'
    f'<w:del w:id="2" w:author="{AUTHOR}"><w:r><w:delText>b</w:delText></w:r></w:del></w:p></w:body></w:document>'
)
COMMENTS = f'<w:comments {W}><w:comment w:id="1" w:author="{AUTHOR}"><w:p/></w:comment></w:comments>'
TEMPLATE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="attachedTemplate" Target="file:///C:\\Users\\soan\\mau.dotx" TargetMode="External"/></Relationships>'
)
META = (
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"<office:meta><meta:initial-creator>{AUTHOR}</meta:initial-creator><dc:creator>{EDITOR}</dc:creator>"
    "</office:meta></office:document-meta>"
)
CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"<office:body><office:annotation><dc:creator>{AUTHOR}</dc:creator></office:annotation><text:tracked-changes>"
    f"<text:changed-region><text:insertion><office:change-info><dc:creator>{EDITOR}</dc:creator></office:change-info>"
    "</text:insertion></text:changed-region></text:tracked-changes></office:body></office:document-content>"
)


def packed(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def docx(**parts) -> bytes:
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": f"<w:document {W}/>"} | parts)


def full_docx() -> bytes:
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "docProps/core.xml": CORE,
            "docProps/app.xml": APP,
            "word/document.xml": BODY,
            "word/comments.xml": COMMENTS,
            "word/_rels/settings.xml.rels": TEMPLATE,
        }
    )


def full_xlsx() -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.properties.creator, book.properties.lastModifiedBy = AUTHOR, EDITOR
    book.active["A1"].comment = Comment("Ý kiến", AUTHOR)
    book.save(buffer)
    return buffer.getvalue()


def pdf(said: str) -> bytes:
    """A real file of one page, with these words in its table of information."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        f"<< {said} >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    ending = f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\n"
    return data + f"{ending}startxref\n{len(data)}\n%%EOF\n".encode()


def utf16(text: str) -> str:
    return f"<feff{text.encode('utf-16-be').hex()}>"


FILES = {
    "docx": (
        full_docx,
        [
            ("author", AUTHOR),
            ("editor", EDITOR),
            ("company", COMPANY),
            ("path", "file:///C:\\Users\\soan\\mau.dotx"),
            ("comment", AUTHOR),
            ("change", EDITOR),
            ("change", AUTHOR),
        ],
    ),
    "xlsx": (full_xlsx, [("author", AUTHOR), ("editor", EDITOR), ("comment", AUTHOR)]),
    "odt": (
        lambda: packed({"meta.xml": META, "content.xml": CONTENT}),
        [("author", AUTHOR), ("editor", EDITOR), ("comment", AUTHOR), ("change", EDITOR)],
    ),
    "pdf": (
        lambda: pdf(f"/Author {utf16(AUTHOR)} /Title (C:\\\\Users\\\\soan\\\\ke-hoach.docx)"),
        [("author", AUTHOR), ("path", "C:\\Users\\soan\\ke-hoach.docx")],
    ),
    "rtf": (
        lambda: b"{\\rtf1{\\info{\\author Nguy\\u7877?n V\\u259?n So\\u7841?n}{\\company ABC}}a}",
        [("author", AUTHOR), ("company", "ABC")],
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_what_a_file_tells_is_found(kind):
    make, wanted = FILES[kind]
    assert find_traces(make(), kind) == wanted


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("docx", docx),
        ("docx", lambda: docx(**{"docProps/core.xml": "<a><creator>python-docx</creator><creator> </creator></a>"})),
        ("pdf", lambda: pdf(f"/Title {utf16('Kế hoạch')} /Producer (LibreOffice)")),
        ("rtf", lambda: b"{\\rtf1 a}"),
        ("txt", lambda: b"author"),
    ],
)
def test_a_file_that_tells_nothing_is_let_be(kind, make):
    assert find_traces(make(), kind) == []


def make_file(name: str, content: bytes) -> PortalDocument:
    return PortalDocument.objects.create(title="Kế hoạch", file=ContentFile(content, name=name))


@pytest.mark.django_db
def test_the_office_reads_sentences_and_the_file_stays_as_it_was():
    content = full_docx()
    file = make_file("ke-hoach.docx", content)
    assert traces_of(file) == [
        f"Tệp còn ghi tên người soạn: {AUTHOR}.",
        f"Tệp còn ghi tên người sửa sau cùng: {EDITOR}.",
        f"Tệp còn ghi tên cơ quan hoặc người phụ trách ghi trong phần mềm: {COMPANY}.",
        "Tệp còn ghi đường dẫn trên máy của người soạn: file:///C:\\Users\\soan\\mau.dotx.",
        f"Tệp còn 1 ý kiến ghi bên lề: {AUTHOR}.",
        f"Tệp còn 2 chỗ sửa còn theo dõi: {EDITOR}, {AUTHOR}.",
    ]
    with file.file.storage.open(file.file.name) as kept:
        assert kept.read() == content


@pytest.mark.django_db
def test_a_file_is_read_once_and_again_when_it_is_replaced(django_assert_num_queries):
    file = make_file("ke-hoach.docx", full_docx())
    traces_of(file)
    again = PortalDocument.objects.get()
    with django_assert_num_queries(0):
        assert traces_of(again)
    again.file = ContentFile(docx(), name="ke-hoach.docx")
    again.save()
    assert traces_of(PortalDocument.objects.get()) == []


@pytest.mark.django_db
def test_a_file_that_cannot_be_looked_into_is_said_to_be_so():
    assert "không mở được" in traces_of(make_file("hong.docx", b"PK\x03\x04 broken"))[0]
    assert "không mở được" in traces_of(make_file("hong.pdf", b"%PDF-1.7 broken"))[0]
    assert "tệp .doc" in traces_of(make_file("cu.doc", b"\xd0\xcf\x11\xe0"))[0]
    assert traces_of(make_file("ghi-chu.txt", b"a")) == []


@pytest.mark.django_db
def test_entities_of_a_file_reach_nothing(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("zqbimat")
    core = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><a><creator>&x;</creator></a>'
    assert "zqbimat" not in str(traces_of(make_file("a.docx", docx(**{"docProps/core.xml": core}))))


@pytest.mark.django_db
def test_the_edit_pages_of_the_file_and_of_its_page_tell_it(client, tree):
    file = make_file("ke-hoach.docx", full_docx())
    page = tree.add_directive(attachments=[("attachment", {"document": file, "label": "", "note": ""})])
    assert traces_of_page(page)[0] == f"“Kế hoạch”: tệp còn ghi tên người soạn: {AUTHOR}."
    client.force_login(make_person("quantri", is_superuser=True))
    for address in (reverse("wagtaildocs:edit", args=[file.pk]), reverse("wagtailadmin_pages:edit", args=[page.pk])):
        html = client.get(address).content.decode()
        assert "Trước khi công bố, hãy xem lại" in html
        assert f"ệp còn ghi tên người soạn: {AUTHOR}." in html
    clean = make_file("sach.docx", docx())
    assert "Trước khi công bố" not in client.get(reverse("wagtaildocs:edit", args=[clean.pk])).content.decode()
