"""What a task is about, by the words officials use for it."""

import re

from search.vietnamese.letters import fold

# Label, then the folded words that stand for it; the label as it may head a task.
_TOPICS = (
    (
        "Chính sách, pháp luật",
        r"chinh sach,? phap luat|van ban quy pham phap luat|the che|hoan thien phap luat",
    ),
    ("Thanh tra, kiểm tra", r"thanh tra,? kiem tra|cong tac thanh tra|kiem tra,? giam sat"),
    ("Tiếp công dân, khiếu nại, tố cáo", r"tiep cong dan|khieu nai"),
    ("Cải cách hành chính", r"cai cach hanh chinh|kiem soat thu tuc hanh chinh|cai cach tthc"),
    ("Thủ tục hành chính", r"thu tuc hanh chinh|\btthc\b"),
    ("Dịch vụ công trực tuyến", r"dich vu cong"),
    ("Chuyển đổi số", r"chuyen doi so|ung dung cong nghe thong tin|de an 06"),
    (
        "Đào tạo nguồn nhân lực",
        r"dao tao nguon nhan luc|dao tao,? boi duong|nguon nhan luc|trinh do chuyen mon",
    ),
    ("Tổ chức bộ máy", r"to chuc bo may|sap xep,? tinh gon|tinh gon"),
    ("Kỷ luật, kỷ cương", r"ky luat,? ky cuong|ky cuong hanh chinh|dao duc cong vu|van hoa cong so"),
    ("Phòng, chống tham nhũng", r"phong,? chong tham nhung|tham nhung"),
    ("Tiết kiệm, chống lãng phí", r"thuc hanh tiet kiem|lang phi"),
    ("Công tác thi đua, khen thưởng", r"thi dua,? khen thuong|cong tac khen thuong"),
    (
        "Phong trào thi đua yêu nước",
        r"phong trao thi dua yeu nuoc|phong trao thi dua do|cac phong trao thi dua",
    ),
    ("Học tập và làm theo Bác", r"hoc tap va lam theo"),
    ("Xây dựng Đảng", r"xay dung dang|chinh don dang|nghi quyet trung uong|to chuc dang"),
    ("Xây dựng nông thôn mới", r"nong thon moi"),
    ("Quản lý đất đai", r"\bdat dai\b|quyen su dung dat"),
    ("Bảo vệ môi trường", r"bao ve moi truong|o nhiem moi truong|chat thai"),
    ("Tài nguyên nước", r"tai nguyen nuoc"),
    ("Khoáng sản", r"khoang san"),
    ("Biến đổi khí hậu", r"bien doi khi hau|khi tuong thuy van|phong,? chong thien tai"),
    ("Khám bệnh, chữa bệnh", r"kham,? chua benh|kham benh,? chua benh|chat luong benh vien"),
    ("Phòng, chống dịch bệnh", r"phong,? chong dich|dich benh|y te du phong"),
    ("Bảo hiểm y tế", r"bao hiem y te"),
    ("An toàn thực phẩm", r"an toan thuc pham"),
    ("Dân số", r"\bdan so\b"),
    ("Dạy và học", r"day va hoc|day hoc|chat luong giao duc|doi moi phuong phap day"),
    ("Xây dựng trường chuẩn quốc gia", r"truong chuan quoc gia|dat chuan quoc gia"),
    ("Giảm nghèo, an sinh xã hội", r"giam ngheo|an sinh xa hoi|vi nguoi ngheo"),
    ("Giải ngân đầu tư công", r"dau tu cong|giai ngan"),
    ("Sáng kiến, cải tiến kỹ thuật", r"sang kien|cai tien ky thuat"),
    ("Nghiên cứu khoa học", r"nghien cuu khoa hoc|de tai khoa hoc"),
    ("Quy tắc ứng xử", r"quy tac ung xu|\by duc\b|van hoa ung xu"),
    ("An toàn lao động", r"an toan,? (?:ve sinh )?lao dong"),
    ("Nhân rộng điển hình tiên tiến", r"dien hinh tien tien|nguoi tot,? viec tot"),
    ("Hoạt động công đoàn", r"hoat dong cong doan|cong doan vung manh"),
    ("Văn hóa, thể thao", r"van hoa,? van nghe|the duc,? the thao"),
    ("An ninh, trật tự", r"an ninh,? trat tu|an ninh chinh tri|trat tu an toan"),
    ("Thu ngân sách", r"thu ngan sach|ngan sach nha nuoc"),
    ("An toàn giao thông", r"an toan giao thong"),
    ("Nhà ở xã hội", r"nha o xa hoi"),
    ("Xóa nhà tạm, nhà dột nát", r"nha tam"),
    ("Quy hoạch", r"quy hoach"),
)
_PATTERNS = [(label, re.compile(words)) for label, words in _TOPICS]
_OPENING = re.compile(
    r"^(?:thi dua|tiep tuc|tich cuc|chu dong|day manh|tang cuong|doi moi|nang cao|thuc "
    r"hien tot|thuc hien|trien khai|"
    r"to chuc tot|to chuc|lam tot|chu trong|quan tam|tap trung|phan dau|hoan thanh tot|"
    r"hoan thanh|dam bao|bao dam|"
    r"phat trien|chat luong|hieu qua|hieu luc|cong tac|xay dung|nghiem tuc|nghiem|co hieu qua|cac|va|,|\s)+"
)
_WORDS = (2, 5)
_TITLE_WORDS = 8
_SHORT_LENGTH = 70


def topics_in(text: str) -> list[str]:
    """The topics of a task in the order of the text: `["Cải cách hành chính", "Dịch vụ công …"]`."""
    key = fold(text)
    found = [(match.start(), label) for label, words in _PATTERNS if (match := words.search(key))]
    return [label for _, label in sorted(found)]


def heading_for(text: str) -> str:
    """A heading of two to five words for a task, "" when the text gives no sure one.

    A title before a colon or the short task itself comes first, then the first topic named in the
    opening clause.
    """
    title = re.match(r"^([^.;:“”]{4,60}):\s", text)
    if title and _WORDS[0] <= len(title[1].split()) <= _TITLE_WORDS:
        words = re.sub(r"^(?:Thi đua|thi đua)\s+", "", title[1]).strip()
        return words[:1].upper() + words[1:]
    whole = re.match(r"^([^.;:,“”]{4,40})[.;]?$", text)
    if whole and _WORDS[0] <= len(whole[1].split()) <= _WORDS[1]:
        return whole[1][:1].upper() + whole[1][1:]
    topics = topics_in(re.split(r"[.;]\s", text)[0])
    if topics:
        return topics[0]
    return _plain_heading(text)


def short_name(text: str) -> str:
    """The first clause of an item in its own words: `"Hạ tầng số: mở rộng …"` → `"Hạ tầng số"`.

    A long clause ends at its last comma when that keeps half of it, else at a word with "…".
    """
    clause = " ".join(re.split(r"[.;:](?:\s|$)", text)[0].split()).strip(" ,.;:")
    if len(clause) <= _SHORT_LENGTH:
        return clause
    cut = clause[:_SHORT_LENGTH]
    at_comma = cut.rpartition(", ")[0]
    if len(at_comma) >= _SHORT_LENGTH // 2:
        return at_comma
    return f"{cut[:-1].rpartition(' ')[0]}…"


def _plain_heading(text: str) -> str:
    """The noun phrase after the verbs of the opening, when it is short enough to be one."""
    start = _OPENING.match(fold(text))
    rest = text[start.end() if start else 0 :]
    phrase = re.split(r"[,.;:“”(]|\s(?:và|theo|trong|nhằm|để|cho|của|với|về|gắn)\s", rest)[0].strip()
    if not start or not _WORDS[0] <= len(phrase.split()) <= _WORDS[1]:
        return ""
    return phrase[:1].upper() + phrase[1:]
