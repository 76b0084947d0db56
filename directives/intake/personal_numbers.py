"""Numbers that belong to a person and not on a public page: identity papers, bank accounts, private telephones.

Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Thông tư 59/2021/TT-BCA for the twelve digits of the căn cước.
"""

import re

from search.vietnamese.letters import fold

_APART = r"[ .]?"
# Province 001..096, century and sex, year of birth, six digits.
_IDENTITY = re.compile(
    rf"(?<!\d)0(?:0[1-9]|[1-8]\d|9[0-6]){_APART}\d{_APART}\d{_APART}\d{_APART}\d{{3}}{_APART}\d{{3}}(?!\d)"
)
_OLD_IDENTITY = re.compile(rf"(?:cmnd|chung minh)[^\d\n]{{0,40}}\d{{3}}{_APART}\d{{3}}{_APART}\d{{3}}(?!\d)")
_ACCOUNT = re.compile(r"(?:so tai khoan|stk|tai khoan so)[^\d\n]{0,20}\d[\d .]{5,22}\d")
_MOBILE = re.compile(rf"(?<!\d)0[35789]\d{{2}}{_APART}\d{{3}}{_APART}\d{{3}}(?!\d)")
_KINDS = (
    ("số căn cước", _IDENTITY),
    ("số chứng minh nhân dân", _OLD_IDENTITY),
    ("số tài khoản", _ACCOUNT),
    ("số điện thoại di động", _MOBILE),
)


def personal_numbers(text: str) -> list[str]:
    """The kinds of personal numbers in a text: `personal_numbers("CCCD 062085001234") == ["số căn cước"]`."""
    folded = fold(text)
    return [name for name, pattern in _KINDS if pattern.search(folded)]
