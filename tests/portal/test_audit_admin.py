"""The log in the admin: for inspectors alone, filtered, taken away as a table that computes nothing."""

import csv
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from home.audit.actions import AUDIT_EXPORTED, AUDIT_OPENED, EDITED, OPENED
from home.audit.events import Subject
from home.audit.recording import record
from home.models import AuditEvent
from portal.office.roles import INSPECTORS
from tests.builders import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector(office):
    person = make_person("thanhtra", last_name="Lê Thị", first_name="Xem")
    person.groups.add(office.groups[INSPECTORS])
    return person


def rows_of(response) -> list[dict]:
    text = b"".join(response).decode().removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text)))


def test_only_inspectors_and_administrators_read_it(office, client, inspector):
    may = {"inspector": 200, "administrator": 200}
    people = {name: getattr(office, name) for name in ("land_editor", "clerk", "leader", "administrator")}
    for name, person in (people | {"inspector": inspector}).items():
        client.force_login(person)
        menu = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (client.get(reverse("audit")).status_code == 200) == (name in may), name
        assert (f'"{reverse("audit")}"' in menu) == (name in may), name
        assert client.get(reverse("audit_help")).status_code == 200


def test_an_inspector_changes_nothing(office, client, inspector):
    client.force_login(inspector)
    page = office.tree.add_article("Tin")
    edit = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "Khác"})
    assert edit.status_code in (302, 403, 404)
    assert type(page).objects.get(pk=page.pk).title == "Tin"
    for refused in ("wagtailusers_users:index", "wagtailusers_groups:index"):
        assert client.get(reverse(refused)).status_code in (302, 403)


def test_filters(office, client, inspector):
    record(EDITED, Subject("directive", 70, "1/QĐ", office.land.pk, "units", "office"), office.land_editor)
    record(OPENED, Subject("story", 71, "", office.water.pk, "staff", "staff"), office.clerk)
    client.force_login(inspector)
    cases = {
        "viec": (EDITED, "1/QĐ", "Gương điển hình (mã 71)"),
        "loai": ("story", "Gương điển hình (mã 71)", "1/QĐ"),
        "ma": ("70", "1/QĐ", "Gương điển hình (mã 71)"),
        "don_vi": (office.land.pk, "1/QĐ", "Gương điển hình (mã 71)"),
        "pham_vi": ("staff", "Gương điển hình (mã 71)", "1/QĐ"),
        "nguoi": ("vanphong", "Gương điển hình (mã 71)", "1/QĐ"),
    }
    for name, (value, shown, hidden) in cases.items():
        text = client.get(reverse("audit"), {name: value}).content.decode()
        assert shown in text and hidden not in text, name
    today = timezone.localdate()
    assert "1/QĐ" in client.get(reverse("audit"), {"tu": today, "den": today}).content.decode()
    assert "1/QĐ" not in client.get(reverse("audit"), {"tu": "2020-01-01", "den": "2020-12-31"}).content.decode()
    wrong = client.get(reverse("audit"), {"tu": "2024-02-01", "den": "2024-01-01", "ma": "x"}).content.decode()
    assert "Ngày cuối phải từ ngày đầu" in wrong and "Không có sự kiện nào" in wrong


def test_what_is_chosen_is_said_while_the_filters_are_folded(office, client, inspector):
    client.force_login(inspector)
    text = client.get(reverse("audit"), {"viec": OPENED, "tu": "2026-11-01", "don_vi": office.land.pk}).content.decode()
    assert f"Từ ngày: 01/11/2026; Việc: Mở trang nội bộ; Đơn vị: {office.land.title}" in text
    assert '<details class="audit-filter">' in text
    assert '<details class="audit-filter" open>' in client.get(reverse("audit"), {"ma": "x"}).content.decode()
    assert "audit-filter__chosen" not in client.get(reverse("audit")).content.decode()


def test_pages_of_fifty(office, client, inspector):
    for number in range(60):
        record(OPENED, Subject("story", number + 500), office.clerk)
    client.force_login(inspector)
    second = client.get(reverse("audit"), {"viec": OPENED, "trang": "2"}).content.decode()
    assert "Trang 2/2" in second and "(mã 505)" in second and "(mã 555)" not in second
    assert client.get(reverse("audit"), {"trang": "mười"}).status_code == 200


def test_the_title_is_shown_only_where_the_inspector_may_read_the_page(office, client, inspector):
    shown = office.tree.add_article("Tin cho cả cơ quan", audience="staff")
    hidden = office.tree.add_article("Tin đích danh", audience="people", audience_people=[office.clerk])
    client.force_login(inspector)
    text = client.get(reverse("audit")).content.decode()
    assert f"Tin tức (mã {hidden.pk})" in text or f"(mã {hidden.pk})" in text
    assert shown.title in text and hidden.title not in text


def test_the_table_is_whole_harmless_and_told(office, client, inspector):
    record(EDITED, Subject("directive", 70, "=HYPERLINK(1)"), office.clerk, reason="=1+1")
    client.force_login(inspector)
    rows = rows_of(client.get(reverse("audit"), {"xuat": "csv", "viec": EDITED}))
    assert len(rows) == AuditEvent.objects.filter(action=EDITED).count()
    assert all(not str(value).startswith(("=", "+", "@")) for row in rows for value in row.values())
    assert rows[0]["Giá trị băm"] == AuditEvent.objects.filter(action=EDITED).latest("sequence").digest
    told = AuditEvent.objects.filter(action=AUDIT_EXPORTED).latest("sequence")
    assert (told.actor_id, told.detail["rows"], told.detail["form"]) == (inspector.pk, len(rows), "csv")
    book = load_workbook(BytesIO(b"".join(client.get(reverse("audit"), {"xuat": "xlsx"}))), read_only=True)
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert "Thời điểm" in cells and not [cell for cell in cells if str(cell).startswith("=")]


def test_opening_the_log_is_told_once(office, client, inspector):
    client.force_login(inspector)
    for _ in range(3):
        client.get(reverse("audit"))
    assert AuditEvent.objects.filter(action=AUDIT_OPENED).count() == 1


class TestCommand:
    def run(self, path, **options):
        call_command("audit_export", str(path), stdout=StringIO(), **options)

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_a_unit_and_a_period(self, office, tmp_path, form):
        record(EDITED, Subject("directive", 70, "", office.land.pk), office.clerk)
        today = timezone.localdate()
        path = tmp_path / f"nhat-ky.{form}"
        self.run(path, since=today, until=today, unit=office.land.pk)
        assert path.stat().st_mode & 0o077 == 0
        told = AuditEvent.objects.latest("sequence")
        assert (told.action, told.actor_id) == (AUDIT_EXPORTED, None)
        assert told.detail["rows"] == AuditEvent.objects.filter(unit_id=office.land.pk).count() > 0

    def test_wrong_names_are_refused_with_a_sentence(self, office, tmp_path):
        with pytest.raises(CommandError, match=r"\.csv hoặc \.xlsx"):
            self.run(tmp_path / "nhat-ky.txt")
        with pytest.raises(CommandError, match="Không có đơn vị"):
            self.run(tmp_path / "nhat-ky.csv", unit=999_999)
