"""What an archive leaves out of its page: columns and choices that would say nothing."""

import pytest

from tests.builders import publish

pytestmark = pytest.mark.django_db
OF_LAND = "/don-vi/phong-dat-dai/luu-tru/"
COLUMN = '<th scope="col" role="columnheader">Đơn vị soạn thảo</th>'


@pytest.fixture
def land(tree):
    unit = tree.add_unit("QLĐĐ", "Phòng Đất đai")
    for title in ("A", "B"):
        tree.add_directive(title, unit=unit)
    return unit


def test_the_archive_of_one_unit_does_not_name_it_in_every_row(client, tree, land):
    html = client.get(OF_LAND).content.decode()
    assert COLUMN not in html and (html.count('role="columnheader"'), html.count('role="cell"')) == (5, 10)
    assert COLUMN in client.get("/kho-luu-tru/").content.decode()
    below = publish(land, type(land)(title="Tổ Đo đạc", code="TĐĐ", audience="public", live=False))
    tree.add_directive("Của tổ", unit=below)
    html = client.get(OF_LAND).content.decode()
    assert COLUMN in html and (html.count('role="columnheader"'), html.count('role="cell"')) == (6, 18)


def test_what_has_no_order_offers_none(client, tree, land):
    tree.add_unit("VP", "Văn phòng")
    html = client.get("/don-vi/van-phong/luu-tru/").content.decode()
    assert "Sắp xếp" not in html and "Áp dụng" not in html
    html = client.get("/kho-luu-tru/?nam=1999&sap_xep=cu-nhat").content.decode()
    assert "Sắp xếp" not in html and '<input type="hidden" name="sap_xep" value="cu-nhat">' in html
    html = client.get("/kho-luu-tru/?sap_xep=cu-nhat").content.decode()
    assert "Sắp xếp" in html and 'type="hidden" name="sap_xep"' not in html
