"""Slips of the pen to show the editor. Nothing here ever changes the text of a signed document."""

import re

# Syllables that Vietnamese rightly repeats: "luôn luôn", "5 năm năm nay", "người người".
_REPEATED = (
    "luôn dần mãi thường ngày đời nhà người ngành từ song đều xa rất năm lâu hằng hàng khăng đùng "
    "ào ầm lần lượt chằm nơi ai gì đâu nào kịp vừa hay cao to tầng lớp điều việc ba hai bốn tám "
    "chín riêng thật sâu chung đông xanh trắng vàng hồng tím nhanh chầm từng muôn đêm sáng chiều "
    "tối trùng san đầy"
)
# Two compounds may meet in the same syllable: "hành vi | vi phạm", "phát triển | triển khai".
_NEXT_COMPOUND = {
    "vi": "phạm",
    "triển": "khai vọng lãm",
    "hiện": "đại trạng nay hành có vật tượng",
    "định": "kỳ hướng mức",
    "vị": "trí thế",
    "biểu": "dương quyết diễn hiện mẫu",
    "phương": "án pháp hướng thức tiện châm",
    "chức": "năng danh vụ trách",
    "bộ": "máy phận",
    "dân": "chủ vận tộc sinh cư số",
    "tra": "cứu",
    "tác": "động phong",
    "công": "tác khai bố chức an nghiệp dân đoàn việc trình nghệ tâm",
    "chính": "sách quyền trị quy xác",
    "học": "sinh tập viên hỏi kỳ",
    "sinh": "viên hoạt sống",
    "viên": "chức",
    "sự": "nghiệp kiện việc cố",
    "động": "viên lực",
    "thể": "hiện thao lệ",
    "quan": "tâm trọng trắc hệ điểm",
    "thông": "tin báo qua suốt",
    "tin": "học tức tưởng cậy",
    "hợp": "đồng tác lý nhất",
    "lập": "thành kế hồ",
    "trình": "độ bày",
    "thi": "đua hành công",
    "đạo": "đức",
    "quyền": "lợi hạn",
    "sản": "xuất phẩm",
    "dụng": "cụ",
    "chủ": "trương động",
    "lý": "luận lịch do",
    "trị": "giá an",
    "hành": "chính động vi nghề",
    "nhiệm": "vụ kỳ",
    "trường": "hợp học",
    "tế": "bào",
    "đồng": "bộ chí thời bào ý",
    "vụ": "việc",
}
_DOUBLED = re.compile(r"(?<![^\W_])([^\W\d_]{2,})([ \t]+)\1(?![^\W_])(?:\s+([^\W\d_]+))?", re.IGNORECASE)
_MISSPELT = {
    "Chỉ tịch": "Chủ tịch",
    "chỉ tịch": "chủ tịch",
    "Chủ tich": "Chủ tịch",
    "nghành": "ngành",
    "Nghành": "Ngành",
    "sát nhập": "sáp nhập",
    "tham nhủng": "tham nhũng",
    "thủ tực": "thủ tục",
    "Đọc lập": "Độc lập",
    "hổ trợ": "hỗ trợ",
    "bổ xung": "bổ sung",
    "xử dụng": "sử dụng",
    "xuất xắc": "xuất sắc",
    "xúc tích": "súc tích",
    "sáng lạng": "xán lạn",
    "dành độc lập": "giành độc lập",
    "năng xuất": "năng suất",
    "chuẩn đoán": "chẩn đoán",
    "trao dồi": "trau dồi",
    "đường xá": "đường sá",
    "Uỷ ban nhân nhân": "Ủy ban nhân dân",
    "Ủy ban nhân nhân": "Ủy ban nhân dân",
}
_FULL_NAME = re.compile(
    r"\b(?:Sở|Bộ|Phòng) [A-ZĐÀ-Ỹ][^\W\d_]*(?:,? [^\W\d_]+){0,4}? và [A-ZĐÀ-Ỹ][^\W\d_]*(?: "
    r"(?!tỉnh|và|phát|tổ|của|cùng|ban)[a-zà-ỹđ]+)?"
)
_FIVE_YEARS = re.compile(
    r"(?:kế hoạch|Kế hoạch)[^.;()\n]{0,40}\b(?:5|05|năm) năm\s*\(?\s*((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)"
)


def find_suggestions(text: str, citations: list[dict] | None = None) -> list[dict]:
    """Slips with their place in the text: `[{"quote": "Chỉ tịch", "proposal": "Chủ tịch", …}]`.

    Shape: `start` and `end` count characters of the text given; `proposal` is "" when only a person
    can tell what was meant.
    """
    found = [*_doubled_words(text), *_misspellings(text), *_short_organs(text), *_long_periods(text)]
    found += _bare_citations(text, citations or [])
    return sorted(found, key=lambda item: (item["start"], item["end"]))


def _doubled_words(text: str):
    for match in _DOUBLED.finditer(text):
        word, follows = match[1].lower(), (match[3] or "").lower()
        if word in _REPEATED.split() or follows in _NEXT_COMPOUND.get(word, "").split():
            continue
        quote = text[match.start() : match.end(2) + len(match[1])]
        if quote.split()[0] == quote.split()[1]:
            yield _item(match.start(), quote, "Lặp từ", match[1])


def _misspellings(text: str):
    for wrong, right in _MISSPELT.items():
        for match in re.finditer(rf"(?<!\w){re.escape(wrong)}(?!\w)", text):
            yield _item(match.start(), wrong, "Có thể sai chính tả", right)


def _short_organs(text: str):
    """Names that lack the "và" which the same name has elsewhere in the document."""
    full = {match[0] for match in re.finditer(_FULL_NAME, text)}
    for name in full:
        short = name.replace(" và ", " ")
        for match in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", text):
            yield _item(match.start(), short, "Tên cơ quan viết khác chỗ khác trong văn bản", name)


def _long_periods(text: str):
    """A plan of five years that names six."""
    for match in _FIVE_YEARS.finditer(text):
        first, last = int(match[1]), int(match[2])
        if last - first == 5:
            start = match.start(1)
            quote = text[start : match.end(2)]
            proposal = quote.replace(match[1], str(first + 1), 1)
            yield _item(start, quote, "Kế hoạch 5 năm nhưng khoảng thời gian là 6 năm", proposal)


def _bare_citations(text: str, citations: list[dict]):
    """First mention of a numbered document without date or abstract (Nghị định 30, phụ lục I)."""
    seen: set[str] = set()
    for citation in citations:
        if citation["kind"] != "so_hieu" or not citation["notation"]:
            continue
        key = f"{citation['number']}{citation['separator']}{citation['notation']}"
        if key not in seen and not citation["issued_on"] and not citation["abstract"]:
            at = text.find(citation["text"])
            if at >= 0:
                reason = "Viện dẫn lần đầu thiếu ngày ban hành và trích yếu"
                yield _item(at, citation["text"], reason, "")
        seen.add(key)


def _item(start: int, quote: str, reason: str, proposal: str) -> dict:
    return {"start": start, "end": start + len(quote), "quote": quote, "reason": reason, "proposal": proposal}
