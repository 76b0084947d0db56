"""What a page of results costs where documents have units, campaigns and files: four statements, whatever is asked."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import PortalDocument
from search import worker
from search.models import AttachmentPage
from search.remembered import forget_everything
from search.ways_on import MOST_COUNTED
from tests.builders import Tree, make_person
from tests.search.extraction.writing import docx, p

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/tim-kiem/"
MOST = 4
ASKED = {
    "words": {"q": "bản đồ địa chính"},
    "words without accents": {"q": "ban do dia chinh"},
    "words of a file": {"q": "phụ lục khoáng sản"},
    "a number": {"q": "3/KH-STNMT"},
    "a number among words of a file": {"q": "3 kh stnmt phụ lục khoáng sản"},
    "a date": {"q": "ngày 05/03/2024"},
    "a month": {"q": "tháng 3 năm 2024"},
    "a slip that finds little": {"q": "bản đò giấy"},
    "a slip that is mended": {"q": "quyết địch địa chính"},
    "an abbreviation": {"q": "stnmt khoáng sản"},
    "a name of a unit": {"q": "phòng đất đai"},
    "a unit": {"q": "khoáng sản", "don_vi": "phong-dat-dai"},
    "two units, one without hits": {"q": "khoáng sản", "don_vi": ["phong-dat-dai", "chi-cuc-rung"]},
    "forms without hits and unknown ones": {"q": "giữ đất", "loai": ["collective", "individual", "khong-co"]},
    "no words": {"muc": "directive"},
    "days and a campaign": {"q": "giữ đất", "tu": "01/01/2020", "phong_trao": "thi-dua-giu-rung"},
    "the second page": {"q": "bản đồ", "trang": "2"},
    "the oldest": {"q": "khoáng sản", "sap_xep": "cu-nhat"},
    "all words": {"q": "phụ lục khoáng sản", "khop": "du-tu"},
}


@pytest.fixture(params=["stranger", "staff"])
def reader(request, filled, client):
    """A browser, and the statements that stand before any search of somebody signed in: session and person."""
    if request.param == "stranger":
        return client, 0
    client.force_login(make_person("lan", filled))
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    return client, len(captured)


@pytest.fixture
def filled(transactional_db, settings, tmp_path):
    """Documents of two units, most with a file, a campaign and its story; committed, for of what is not nothing is
    remembered.
    """
    settings.MEDIA_ROOT, tree = tmp_path, Tree.build()
    forget_everything()
    units = [tree.add_unit(code, name) for code, name in (("dd", "Phòng Đất đai"), ("kt", "Trung tâm Khoáng sản"))]
    other = tree.add_unit("cr", "Chi cục Rừng")
    campaign = tree.add_campaign("Thi đua giữ rừng", unit=other)
    tree.add_story("Gương giữ đất", campaign=campaign, unit=units[0])
    for place in range(1, 15):
        fields = {"number": str(place), "notation": "KH-STNMT", "unit": units[place % 2]}
        page = tree.add_directive(f"Bản đồ địa chính số {place}", issued=f"{place:02}/03/2024", **fields)
        if place % 4:
            page.attachments = [("attachment", {"document": _file(place), "label": "", "note": ""})]
            page.save_revision().publish()
    tree.add_directive("Quyết định địa chính", number="9", notation="QĐ-STNMT", unit=units[0])
    worker.work_off()
    assert AttachmentPage.objects.count() > 5
    return units[0]


def _file(place: int) -> PortalDocument:
    content = docx(p(f"Phụ lục {place}"), p("Danh mục khoáng sản, bản đồ giấy ngày 05/03/2024"))
    return PortalDocument.objects.create(title=f"Phụ lục {place}", file=ContentFile(content, name=f"{place}.docx"))


def statements(reader, params) -> tuple[list[str], str]:
    """The statements of a page opened for the second time, beyond those for the person, and the page itself."""
    client, before = reader
    client.get(PAGE, params)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(PAGE, params)
    return [each["sql"] for each in captured][before:], response.content.decode()


def test_a_page_of_results_costs_at_most_four_statements(reader):
    for name, params in ASKED.items():
        asked, html = statements(reader, params)
        assert 'class="hits"' in html or 'class="exact' in html, name
        assert len(asked) <= MOST, (name, asked)


def test_a_page_without_results_costs_besides_only_its_ways_on(reader):
    params = {"q": "khongcogi", "nam": "2024", "loai": "ke_hoach", "don_vi": "phong-dat-dai", "khop": "du-tu"}
    asked, html = statements(reader, params)
    assert "Không tìm thấy" in html
    assert len(asked) <= MOST + MOST_COUNTED, asked
