"""Parts of a document number, the form in which numbers are indexed and asked for."""

from __future__ import annotations

import re
from functools import lru_cache

from search.vietnamese.dates import PartialDate, parse_date
from search.vietnamese.letters import clean, fold, plain_signs

_PART = re.compile(r"\d+|[a-z]+")
_KIND_LIST = (
    "luật|bộ luật|pháp lệnh|lệnh|nghị quyết|nghị định|quyết định|chỉ thị|thông tư|thông tư liên tịch"
    "|thông tri|thông báo|thông cáo|kết luận|quy định|quy chế|hướng dẫn|kế hoạch|chương trình|đề án|dự án"
    "|phương án|báo cáo|tờ trình|công văn|công điện|biên bản|giấy mời|văn bản|văn bản hợp nhất"
)
# Short names of kinds are such words where "số" follows: "QĐ số 302". CV and VB always are, 1186/STNMT-VP holds none.
_SHORT_KINDS = "nq|qd|ct|qc|tc|tb|hd|ctr|kh|pa|da|bc|bb|ttr|cd|gm|guq|nd|tt|ttlt|nqlt|kl|gp"
_KIND_WORDS = re.compile(rf"(?:(?:{fold(_KIND_LIST)}|cv|vb|(?:{_SHORT_KINDS})(?= so\b)) )?(?:so ?:? ?)?")
_CODE_LIST = """
nq qd ct qc qyd tc tb hd ctr kh pa da bc bb ttr cd bgn btt guq gm ggt gnp pg pc pb sy trs sl nd tt ttlt
nqlt vbhn pl kl cv qh bs tw tu hu du cb dh vptw vptu cp ttg hdnd ubnd ubtvqh hdbt ctn vpcp vp stnmt snv
btnmt bnv btc btp tcqd hdtdkt snnmt snnptnt bnnmt bnnptnt ubkt ubkttw ubkttu mttq lddld tldld vpubnd
btg btgtu btgtw btgdvtu btctu btctw bdv bdvtu bcd bcdtw bql bqlda tthc
sct stc sxd sgtvt syt sgddt skhcn stttt svhttdl skhdt sldtbxh stp bct bxd byt bgtvt bgddt bkhcn btttt bkhdt bvhttdl
bldtbxh bqp bca bng nhnn tandtc vksndtc ktnn ttcp vbqppl gp gpxd
"""
#: Codes that stand in numbers, folded; a query made of them and of digits alone asks for a number.
CODES = frozenset(_CODE_LIST.split())
_MOST_WORDS, _LONGEST_NUMBER, _LONGEST_DATED = 40, 5, 100
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
# Digits tied by a sign to letters, or letters tied to digits: 1186/STNMT-VP, 15/2003qh11, 05-ct/tw.
_TIED = re.compile(
    r"\d{1,6}[a-z]? ?[/-] ?(?:\d{4}(?: ?[/-] ?)?)?[a-z][a-z0-9&.]{0,14}(?: ?[/-] ?[a-z][a-z0-9&.]{0,14}){0,4}"
)
_CODED = re.compile(r"[a-z0-9&/. -]+")
# The first half of a number that holds its year: 30/2020/NĐ-CP. Up to twelve it may as well be a month, unless a
# kind that is numbered so, or "số", stands before it.
_OF_YEAR = re.compile(r"(?!(?:19|20)\d\d ?[/-])(\d{1,4}) ?[/-] ?(?:19|20)\d\d")
_NUMBERED_BY_YEAR = re.compile(
    r"(?:^| )(?:luat|phap lenh|nghi quyet|nghi dinh|quyet dinh|thong tu|lien tich|hop nhat|so|qd|nd|nq|tt|ttlt) ?:? ?$"
)
_MONTHS = 12
# Technical standards: QCVN 08-MT:2023/BTNMT, TCVN ISO 14001:2015.
_STANDARD = re.compile(r"(?:qcvn|qcdp|tcvn|tcxdvn)(?: [a-z]{2,5})? ?\d{1,5}(?: ?[-/:.] ?[a-z0-9]{1,10}){0,5}")
# Number and year typed without a sign between them: a register never reaches six digits.
_GLUED_YEAR = re.compile(r"(\d{2,5})((?:19[4-9]|20[0-4])\d)")
_LONGEST_GLUED = 16
# A date behind the number: "ngày 12/3/2024", "tháng 3 năm 2024", "năm 2024".
_DATE_BEHIND = re.compile(
    r"[ ,(]+(?:(?:ban hanh|ky|de) )?(?:(?:ngay )?\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:19|20)\d\d"
    r"|(?:ngay \d{1,2} )?thang \d{1,2}(?: nam |[/ -])(?:19|20)\d\d|nam (?:19|20)\d\d)\)?"
)

# The year alone, behind the letters of a number: "39-CT/TW 2004", "39/CT-TW/2004"; a standard bears its own.
_YEAR_BEHIND = re.compile(r"(?<=[a-z])[ /,(]+((?:19|20)\d\d)\)?")
_DIGITS = re.compile(r"\d+")
_DATE_WORDS = {fold(word): word for word in ("ngày", "tháng", "năm")}
_DATE_WORD = re.compile(rf"\b(?:{'|'.join(_DATE_WORDS)})\b")


def number_parts(text: str) -> list[str]:
    """Parts in order: "05/2023/QĐ-UBND" -> ["5", "2023", "qd", "ubnd"].

    Shape: split where letters meet digits and where nothing stands between two codes ("131daubnd" ->
    ["131", "da", "ubnd"]), folded, leading zeros stripped.
    """
    parts = (piece for part in _PART.findall(fold(plain_signs(text))) for piece in unglued(part))
    return [part.lstrip("0") or part[:1] for part in parts]


@lru_cache(maxsize=4_096)
def unglued(part: str) -> tuple[str, ...]:
    """The codes, or the number and the year, of which a part is made up: "qdubnd" -> ("qd", "ubnd").

    Shape: as few codes as cover it wholly; what is no such part stays one, "stnmt" and "12019" too.
    """
    if part.isdigit():
        year = _GLUED_YEAR.fullmatch(part)
        return year.groups() if year and len(part) > 5 else (part,)
    if part in CODES or len(part) > _LONGEST_GLUED:
        return (part,)
    ways: list[tuple[str, ...]] = [()]
    for end in range(1, len(part) + 1):
        found = [(*ways[start], part[start:end]) for start in range(end) if _continues(ways, start, part[start:end])]
        ways.append(min(found, key=len, default=()))
    return ways[-1] or (part,)


def _continues(ways: list[tuple[str, ...]], start: int, code: str) -> bool:
    return code in CODES and (start == 0 or bool(ways[start]))


def dated_number(query: str) -> tuple[str, PartialDate | None]:
    """The number a query asks for and the date behind it: "131 QĐ-UBND ngày 5/6/2024" -> "131 QĐ-UBND", 05/06/2024.

    A year needs no word before it where letters stand there: "39-CT/TW 2004" -> "39-CT/TW", 2004.

    Shape: the whole query and None where no date stands behind a number.
    """
    text = clean(query)
    if len(text) > _LONGEST_DATED:
        return query, None
    plain = fold(plain_signs(text))
    for behind in _DATE_BEHIND.finditer(plain):
        if behind.end() == len(text) and _asks_number(text[: behind.start()]):
            return text[: behind.start()], parse_date(_DATE_WORD.sub(_with_accents, behind[0]))
    for year in _YEAR_BEHIND.finditer(plain):
        number = text[: year.start()]
        if year.end() == len(text) and _asks_number(number) and not _STANDARD.fullmatch(plain[: year.start()]):
            return number, PartialDate(int(year[1]))
    return query, None


def date_asked(query: str) -> PartialDate | None:
    """The date that a query is, and nothing besides: "20/11/2024", "thang 11 nam 2024".

    Shape: None for any other query, and for a day or a month that no calendar has.
    """
    text = clean(query)
    plain = fold(plain_signs(text)) if len(text) <= _LONGEST_DATED else ""
    date = parse_date(_DATE_WORD.sub(_with_accents, plain)) if _DATE_BEHIND.fullmatch(f" {plain}") else None
    known = [part for part in (date.year, date.month, date.day) if part] if date else []
    return date if len(known) == len(_DIGITS.findall(plain)) else None


def _with_accents(word: re.Match[str]) -> str:
    return _DATE_WORDS[word[0]]


def looks_like_number(query: str) -> bool:
    """True when a query asks for a number: "39 CT TW", "CT39", "15/2003qh11", "chỉ thị 05", "nghị định 30/2020".

    False for words, years ("kế hoạch 2024"), months ("báo cáo 6/2024"), dates ("05/03/2024") and fractions ("24/7").
    """
    return _asks_number(dated_number(query)[0])


def _asks_number(query: str) -> bool:
    plain = fold(plain_signs(clean(query)))
    if len(plain) > 60 or not any(letter.isdigit() for letter in plain):
        return False
    cue = _KIND_WORDS.match(plain)
    rest = plain[cue.end() :] if cue else plain
    if cue and cue.end() and rest.isdecimal():
        return not _BARE_YEAR.fullmatch(rest)
    if _is_of_year(rest, plain[: len(plain) - len(rest)]):
        return True
    return bool(_TIED.fullmatch(rest) or _STANDARD.fullmatch(plain)) or _is_all_codes(rest)


def _is_of_year(text: str, before: str) -> bool:
    """Whether "30/2020" is a number and no month; `before` is what stands in front of it."""
    if found := _OF_YEAR.fullmatch(text):
        return int(found[1]) > _MONTHS or bool(_NUMBERED_BY_YEAR.search(before))
    return False


def without_kind(query: str) -> str:
    """The number a query asks for without the name of its kind: "công văn số 11" -> "11"; other queries as they are."""
    text = clean(query)
    cue = _KIND_WORDS.match(fold(plain_signs(text)))
    return text[cue.end() :] if cue and cue.end() and _asks_number(text) else query


def number_in(query: str) -> str:
    """The document number that stands among other words, e.g. "39 ct tw" of "39 ct tw thi đua"; "" when none does.

    A query of one bare number is one, unless it reads as a year: "1186" and "06/2022" but not "2024".
    """
    words = clean(query).split(" ")[:_MOST_WORDS]
    if len(words) == 1:
        return words[0] if _is_bare_number(words[0]) else ""
    for length in range(min(_LONGEST_NUMBER, len(words) - 1), 0, -1):
        for first in range(len(words) - length + 1):
            window = " ".join(words[first : first + length])
            if _is_number(fold(plain_signs(window)), fold(" ".join(words[:first]))):
                return window
    return ""


def _is_bare_number(word: str) -> bool:
    if word.isdecimal():
        return 1 < len(word) <= 6 and not _BARE_YEAR.fullmatch(word)
    return bool(_OF_YEAR.fullmatch(word))


def _is_number(text: str, before: str) -> bool:
    """Whether some words among others are a number, opened by digits: "39 ct tw", "102/2024"."""
    if not text[:1].isdigit():
        return False
    return bool(_TIED.fullmatch(text)) or _is_all_codes(text) or _is_of_year(text, before)


def _is_all_codes(text: str) -> bool:
    parts = number_parts(text) if _CODED.fullmatch(text) else []
    words = [part for part in parts if part.isalpha()]
    return 0 < len(words) < len(parts) and CODES.issuperset(words)
