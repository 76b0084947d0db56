"""Dates of launch, reviews and registration in the text of a call."""

import pytest

from directives.intake.grammar.found import Found
from directives.intake.grammar.stages import read_stages
from directives.intake.recognition import Recognition
from news.campaign_filling import EVIDENCE, fill_campaign
from news.models import CampaignPage

SENTENCE = "Đăng ký thi đua trước ngày 28/02/2025; sơ kết trước ngày 15/7/2025; tổng kết trước ngày 15/12/2025."


def stages(text: str) -> list[tuple[str, str]]:
    found = read_stages(text, Found(2025))
    return [(row["kind"], row["held_on"]) for row in found["stages"].value] if "stages" in found else []


def test_registration_and_reviews_with_their_evidence():
    found = read_stages(f"Đẩy mạnh thi đua.\n{SENTENCE}", Found(2025))
    assert stages(SENTENCE) == [("interim", "2025-07-15"), ("final", "2025-12-15")]
    assert found["pledge_deadline"].value == "2025-02-28"
    assert found["stages"].evidence == found["pledge_deadline"].evidence == SENTENCE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổng kết trong tháng 12 năm 2025, sơ kết vào tháng 7/2025.", [("interim", "2025-07"), ("final", "2025-12")]),
        ("Sơ kết vào tháng 6, tổng kết vào tháng 12 năm 2025.", [("interim", "2025-06"), ("final", "2025-12")]),
        ("Sơ kết, tổng kết trước ngày 15 tháng 12 năm 2025.", [("final", "2025-12-15")]),
        ("Tổ chức lễ phát động trong tháng 3/2025.", [("launch", "2025-03")]),
        ("Thực hiện từ ngày phát động đến hết ngày 31/12/2025.", []),
        ("Căn cứ Kết luận tổng kết phong trào (ngày 10/01/2025);", []),
        ("Gửi báo cáo tổng kết trước ngày 10/11/2025.", []),
        ("Kết quả đợt tổng kết vào ngày 20/12/2024.", []),
        ("Tổng kết trước ngày 31/02/2025.", []),
        ("Sơ kết trong quý II/2025.", []),
    ],
)
def test_only_a_date_of_the_stage_itself_counts(text, expected):
    assert stages(text) == expected


@pytest.mark.django_db
def test_the_draft_gets_the_stages_and_does_not_miss_them():
    page = CampaignPage()
    fill_campaign(page, Recognition(read_stages(SENTENCE, Found(2025))))
    held = [(child.value["kind"], child.value["held_on"].iso()) for child in page.stages]
    assert held == [("interim", "2025-07-15"), ("final", "2025-12-15")]
    assert page.pledge_deadline_on.isoformat() == "2025-02-28"
    assert not {"Sơ kết", "Tổng kết"} & set(page.own_gaps())
    assert (EVIDENCE["stages"], EVIDENCE["pledge_deadline_on"]) == ("stages", "pledge_deadline")
