"""Names and titles printed in capitals, as they are written in a sentence."""

import re

from search.vietnamese.letters import canonical_tones, fold

_ORGAN_WORDS = (
    "Ủy ban nhân dân|Hội đồng nhân dân|Ủy ban Mặt trận Tổ quốc|Ủy ban kiểm tra|Ủy ban|Hội đồng|"
    "Ban Chấp hành|Ban Thường vụ|Ban Quản lý|Ban Chỉ đạo|Ban Tổ chức|Ban|Liên đoàn Lao động|"
    "Công đoàn|Đảng bộ|Đảng ủy|Chi bộ|Tỉnh ủy|Thành ủy|Văn phòng|Thanh tra|Tổng cục|Chi cục|Cục|Vụ|"
    "Sở|Bộ|Phòng|Trung tâm|Chi nhánh|Bệnh viện|Trường|Viện|Quỹ|Đoàn|Hội|Khoa|Trạm|Chính phủ|"
    "Quốc hội|Tòa án nhân dân|Viện kiểm sát nhân dân"
)
_ORGANS = {fold(word): word for word in _ORGAN_WORDS.split("|")}
_ORGAN = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _ORGANS), key=len, reverse=True)) + r")\b")
# Organs inside a longer name; "trường" or "hội" there are parts of other words ("môi trường").
_NESTED = re.compile(r"(?<=\s)(?:sở|công đoàn|ủy ban nhân dân|chi cục|trung tâm|văn phòng|đảng ủy|thanh tra)\b")
# By their marks: "quản lý", "xã hội", "phương pháp" name no place.
_AREA = re.compile(r"\b((?:tỉnh|huyện|quận)(?: ủy)?|thành phố|tp|thị xã|xã(?! hội)|phường|thị trấn|đặc khu)\b\.?\s*")
_AREA_END = re.compile(
    r"[,;.()“”]|(?<!\w)(?:giai doan|ve|va|trong|nhiem ky|theo|cho|tu|den|tai|o|cua|"
    r"khi|ngay|la|duoc|lan|khoa|thang|quy|voi)\b|$"
)
_YEAR_END = re.compile(r"(?<!\w)(?:năm\b|nam (?=(?:19|20)\d\d))")
_CONSONANTS = "BCDĐFGHJKLMNPQRSTVWXZ"
_ABBREVIATION = re.compile(
    rf"^(?:[^\W\d_]*&[^\W\d_]*|UBND|HĐND|UBMTTQ|UBKT|MTTQ|BCH|BTV|TW|HCM|VN|[IVX]{{2,}}|"
    rf"[{_CONSONANTS}]{{2,}})$"
)
_NUMBERED = re.compile(r"^\d+[A-ZĐ]?[/-](?:\d{4}/)?[A-ZĐ]+[-/][A-ZĐ&]")
_ALWAYS = "Việt Nam|Hồ Chí Minh|Đảng|Nhà nước|Quốc hội|Chính phủ|Thủ tướng Chính phủ|Bác Hồ|Trung ương|Công đoàn"
# Organ words that also begin common ones ("ban hành", "hội nghị", "bộ tiêu chí"): then no capital follows.
_COMMON_TOO = frozenset({"Ban", "Bộ", "Phòng", "Hội", "Đoàn", "Quỹ", "Vụ", "Viện", "Khoa", "Thanh tra"})
_COMMON_WORD = re.compile(r"Trường (?:hợp|học)(?!\w)|Văn phòng phẩm")
# One word in two syllables: the place that follows bears the capital.
_COMMITTEE = re.compile(r"\b(Tỉnh|Thành|Huyện|Quận|Thị|Đảng) Ủy\b")


def name_case(text: str, witness: str = "") -> str:
    """An organ's name as sentences write it: `"SỞ Y TẾ TỈNH GIA LAI"` → `"Sở Y tế tỉnh Gia Lai"`.

    `witness` is text of the same document: a spelling found there is preferred to the rule.
    """
    text = " ".join(text.split()).strip(" *.,;:-")
    seen = find_spelling(text, witness)
    if seen:
        return seen
    words = [word if _is_abbreviation(word) else word.lower() for word in text.split(" ")]
    lowered = " ".join(words)
    for name in ("Chính phủ", "Quốc hội"):
        lowered = re.sub(rf"(?<!\w){name.lower()}(?!\w)", name, lowered)
    return _COMMITTEE.sub(r"\1 ủy", _capitalise_areas(_capitalise_organs(lowered)))


def sentence_case(text: str, witness: str = "", names: tuple[str, ...] = ()) -> str:
    """A title printed in capitals, as a sentence: `"VỀ VIỆC TẶNG GIẤY KHEN"` → `"Về việc tặng …"`.

    Proper names are those given and those that the witness text writes with capitals.
    """
    text = " ".join(text.split())
    words = [_lowered(word) for word in text.split(" ")]
    lowered = _capitalise_areas(_organs_after_lower(" ".join(words)))
    for name in sorted({*_names_in(witness), *_ALWAYS.split("|"), *names}, key=len):
        lowered = re.sub(rf"(?<!\w){re.escape(name.lower())}(?!\w)", name, lowered, flags=re.IGNORECASE)
    lowered = re.sub(r"([“\"]\s*)(\w)", lambda m: m[1] + m[2].upper(), lowered)
    return lowered[:1].upper() + lowered[1:]


def _lowered(word: str) -> str:
    """A word in small letters, but an abbreviation and a number with its notation: "34/2014/QĐ-TTG", "37-CT/TW"."""
    if _NUMBERED.match(word):
        return word.replace("-TTG", "-TTg")
    return word if _is_abbreviation(word.strip('“”"(),.;:')) else word.lower()


def find_spelling(text: str, witness: str) -> str:
    """The same words as the witness writes them in lower case, or ""."""
    key = fold(text)
    at = 0
    folded = fold(witness)
    while key and (at := folded.find(key, at)) >= 0:
        found = witness[at : at + len(key)]
        if not found.isupper() and found[:1].isupper() and found.lower() == text.lower():
            return found
        at += 1
    return ""


def lower_first(text: str) -> str:
    """The text to go on a sentence with: `"Ban hành …"` → `"ban hành …"`, but `"Ban Quản lý …"`, `"UBND …"` stay."""
    first = text.split(" ")[0] if text else ""
    if len(first) > 1 and first[1:] == first[1:].lower() and not _begins_with_name(text):
        return text[0].lower() + text[1:]
    return text


def _begins_with_name(text: str) -> bool:
    if any(re.match(rf"{name}(?!\w)", text) for name in _ALWAYS.split("|")) and not text.startswith("Đảng viên"):
        return True
    match = re.match(rf"({_ORGAN_WORDS}) (?=(\S))", text)
    if match is None:
        return False
    return match[2].isupper() or not (match[1] in _COMMON_TOO or _COMMON_WORD.match(text))


def _is_abbreviation(word: str) -> bool:
    return bool(_ABBREVIATION.match(word.strip(".,")))


def _capitalise_organs(text: str) -> str:
    """Capitals for the organ word and for the first word of each part of its name."""
    match = _ORGAN.match(fold(text))
    if not match:
        first, blank, after = text.partition(" ")
        if _is_abbreviation(first) and _ORGAN.match(fold(after)):
            return f"{first}{blank}{_capitalise_organs(after)}"
        return text[:1].upper() + text[1:]
    organ, rest = _ORGANS[match[1]], text[match.end() :]
    nested = _NESTED.search(canonical_tones(rest))
    own, inner = (rest[: nested.start()], rest[nested.start() :]) if nested else (rest, "")
    own = re.sub(r"^(\s*)(\w)", lambda m: m[1] + m[2].upper(), own) if not _AREA.match(_marked(own.lstrip())) else own
    own = re.sub(r"((?:,| -| và)\s+)(?!và\b)(\w)", lambda m: m[1] + m[2].upper(), own)
    return organ + own + (_capitalise_organs(inner) if inner else "")


def _organs_after_lower(text: str) -> str:
    """Capitals for organs in the middle of a title: `"của sở y tế"` → `"của Sở y tế"`."""
    return re.sub(
        r"(?<=của )(sở|ủy ban|hội đồng|bộ|công đoàn|chủ tịch|phó chủ tịch|giám đốc|bộ trưởng)",
        lambda m: m[0].capitalize(),
        text,
    )


def _capitalise_areas(text: str) -> str:
    """Capitals for the place after "tỉnh", "xã": `"tỉnh quảng ngãi"` → `"tỉnh Quảng Ngãi"`."""
    folded = fold(text)
    for match in reversed(list(_AREA.finditer(_marked(text)))):
        # The year ends the name of a place, "năm 2024", and is no part of it, "tỉnh Quảng Nam".
        ends = (_AREA_END.search(folded, match.end()), _YEAR_END.search(text, match.end()))
        stop = min((end.start() for end in ends if end), default=len(text))
        place = text[match.end() : stop]
        if 1 <= len(place.split()) <= 4:
            text = text[: match.end()] + re.sub(r"(?<!\w)\w", lambda m: m[0].upper(), place) + text[stop:]
    return text


def _marked(text: str) -> str:
    """The text as the names of areas are looked for: one way of writing tones, the length kept."""
    return canonical_tones(text.lower())


def _names_in(witness: str) -> set[str]:
    """Phrases of two words or more that the witness writes with capitals inside a sentence."""
    names = set()
    for match in re.finditer(r"(?<=[a-zà-ỹđ,;] )[A-ZÀ-ỸĐ][^\W\d_]*(?: [A-ZÀ-ỸĐ][^\W\d_]*)+", witness[:200_000]):
        if not match[0].isupper():
            names.add(match[0])
    for match in re.finditer(
        r"\b(?:Sở|Bộ|Ban|Chi cục|Trung tâm) [A-ZÀ-ỸĐ][^\W\d_]*(?: [a-zà-ỹđ]+| "
        r"[A-ZÀ-ỸĐ][^\W\d_]*){0,2}?(?= và [A-ZÀ-ỸĐ]| tỉnh)",
        witness[:200_000],
    ):
        names.add(match[0])
    return names
