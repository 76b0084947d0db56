"""Parts of a document number, the form in which numbers are indexed and asked for."""

from __future__ import annotations

import re

from search.vietnamese.letters import clean, fold, plain_signs

_PART = re.compile(r"\d+|[a-z]+")
_KIND_LIST = (
    "luật|bộ luật|pháp lệnh|lệnh|nghị quyết|nghị định|quyết định|chỉ thị|thông tư|thông tư liên tịch"
    "|thông tri|thông báo|thông cáo|kết luận|quy định|quy chế|hướng dẫn|kế hoạch|chương trình|đề án|dự án"
    "|phương án|báo cáo|tờ trình|công văn|công điện|biên bản|giấy mời|văn bản|văn bản hợp nhất"
)
_KIND_WORDS = re.compile(rf"(?:(?:{fold(_KIND_LIST)}) )?(?:so ?:? ?)?")
_CODE_LIST = """
nq qd ct qc qyd tc tb hd ctr kh pa da bc bb ttr cd bgn btt guq gm ggt gnp pg pc pb sy trs sl nd tt ttlt
nqlt vbhn pl kl cv qh bs tw tu hu du cb dh vptw vptu cp ttg hdnd ubnd ubtvqh hdbt ctn vpcp vp stnmt snv
btnmt bnv btc btp tcqd hdtdkt snnmt snnptnt bnnmt bnnptnt ubkt ubkttw ubkttu mttq lddld tldld vpubnd
"""
#: Codes that stand in numbers, folded; a query made of them and of digits alone asks for a number.
CODES = frozenset(_CODE_LIST.split())
_MOST_WORDS, _LONGEST_NUMBER = 40, 5
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
# Digits tied by a sign to letters, or letters tied to digits: 1186/STNMT-VP, 15/2003qh11, 05-ct/tw.
_TIED = re.compile(
    r"\d{1,6}[a-z]? ?[/-] ?(?:\d{4} ?[/-]? ?)?[a-z][a-z0-9&.]{0,14}(?: ?[/-] ?[a-z][a-z0-9&.]{0,14}){0,4}"
)
_CODED = re.compile(r"[a-z0-9&/. -]+")


def number_parts(text: str) -> list[str]:
    """Parts in order: "05/2023/QĐ-UBND" -> ["5", "2023", "qd", "ubnd"].

    Shape: split where letters meet digits, folded, leading zeros stripped.
    """
    return [part.lstrip("0") or part[:1] for part in _PART.findall(fold(plain_signs(text)))]


def looks_like_number(query: str) -> bool:
    """True when a query asks for a number: "39 CT TW", "CT39", "15/2003qh11", "chỉ thị 05".

    False for words, years ("kế hoạch 2024"), dates ("05/03/2024") and fractions ("24/7").
    """
    plain = fold(plain_signs(clean(query)))
    if len(plain) > 60 or not any(letter.isdigit() for letter in plain):
        return False
    cue = _KIND_WORDS.match(plain)
    rest = plain[cue.end() :] if cue else plain
    if cue and cue.end() and rest.isdecimal():
        return not _BARE_YEAR.fullmatch(rest)
    return bool(_TIED.fullmatch(rest)) or _is_all_codes(rest)


def number_in(query: str) -> str:
    """The document number that stands among other words, e.g. "39 ct tw" of "39 ct tw thi đua"; "" when none does.

    A query of one bare number is one, unless it reads as a year: "1186" but not "2024".
    """
    words = clean(query).split(" ")[:_MOST_WORDS]
    if len(words) == 1 and words[0].isdecimal():
        return words[0] if 1 < len(words[0]) <= 6 and not _BARE_YEAR.fullmatch(words[0]) else ""
    for length in range(min(_LONGEST_NUMBER, len(words) - 1), 0, -1):
        for first in range(len(words) - length + 1):
            window = " ".join(words[first : first + length])
            plain = fold(plain_signs(window))
            if plain[:1].isdigit() and (_TIED.fullmatch(plain) or _is_all_codes(plain)):
                return window
    return ""


def _is_all_codes(text: str) -> bool:
    parts = _PART.findall(text) if _CODED.fullmatch(text) else []
    words = [part for part in parts if part.isalpha()]
    return 0 < len(words) < len(parts) and CODES.issuperset(words)
