"""Names of people: family name first, given name last."""

from __future__ import annotations

from search.vietnamese.letters import canonical_tones, clean

_FAMILY_NAME_LIST = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh đoàn mai đào vương
trương lâm tô hà tạ cao châu thái lương phùng quách tăng kiều la lưu nghiêm ngụy nông ông phương tống
thạch thân tiêu tôn triệu trang ung vi xa a y kpă ksor rơ siu rcom rmah niê hứa khổng khúc kim lò lường
cầm giàng lò lô lù lầu lữ lừu lý mẫn quàng sầm siu sùng thào tòng tráng vừ
lục ma mạc mã ninh bế bạch bành cam chu cù diệp doãn đàm đậu giang giáp hàn hầu hoa kha khương thiều thẩm
trà
"""

#: Family names of nearly everybody in Viet Nam and of peoples of the Central Highlands, lower case. Names
#: that begin offices or organs as well ("phó", "văn", "quản") are left out.
FAMILY_NAMES = frozenset(_FAMILY_NAME_LIST.split())


def has_family_name(full_name: str) -> bool:
    """True when the first of several words is a family name: "NGUYỄN VĂN LỘC" but not "GIÁM ĐỐC"."""
    words = canonical_tones(clean(full_name)).lower().split()
    return len(words) > 1 and words[0] in FAMILY_NAMES
