"""Digital signatures of PDFs: who, when, and whether the bytes are as they were signed."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from directives.intake.job import read_data
from search.extraction.pdf_signatures import read_signatures

ROOM = 8000
PARTS = """%%PDF-1.7
1 0 obj
<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /SigFlags 3 >> >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [5 0 R] /Contents 4 0 R
   /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>
endobj
4 0 obj
<< /Length 39 >>
stream
BT /F 12 Tf 72 720 Td (Noi dung) Tj ET \nendstream
endobj
5 0 obj
<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky) /Rect [0 0 0 0] /P 3 0 R /V 6 0 R >>
endobj
6 0 obj
<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached
   /ByteRange [0 %s %s %s] /Contents <%s> >>
endobj
trailer
<< /Root 1 0 R /Size 7 >>
%%%%EOF
"""


def signed(key, name="Nguyễn Văn Lộc") -> bytes:
    """A PDF that this key signed, as an office's signing program writes it."""
    blank = PARTS % ("0" * 8, "0" * 8, "0" * 8, "0" * ROOM)
    start = blank.index("/Contents <0") + len("/Contents ")
    end = start + ROOM + 2
    text = PARTS % (f"{start:08}", f"{end:08}", f"{len(blank) - end:08}", "0" * ROOM)
    covered = (text[:start] + text[end:]).encode()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(covered).add_signer(certificate(key, name), key, SHA256())
    message = builder.sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])
    return (text[: start + 1] + message.hex().ljust(ROOM, "0") + text[end - 1 :]).encode()


def certificate(key, name):
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Sở Y tế tỉnh Kon Tum"),
        ]
    )
    now = datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    built = built.serial_number(7).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    return built.sign(key, SHA256())


@pytest.fixture(scope="module", params=["rsa", "ec"])
def document(request) -> bytes:
    key = rsa.generate_private_key(65537, 2048) if request.param == "rsa" else ec.generate_private_key(ec.SECP256R1())
    return signed(key)


def test_a_signature_tells_who_signed_for_whom_and_when(document):
    (one,) = read_signatures(document)
    assert (one.signer, one.organisation, one.is_intact) == ("Nguyễn Văn Lộc", "Sở Y tế tỉnh Kon Tum", True)
    assert datetime.now(UTC) - datetime.fromisoformat(one.time) < timedelta(hours=1)


def test_a_byte_that_was_changed_breaks_it(document):
    (one,) = read_signatures(document.replace(b"(Noi dung)", b"(Noi dong)"))
    assert one.is_intact is False


def test_another_time_under_the_same_signature_breaks_it(document):
    (one,) = read_signatures(document)
    stamp = datetime.fromisoformat(one.time).strftime("%y%m%d%H%M%SZ").encode().hex().encode()
    assert document.count(stamp) == 1
    year = f"{(int(stamp[:4:][1::2].decode()) + 0) % 100:02}".encode()  # the two digits of the year
    other = b"3" + stamp[1:2] + b"3" + str((int(year) + 1) % 10).encode() + stamp[4:]
    (changed,) = read_signatures(document.replace(stamp, other))
    assert changed.is_intact is False


def test_a_message_that_is_none_is_no_crash(document):
    start = document.index(b"/Contents <3") + len(b"/Contents <")
    (one,) = read_signatures(document[:start] + b"41" * 40 + document[start + 80 :])
    assert (one.signer, one.is_intact) == ("", None)
    assert read_signatures(b"%PDF-1.7 rac") == ()


def test_a_signature_only_suggests_what_the_text_does_not_tell(document):
    reading = read_data(document, "a.pdf")
    assert [one.is_intact for one in reading.signatures] == [True]
    for name, value in (("signer", "Nguyễn Văn Lộc"), ("agency", "Sở Y tế tỉnh Kon Tum")):
        fact = reading.facts[name]
        assert (fact.value, fact.source, fact.sure) == (value, "signature", False)
    assert reading.facts["issued_on"].value == reading.signatures[0].time[:10]
    broken = read_data(document.replace(b"(Noi dung)", b"(Noi dong)"), "a.pdf")
    assert "không khớp với nội dung" in " ".join(broken.warnings)
