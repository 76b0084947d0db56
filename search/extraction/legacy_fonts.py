"""Text typed in the fonts of the 1990s (TCVN3 `.VnTime`, VNI `VNI-Times`), as Unicode.

These fonts draw Vietnamese letters over Latin-1 codes, so a run means nothing without its font.
Source: TCVN 5712:1993 (table 3) and the VNI-Windows code table.
"""

import re
import unicodedata
from bisect import bisect_right

_TCVN3_TABLE = (
    "à µ á ¸ ả ¶ ã · ạ ¹ ă ¨ ằ » ắ ¾ ẳ ¼ ẵ ½ ặ Æ â © ầ Ç ấ Ê ẩ È ẫ É ậ Ë đ ® è Ì é Ð ẻ Î ẽ Ï ẹ Ñ ê "
    "ª ề Ò ế Õ ể Ó ễ Ô ệ Ö ì × í Ý ỉ Ø ĩ Ü ị Þ ò ß ó ã ỏ á õ â ọ ä ô « ồ å ố è ổ æ ỗ ç ộ é ơ ¬ ờ ê "
    "ớ í ở ë ỡ ì ợ î ù ï ú ó ủ ñ ũ ò ụ ô ư \xad ừ õ ứ ø ử ö ữ ÷ ự ù ỳ ú ý ý ỷ û ỹ ü ỵ þ Ă ¡ Â ¢ Ê £ Ô "
    "¤ Ơ ¥ Ư ¦ Đ §"
)


def _codes(table: str) -> dict[str, str]:
    """Code to letter, from a table of letters each followed by its code."""
    words = table.split(" ")
    return dict(zip(words[1::2], words[0::2], strict=True))


_FROM_TCVN3 = _codes(_TCVN3_TABLE)

_VNI_MARKS = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_TABLE = (
    "ă aê ằ aè ắ aé ẳ aú ẵ aü ặ aë â aâ ầ aà ấ aá ẩ aå ẫ aã ậ aä đ ñ ê eâ ề eà ế eá ể eå ễ eã ệ eä "
    "ì ì í í ỉ æ ĩ ó ị ò ô oâ ồ oà ố oá ổ oå ỗ oã ộ oä ơ ô ờ ôø ớ ôù ở ôû ỡ ôõ ợ ôï ư ö ừ öø ứ öù ử "
    "öû ữ öõ ự öï ỵ î"
)


def _vni_codes() -> dict[str, str]:
    codes = _codes(_VNI_TABLE)
    for vowel in "aeouy":
        for tone, mark in _VNI_MARKS.items():
            codes.setdefault(vowel + mark, unicodedata.normalize("NFC", vowel + tone))
    codes |= {code.upper(): letter.upper() for code, letter in codes.items()}
    # Typists also leave the mark in lower case after a capital letter.
    mixed = {code[0].upper() + code[1:]: letter.upper() for code, letter in codes.items()}
    return mixed | codes


_FROM_VNI = _vni_codes()
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, _FROM_VNI), key=len, reverse=True)))
# Letters that Latin-1 lacks: text holding one of them is Unicode already, whatever the font says.
UNICODE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
# The tag that a PDF puts before the name of a part of a font, and the styles put behind it.
_FONT_TAG = re.compile(r"^[A-Z]{6}\+")
_FONT_STYLE = re.compile(r"[,\-](?:bold|italic|oblique|regular|mt)+$", re.IGNORECASE)
_MINUS_FOR_HYPHEN = re.compile(r"(?<=[^\W\d_])\u2212|\u2212(?=[^\W\d_])")


def encoding_of_font(font: str) -> str:
    """The code table a font draws: `".VnTimeH"` → `"tcvn3-capitals"`, `"Arial"` → `""`."""
    name = _FONT_STYLE.sub("", _FONT_TAG.sub("", font.strip("\"' "))).casefold()
    if name.startswith(".vn"):
        return "tcvn3-capitals" if name.endswith("h") else "tcvn3"
    return "vni" if name.startswith("vni") else ""


def convert_pieces(pieces: list[str], encoding: str) -> list[str]:
    """The neighbouring pieces in Unicode, as in `convert_pieces(["Së"], "tcvn3") == ["Sở"]`.

    Shape: as many pieces as given; a letter split over two pieces goes to the first.
    """
    text = "".join(pieces)
    if not encoding or UNICODE_ONLY.search(text):
        return list(pieces)
    letters = _vni_letters(text) if encoding == "vni" else _tcvn3_letters(text, encoding)
    ends, total = [], 0
    for piece in pieces:
        total += len(piece)
        ends.append(total)
    converted = ["" for _ in pieces]
    for start, letter in letters:
        converted[bisect_right(ends, start)] += letter
    return converted


def _vni_letters(text: str) -> list[tuple[int, str]]:
    letters, at = [], 0
    while at < len(text):
        match = _VNI_CODE.match(text, at)
        if match:
            letters.append((at, _FROM_VNI[match.group()]))
            at = match.end()
        else:
            letters.append((at, text[at]))
            at += 1
    return letters


def _tcvn3_letters(text: str, encoding: str) -> list[tuple[int, str]]:
    text = _MINUS_FOR_HYPHEN.sub("\xad", text)
    plain = "".join(_FROM_TCVN3.get(letter, letter) for letter in text)
    # The table has no capital toned letters: they exist only as the glyphs of the ".Vn…H" fonts.
    plain = plain.upper() if encoding == "tcvn3-capitals" else plain
    return list(enumerate(plain))
