"""Made-up documents with the sector's words, as frequent among one another as words of a language are.

For measuring only: the same seed gives the same documents on every machine.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

from search.contract import IndexRecord, StateDates

_ACTS = (
    "tổ chức|triển khai|thực hiện|quản lý|kiểm tra|hướng dẫn|phối hợp|đề nghị|báo cáo|xây dựng|tăng cường|đánh giá"
    "|giải quyết|thẩm định|phê duyệt|tiếp nhận|xử lý|giám sát|tuyên truyền|khen thưởng|biểu dương|phát động|rà soát"
    "|cập nhật|công bố|điều chỉnh|thu hồi|bồi thường|hỗ trợ|bàn giao|nghiệm thu|thanh tra|đào tạo|bồi dưỡng|số hóa"
)
_THINGS = (
    "kế hoạch|thi đua|đất đai|môi trường|công chức|viên chức|nhân dân|hồ sơ|thủ tục|tài nguyên|cơ quan|đơn vị"
    "|phong trào|tập thể|cá nhân|thành tích|quyết định|chỉ thị|nghị quyết|công tác|văn bản|hành chính|cải cách"
    "|khoáng sản|nước ngầm|rừng đầu nguồn|đo đạc|bản đồ|địa chính|giấy chứng nhận|quyền sử dụng|hộ gia đình"
    "|doanh nghiệp|dự án|khu công nghiệp|chất thải|rác thải|nước thải|khí tượng|thủy văn|biến đổi khí hậu"
    "|đa dạng sinh học|bảo tồn|hòa giải|khiếu nại|tố cáo|tiếp công dân|cơ sở dữ liệu|chuyển đổi số|hội nghị"
    "|gương điển hình|sáng kiến|giải pháp|kinh nghiệm|học tập|đạo đức|tư tưởng|phong cách|đảng viên|chi bộ"
    "|đoàn thanh niên|công đoàn|phụ nữ|cựu chiến binh|nông thôn mới|đô thị|quy hoạch|giao thông|thủy lợi|hạn hán"
    "|xâm nhập mặn|sạt lở|bờ sông|ven biển|hải đảo|tàu thuyền|nuôi trồng|thủy sản|lâm nghiệp|kiểm lâm|phòng cháy"
    "|bồi hoàn|giá đất|thuê đất|đấu giá|tái định cư|giải phóng mặt bằng|quan trắc|không khí|tiếng ồn|bụi mịn"
)
_LINKS = "của|và|các|về|trong|cho|theo|với|để|tại|từ|là|được|có|những|đến|khi|do|trên|sau|cùng|không|một|này|đã|ngày"
_PLACES = (
    "huyện Đông Sơn|huyện Tây Hòa|thị xã Nam Ninh|xã Bình An|xã Phú Thạnh|phường Tân Lập|xã Long Khê|huyện Cao Lộc"
    "|xã Hòa Mỹ|phường Trung Tâm|xã Sơn Thủy|thôn Hạ|bản Nà Pheo|xã Ea Tul|huyện Kiến Giang|xã Vĩnh Phước"
)
_FAMILIES = "Nguyễn|Trần|Lê|Phạm|Hoàng|Vũ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|H'|Y"
_GIVEN = "An|Bình|Châu|Dũng|Giang|Hà|Hùng|Khánh|Lan|Minh|Nga|Oanh|Phúc|Quỳnh|Sơn|Thảo|Uyên|Vinh|Xuân|Yến|Bảo|Cường"
_ONSETS = "b|c|ch|d|đ|g|gi|h|kh|l|m|n|nh|ng|ph|qu|r|s|t|th|tr|v|x"
_RIMES = "á|ạc|ài|ảm|án|ạnh|áo|ắc|ấm|âu|é|ẻn|ệ|ềm|í|iên|ích|ong|ốc|ời|ủ|ung|ương|uất|ý"
_KINDS = (("directive", 5), ("article", 3), ("story", 2), ("campaign", 1))
_CODES = ("QĐ-UBND", "CT-TU", "KH-STNMT", "TB-VP", "BC-SNV", "CV-STNMT", "NQ-HĐND")
_UNITS, _YEARS = 40, 22
# Chosen so that syllables and pairs are about as frequent as in the articles of laws.
_MADE_UP, _FLATTENED = 1_500, 12
_FIRST_DAY = date(2005, 1, 3)


def sample_documents(number: int, seed: int = 7, syllables: int = 150) -> Iterator[IndexRecord]:
    """So many records of about so many syllables, e.g. `next(sample_documents(1)).title`; all of them open."""
    maker = _Maker(random.Random(seed))
    for place in range(1, number + 1):
        yield maker.record(place, syllables)


class _Maker:
    def __init__(self, chance: random.Random):
        self.chance = chance
        self.acts, self.things = _shuffled(_ACTS, chance), _shuffled(_THINGS, chance)
        made_up = [f"{first}{second}" for first in _ONSETS.split("|") for second in _RIMES.split("|")]
        self.rare = _shuffled("|".join(made_up), chance)
        self.things += [f"{chance.choice(made_up)} {chance.choice(made_up)}" for _ in range(_MADE_UP)]
        self.links = _LINKS.split("|")
        self.weights = {id(words): _zipf(words) for words in (self.acts, self.things, self.links, self.rare)}

    def record(self, place: int, syllables: int) -> IndexRecord:
        chance = self.chance
        kind = chance.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])[0]
        issued_on = _FIRST_DAY + timedelta(days=chance.randrange(365 * _YEARS))
        year = str(issued_on.year)
        number = f"{chance.randrange(1, 3000)}/{year}/{chance.choice(_CODES)}" if kind == "directive" else ""
        until = issued_on + timedelta(days=365 * 30) if chance.random() < 0.1 else None
        return IndexRecord(
            key=f"page:{place}",
            version=1,
            audiences=frozenset({"public"}),
            title=self.title(),
            body=self.body(syllables),
            number=number,
            kind=kind,
            url=f"/mau/{place}/",
            issued_on=issued_on,
            facets={
                "kind": (kind,),
                "year": (year,),
                "unit": (str(chance.randrange(1, _UNITS)),),
                "field": (self._pick(self.things),),
            },
            state=StateDates("in_force", issued_on, until) if kind == "directive" else StateDates(),
        )

    def title(self) -> str:
        act, thing, other = self._pick(self.acts), self._pick(self.things), self._pick(self.things)
        return f"{act.capitalize()} {thing} và {other} tại {self.chance.choice(_PLACES.split('|'))}"

    def body(self, syllables: int) -> str:
        words: list[str] = []
        wanted = self.chance.randrange(syllables // 2, syllables * 3 // 2)
        while len(words) < wanted:
            words += self._sentence().split()
        return " ".join(words)

    def _sentence(self) -> str:
        chance, parts = self.chance, []
        for _ in range(chance.randrange(2, 5)):
            if chance.random() < 0.4:
                parts.append(self._pick(self.acts))
            parts += [self._pick(self.things), self._pick(self.things)]
            if chance.random() < 0.5:
                parts.append(self._pick(self.links))
        if chance.random() < 0.3:
            parts.append(f"{chance.choice(_FAMILIES.split('|'))} {chance.choice(_GIVEN.split('|'))}")
        if chance.random() < 0.4:
            parts.append(self._pick(self.rare))
        if chance.random() < 0.2:
            parts.append(f"{chance.randrange(1, 500)} hộ")
        return " ".join(parts).capitalize() + "."

    def _pick(self, words: Sequence[str]) -> str:
        return self.chance.choices(words, cum_weights=self.weights[id(words)])[0]


def _shuffled(listed: str, chance: random.Random) -> list[str]:
    words = listed.split("|")
    chance.shuffle(words)
    return words


def _zipf(words: Sequence[str]) -> list[float]:
    """Running weights after Zipf and Mandelbrot: the first few words are nearly alike, the last ones rare."""
    return list(accumulate(1 / (place + _FLATTENED) for place in range(len(words))))
