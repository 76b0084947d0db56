"""Anniversaries that a campaign call greets: "70 năm Ngày Chiến thắng Điện Biên Phủ"."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from search.vietnamese.letters import fold

_DAY_NAMES = (
    r"quoc khanh|quoc te|thanh lap|truyen thong|giai phong|chien thang|sinh|hoi|thuong "
    r"binh|thay thuoc|nha giao|"
    r"bao chi|moi truong|phu nu|phap luat|chuyen doi so|nuoc|khi tuong|dat|cach mang|dan "
    r"so|khoa hoc|gia dinh|"
    r"doanh nhan|the gioi|dai hoi|bac ho|khuyen hoc|sach|trai dat|dai duong|da dang|toan quoc|mat tran|"
    r"sang lap|tiep quan|ky ket|bau cu|lam nghiep|thuy san|di san|the thao|du lich|lao dong|tai che"
)
_VERB = "(?:(?:ky niem|chao mung|chao don|mung|don) )"
_AFTER_YEARS = (
    r"(?:ngay\b|thanh lap|truyen thong|chien thang|cach mang|quoc khanh|giai phong|xay dung|tai lap|mat tran|"
    r"hoi |doan |toan quoc|sinh)"
)
_CAN = "giap|at|binh|dinh|mau|ky|canh|tan|nham|quy"
_CONGRESS = r"dai hoi (?:dang|dai bieu|thi dua|cong doan)"
_START = re.compile(
    r"(?<!\w)(?:"
    rf"(?P<years>{_VERB}?(?:lan thu )?(?P<n>\d{{1,4}}) nam {_AFTER_YEARS})"
    rf"|(?P<tet>{_VERB}{{0,4}}tet nguyen dan(?: (?:nam )?(?:{_CAN}) \w+)?)"
    r"|(?P<hung>(?:ngay )?gio to hung vuong)"
    rf"|(?P<day>{_VERB}?ngay (?:le )?(?:{_DAY_NAMES})\b)"
    r"|(?P<bare>(?:quoc khanh|cach mang thang tam|giai phong mien nam|quoc te lao dong|"
    r"chien thang dien bien phu)\b)"
    rf"|(?P<congress>(?:(?<=chao mung )|(?<=huong toi )){_CONGRESS})"
    r")"
)
_STOP = re.compile(
    r"[(;.:\n“”]|\s+(?:va|cung voi)\s+(?=(?:ky niem|chao mung|don|mung|ngay|\d{1,4}\s+nam|"
    r"tet|dai hoi|cac ngay|cac su kien|huong toi|thuc hien|gop phan|lap)\b)|"
    r",\s+(?=(?:ky niem|chao mung|don|mung|ngay|\d{1,4}\s+nam|tet|dai hoi|huong toi|lap "
    r"thanh tich|gop phan|thuc hien|phat huy|tien toi|cac ngay|toan|so|ban|lanh dao|cong "
    r"doan)\b)|"
    r"\s+(?:nham|gan voi|theo|bang|huong toi|tien toi|lap thanh tich|la dip|la su kien|"
    r"voi|duoc|tren|thiet thuc|trong nam|dien ra|cua nganh nam)\s|"
    r"\s+(?=\d{1,2}/\d{1,2}\b)|\s+-\s+|,?\s*$"
)
_DATES = re.compile(r"^\s*\(?\s*(?P<span>[^()]{0,80}?\d{1,2}\s*[/.-]\s*\d{1,2}[^()]{0,60})\)?")
_DATE = re.compile(r"(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*((?:1[0-9]|20)\d{2}))?(?![\d/])")
_LUNAR = re.compile(r"(?:mung\s+|ngay\s+)?(\d{1,2})\s*(?:thang\s*|/\s*)(\d{1,2})\s*am\s+lich")
_TOO_LONG = 160
_MOST = 60


@dataclass(frozen=True)
class Occasion:
    """One anniversary: `Occasion("Giỗ Tổ Hùng Vương", calendar="lunar", day=10, month=3)`.

    Shape: `since` and `on` are ISO dates or ""; `day` and `month` follow the calendar.
    """

    text: str
    years: int | None = None
    since: str = ""
    on: str = ""
    calendar: str = "solar"
    day: int | None = None
    month: int | None = None

    def to_json(self) -> dict[str, Any]:
        """A dict with `from` and `to` for `since` and `on`."""
        data = asdict(self)
        data["from"], data["to"] = data.pop("since"), data.pop("on")
        return data


def find_occasions(text: str) -> list[tuple[Occasion, int]]:
    """The occasions named in a text, each with its position, in reading order, none twice."""
    folded = re.sub(r"\s", " ", fold(text).replace("\n", "\x00")).replace("\x00", "\n")
    found: list[tuple[Occasion, int]] = []
    end = 0
    for match in _START.finditer(folded):
        if match.start() < end or len(found) >= _MOST:
            continue
        stop = _STOP.search(folded, match.end(), match.end() + _TOO_LONG)
        if stop is None:
            continue
        name_end = stop.start()
        dates = _dates_after(folded, name_end)
        if not _is_occasion(match, folded, name_end, dates):
            continue
        occasion = _occasion(match, " ".join(text[match.start() : name_end].split()), dates)
        end = name_end + (dates.end() if dates else 0)
        if not any(_same(occasion, other) for other, _ in found):
            found.append((occasion, match.start()))
    return found


def _dates_after(folded: str, position: int) -> re.Match[str] | None:
    rest = folded[position : position + 160]
    if not re.match(r"\s*\(|\s+\d{1,2}/\d", rest):
        return None
    match = _DATES.match(rest)
    if match or not rest.lstrip().startswith("("):
        return match
    return re.match(r"^\s*\((?P<span>[^()]*am lich)\)", rest)


def _is_occasion(match: re.Match[str], folded: str, end: int, dates: re.Match[str] | None) -> bool:
    """A named day counts when its date follows or the sentence speaks of celebrating."""
    if end - match.start() > _TOO_LONG:
        return False
    if match["years"]:
        return not re.search(
            r"(ke hoach|giai doan|nhiem ky|thoi han)\s*$", folded[max(0, match.start() - 40) : match.start()]
        )
    if match["tet"] or match["hung"] or match["congress"]:
        return True
    before = folded[max(0, match.start() - 300) : match.start()]
    sentence = re.split(r"[.\n]", before)[-1]
    celebrates = re.search(r"ky niem|chao mung|su kien|ngay le|mung dang|don tet|huong toi", sentence)
    return bool(dates or celebrates) and (bool(dates) or not match["bare"])


def _occasion(match: re.Match[str], name: str, dates: re.Match[str] | None) -> Occasion:
    years = int(match["n"]) if match["n"] and int(match["n"]) < 1000 else None
    span = dates["span"] if dates else ""
    if match["tet"]:
        return Occasion(name, years, calendar="lunar", day=1, month=1)
    lunar = _LUNAR.search(span)
    if lunar or match["hung"]:
        lunar_day, lunar_month = (int(lunar[1]), int(lunar[2])) if lunar else (10, 3)
        return Occasion(name, years, calendar="lunar", day=lunar_day, month=lunar_month)
    since, on, day, month = _read_dates(span)
    if years is None and since and on:
        years = int(on[:4]) - int(since[:4]) or None
    return Occasion(name, years, since, on, "solar", day, month)


def _read_dates(span: str) -> tuple[str, str, int | None, int | None]:
    dates = [(int(d), int(m), y) for d, m, y in _DATE.findall(span) if 0 < int(d) < 32 and 0 < int(m) < 13]
    if not dates:
        return "", "", None, None
    isos = [f"{year}-{month:02d}-{day:02d}" if year else "" for day, month, year in dates]
    day, month, _ = dates[-1]
    if len(dates) > 1:
        return isos[0], isos[1], day, month
    return (isos[0], "", day, month) if isos[0] else ("", "", day, month)


def _same(one: Occasion, other: Occasion) -> bool:
    """The same day named again, perhaps shortened, is one occasion."""
    if one.calendar == other.calendar == "lunar":
        return (one.day, one.month) == (other.day, other.month)
    if one.day and (one.day, one.month) == (other.day, other.month):
        return (one.calendar == other.calendar and one.since == other.since) or not (one.since and other.since)
    return _core(one.text) in _core(other.text) or _core(other.text) in _core(one.text)


def _core(text: str) -> str:
    return re.sub(r"^(ky niem|chao mung|don|mung)\s+|\b(\d+\s+nam|ngay)\s+", "", fold(text)).strip()
