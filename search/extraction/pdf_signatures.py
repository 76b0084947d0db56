"""The digital signatures in a PDF: who signed, for whom, when, and whether the signed bytes are unchanged.

Whether the certificate is one that the State issued, and was valid that day, is not judged here: that needs the
lists of its issuers, which change daily.
"""

import ctypes
import hashlib
from collections.abc import Iterator, Sequence

import pypdfium2
from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import load_der_x509_certificate
from pypdfium2 import raw

from .pages import DigitalSignature

_MOST = 20
_LONGEST = 1_000_000
_HASHES = {"sha1": hashes.SHA1, "sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}


def read_signatures(data: bytes) -> tuple[DigitalSignature, ...]:
    """The signatures of a PDF in their order, as in `read_signatures(data)[0].signer`; call it under limits only."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ()
    found = []
    for contents, covered in _signature_objects(document, data):
        try:
            found.append(_signature(contents, covered))
        except (ValueError, TypeError, KeyError, UnsupportedAlgorithm):
            found.append(DigitalSignature("", "", "", None))
    return tuple(found)


def _signature_objects(document: pypdfium2.PdfDocument, data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """For each signature the message in it and the bytes of the file that it covers."""
    for index in range(min(_MOST, max(0, raw.FPDF_GetSignatureCount(document)))):
        thing = raw.FPDF_GetSignatureObject(document, index)
        length = raw.FPDFSignatureObj_GetContents(thing, None, 0)
        if not 0 < length <= _LONGEST:
            continue
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFSignatureObj_GetContents(thing, buffer, length)
        count = raw.FPDFSignatureObj_GetByteRange(thing, None, 0)
        ranges = (ctypes.c_int * min(count, 8))()
        raw.FPDFSignatureObj_GetByteRange(thing, ranges, len(ranges))
        pairs = zip(ranges[::2], ranges[1::2], strict=False)
        yield buffer.raw, b"".join(data[max(start, 0) : max(start, 0) + max(size, 0)] for start, size in pairs)


def _signature(contents: bytes, covered: bytes) -> DigitalSignature:
    signed = cms.ContentInfo.load(contents)["content"]
    info = signed["signer_infos"][0]
    attributes = {one["type"].native: one["values"] for one in info["signed_attrs"]}
    certificates = [one.chosen for one in signed["certificates"] if one.name == "certificate"]
    certificate = _own_certificate(info, certificates)
    names = certificate.subject.native if certificate else {}
    moment = attributes["signing_time"][0].native if "signing_time" in attributes else None
    return DigitalSignature(
        _text(names.get("common_name")),
        _text(names.get("organization_name")),
        moment.isoformat(timespec="seconds") if moment else "",
        _is_intact(info, attributes, certificate, covered),
    )


def _own_certificate(info: cms.SignerInfo, certificates: Sequence[x509.Certificate]) -> x509.Certificate | None:
    sid = info["sid"]
    for certificate in certificates:
        if sid.name == "issuer_and_serial_number":
            wanted = sid.chosen
            same_issuer = certificate.issuer.dump() == wanted["issuer"].dump()
            if same_issuer and certificate.serial_number == wanted["serial_number"].native:
                return certificate
        elif certificate.key_identifier == sid.chosen.native:
            return certificate
    return None


def _is_intact(info: cms.SignerInfo, attributes: dict, certificate: x509.Certificate | None, covered: bytes):
    name = info["digest_algorithm"]["algorithm"].native
    if certificate is None or name not in _HASHES or "message_digest" not in attributes:
        return None
    if hashlib.new(name, covered).digest() != attributes["message_digest"][0].native:
        return False
    key = load_der_x509_certificate(certificate.dump()).public_key()
    message, signature, digest = info["signed_attrs"].untag().dump(), info["signature"].native, _HASHES[name]()
    try:
        if isinstance(key, rsa.RSAPublicKey) and info["signature_algorithm"].signature_algo == "rsassa_pkcs1v15":
            key.verify(signature, message, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, message, ec.ECDSA(digest))
        else:
            return None
    except InvalidSignature:
        return False
    return True


def _text(value) -> str:
    """A name of a certificate, several as one."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
