"""Published photos hold the picture and nothing else, as kept and in every size; the eye sees the same."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from django.core.files.images import ImageFile
from PIL import Image, PngImagePlugin

from home.colour_profile import bare_profile
from home.models import PortalImage
from home.picture_bytes import Damaged, strip_jpeg, strip_picture
from home.pictures import clean_picture, is_bare
from home.uploads import Refused

TOKEN = "zqBiMatT"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    f"<rdf:Description>{TOKEN}</rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()
MOST_PIXELS = 25_000_000
RED, GREEN = (200, 20, 20), (20, 160, 20)


def colours(size=(120, 80)) -> Image.Image:
    """Red on the left, green on the right: after a turn one sees which way is up."""
    picture = Image.new("RGB", size, GREEN)
    picture.paste(RED, (0, 0, size[0] // 2, size[1]))
    return picture


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[0x010E] = data[0x010F] = data[0x013B] = TOKEN  # description, maker, artist
    data[0x0112] = orientation
    place = data.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (14.0, 21.0, 0.0), "E", (108.0, 0.0, 0.0)
    place[29] = TOKEN
    return data


def jpeg(orientation: int = 1, **options) -> bytes:
    """With Exif and GPS, XMP, IPTC, a comment, a thumbnail in JFIF, and a second picture behind the end."""
    buffer = io.BytesIO()
    colours().save(buffer, "JPEG", exif=exif(orientation), xmp=XMP, comment=TOKEN, quality=92, **options)
    data = buffer.getvalue()
    photoshop = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", 20) + TOKEN.encode().ljust(20)
    thumbnail = b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x02" + TOKEN.encode().ljust(12)
    extra = b"".join(
        bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content
        for marker, content in ((0xE0, thumbnail), (0xED, photoshop), (0xEB, TOKEN.encode()), (0xE0, b"JFXX\0" + XMP))
    )
    return data[:2] + extra + data[2:] + jpeg_behind()


def jpeg_behind() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "JPEG", comment=TOKEN)
    return buffer.getvalue()


def png(orientation: int = 1) -> bytes:
    buffer, texts = io.BytesIO(), PngImagePlugin.PngInfo()
    texts.add_text("Author", TOKEN)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    texts.add_text("Comment", TOKEN * 40, zip=True)
    colours().save(buffer, "PNG", pnginfo=texts, exif=exif(orientation))
    own = b"prVt" + TOKEN.encode()
    chunk = struct.pack(">I", len(TOKEN)) + own + struct.pack(">I", zlib.crc32(own))
    data = buffer.getvalue()
    return data[:33] + chunk + data[33:] + TOKEN.encode()


def webp(orientation: int = 1) -> bytes:
    buffer = io.BytesIO()
    colours().save(buffer, "WEBP", exif=exif(orientation), xmp=XMP, quality=95)
    data = buffer.getvalue()
    own = b"ZQZQ" + struct.pack("<I", len(TOKEN)) + TOKEN.encode()
    return data[:4] + struct.pack("<I", len(data) - 8 + len(own)) + data[8:] + own + TOKEN.encode()


def gif() -> bytes:
    buffer = io.BytesIO()
    frames = [colours().convert("P"), colours().rotate(180).convert("P")]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], loop=0, duration=80, comment=TOKEN)
    data = buffer.getvalue()
    magic = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    return data[:-1] + b"\x21\xff\x0bXMP DataXMP" + XMP + magic + b"\x3b" + TOKEN.encode()


def mpo() -> bytes:
    """A photo and its small copy in one file, as telephones keep them."""
    buffer = io.BytesIO()
    colours().save(buffer, "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))], exif=exif(), xmp=XMP)
    return buffer.getvalue()


PHOTOS = {
    "a.jpg": jpeg,
    "progressive.jpg": lambda: jpeg(progressive=True),
    "a.png": png,
    "a.webp": webp,
    "a.gif": gif,
    "two.jpg": mpo,
}


def holds_token(data: bytes) -> bool:
    """Packed texts of a PNG are looked into too."""
    seen = [data]
    place = data.find(b"zTXt")
    if place >= 0:
        seen.append(zlib.decompressobj().decompress(data[place + 4 + len("Comment") + 2 :]))
    return any(TOKEN.encode() in each for each in seen)


@pytest.mark.parametrize("name", PHOTOS)
def test_the_photos_of_this_test_do_hold_something(name):
    data = PHOTOS[name]()
    assert holds_token(data) and not is_bare(data)
    Image.open(io.BytesIO(data)).load()


@pytest.mark.parametrize("name", PHOTOS)
def test_nothing_but_the_picture_is_kept(name):
    before = PHOTOS[name]()
    after = clean_picture(name, before, MOST_PIXELS)
    assert TOKEN.encode() not in after and b"Exif" not in after and b"xmpmeta" not in after
    assert is_bare(after) and strip_picture(after) == after
    seen, was = Image.open(io.BytesIO(after)), Image.open(io.BytesIO(before))
    assert not seen.getexif() and seen.info.get("comment") is None and seen.info.get("xmp") is None
    assert seen.convert("RGB").tobytes() == was.convert("RGB").tobytes()
    assert getattr(seen, "n_frames", 1) == (2 if name == "a.gif" else 1)


@pytest.mark.parametrize(("name", "make"), [("a.jpg", jpeg), ("a.png", png), ("a.webp", webp)])
@pytest.mark.parametrize(("orientation", "left", "right"), [(3, GREEN, RED), (6, None, None), (8, None, None)])
def test_the_eye_sees_the_photo_upright(name, make, orientation, left, right):
    after = clean_picture(name, make(orientation), MOST_PIXELS)
    assert TOKEN.encode() not in after
    seen = Image.open(io.BytesIO(after)).convert("RGB")
    width, height = seen.size
    first, last = seen.getpixel((width // 8, height // 8)), seen.getpixel((width * 7 // 8, height * 7 // 8))
    wanted = {3: (GREEN, RED), 6: (RED, GREEN), 8: (GREEN, RED)}[orientation]
    assert (width, height) == ((120, 80) if orientation == 3 else (80, 120))
    assert all(abs(a - b) < 40 for a, b in zip(first + last, wanted[0] + wanted[1], strict=True))


def profile_with_words(name: str = "sRGB") -> bytes:
    """A profile whose name, as programs let people write it, tells something."""
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()
    here, there = "sRGB built-in".encode("utf-16-be"), f"{TOKEN}built".encode("utf-16-be")
    assert profile.count(here) == 1 and len(here) == len(there)
    return profile.replace(here, there)


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_the_profile_of_colours_stays_and_its_words_go(kind, name):
    from PIL import ImageCms

    profile, buffer = profile_with_words(), io.BytesIO()
    colours().save(buffer, kind, icc_profile=profile, exif=exif(), quality=95)
    after = clean_picture(name, buffer.getvalue(), MOST_PIXELS)
    kept = Image.open(io.BytesIO(after)).info["icc_profile"]
    assert TOKEN.encode("utf-16-be") not in kept and TOKEN.encode() not in after
    assert is_bare(after) and not is_bare(buffer.getvalue()) and bare_profile(kept) == kept
    lab = ImageCms.createProfile("LAB")
    seen = [
        ImageCms.profileToProfile(colours(), io.BytesIO(each), lab, outputMode="LAB").tobytes()
        for each in (profile, kept)
    ]
    assert seen[0] == seen[1]
    assert ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(kept))).strip() == "RGB"


def test_a_large_profile_in_pieces_stays_whole_and_a_damaged_one_goes():
    words = profile_with_words()
    curve = b"curv" + bytes(4) + struct.pack(">I", 60_000) + bytes(range(256)) * 469
    table = struct.pack(">I", 1) + struct.pack(">4sII", b"kTRC", 144, len(curve))
    large = words[:8] + b"\x02" + words[9:128] + table + curve
    assert len(large) > 100_000 and len(bare_profile(large)) > 100_000
    assert b"desc" in bare_profile(large) and bare_profile(bare_profile(large)) == bare_profile(large)
    for profile, is_kept in ((large, True), (words[:200], False), (b"x" * 300, False)):
        for kind, name in (("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")):
            buffer = io.BytesIO()
            colours().save(buffer, kind, icc_profile=profile)
            after = strip_picture(buffer.getvalue())
            seen = Image.open(io.BytesIO(after))
            seen.load()
            assert seen.info.get("icc_profile") == (bare_profile(large) if is_kept else None), name
            assert strip_picture(after) == after


@pytest.mark.django_db
@pytest.mark.parametrize("name", PHOTOS)
def test_whatever_way_a_photo_comes_in_its_published_files_are_bare(client, tree, name):
    """Not only through the forms: programs make pictures too."""
    picture = PortalImage.objects.create(title="Ảnh", file=ImageFile(io.BytesIO(PHOTOS[name]()), name=name))
    tree.add_story(photo=picture, photo_alt="Ảnh")
    assert (picture.width, picture.height) == (120, 80)
    specs = ("original", "width-60", "fill-40x40|format-webp", "width-50|format-jpeg", "width-50|format-png")
    for address in (picture.file.url, *(picture.get_rendition(spec).url for spec in specs)):
        data = b"".join(client.get(address).streaming_content)
        assert TOKEN.encode() not in data and b"Exif" not in data and is_bare(data), address


@pytest.mark.parametrize("cut", [3, 25, 60, 120])
@pytest.mark.parametrize("name", PHOTOS)
def test_a_cut_photo_gets_a_sentence(name, cut):
    with pytest.raises(Refused) as refusal:
        clean_picture(name, PHOTOS[name]()[:cut], MOST_PIXELS)
    assert str(refusal.value).startswith(("Ảnh “", "Tệp “"))


def test_bytes_that_turn_into_something_else_are_damaged():
    for data in (b"\xff\xd8\xff\xe1", b"\xff\xd8garbage", b"GIF89a" + b"\0" * 7 + b"\x99", b"\x89PNG\r\n\x1a\n\0\0"):
        with pytest.raises(Damaged):
            strip_picture(data)
    assert strip_picture(b"<svg/>") is None
    assert strip_jpeg(jpeg_behind()) != jpeg_behind()


def test_a_bomb_is_refused_before_it_is_opened_out():
    """121 million points in 15 KB: refused in a moment, in little memory."""
    buffer = io.BytesIO()
    Image.new("1", (11_000, 11_000)).save(buffer, "PNG", optimize=True)
    code = (
        "import sys,resource;from home.pictures import clean_picture;from home.uploads import Refused\n"
        "try: clean_picture('a.png', sys.stdin.buffer.read(), 25_000_000)\n"
        "except Refused as r: print('121 triệu' in str(r))\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=buffer.getvalue(), capture_output=True, check=True)
    was_refused, megabytes = done.stdout.split()
    assert was_refused == b"True" and int(megabytes) < 150


def test_the_largest_photo_stays_within_its_memory():
    """Counted in a process of its own, which has no other children."""
    buffer = io.BytesIO()
    Image.new("RGB", (6000, 4000), RED).save(buffer, "JPEG", exif=exif(6))
    code = (
        "import sys,resource;from home.pictures import clean_picture\n"
        "print(len(clean_picture('a.jpg', sys.stdin.buffer.read(), 25_000_000)))\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=buffer.getvalue(), capture_output=True, check=True)
    size, megabytes = map(int, done.stdout.split())
    assert size > 0 and 0 < megabytes < 400
