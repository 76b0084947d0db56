"""What Wagtail never sends through gettext is Vietnamese too."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from wagtail.admin.telepath import JSContext
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.models import Collection, Page
from wagtail.sites.views import IndexView as SiteIndexView

from portal.admin_words import FIELD_LABELS, label_unnamed_fields, name_first_rows, permission_name

VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]|^Trang$", re.IGNORECASE)


@pytest.mark.parametrize("form", FIELD_LABELS, ids=lambda form: form.__name__)
def test_every_field_has_a_vietnamese_label(form):
    label_unnamed_fields()
    labels = {name: form.base_fields[name].label for name in FIELD_LABELS[form]}
    assert [name for name, label in labels.items() if not VIETNAMESE.search(label)] == []


def test_columns_of_sites_are_vietnamese():
    label_unnamed_fields()
    labels = [str(column.label) for column in SiteIndexView.columns]
    assert labels == ["Trang web", "Cổng", "Tên trang web", "Trang gốc", "Mặc định"]


def test_menu_of_tables_is_vietnamese():
    label_unnamed_fields()
    packed = str(JSContext().pack(TableBlock(label="Bảng").field.widget))
    assert "Chèn hàng ở trên" in packed
    assert "Xóa cột" in packed
    assert "'language': 'en-US'" in packed
    assert "'contextMenu': ['row_above'" not in packed


def test_menu_chosen_by_a_block_is_kept():
    label_unnamed_fields()
    block = TableBlock(label="Bảng", table_options={"contextMenu": ["row_above"]})
    assert "['row_above']" in str(JSContext().pack(block.field.widget))


@pytest.mark.django_db
def test_permissions_are_named_in_vietnamese():
    permission = Permission.objects.get(codename="add_collection")
    permission.name = "Can add collection"
    assert permission_name(permission) == "Thêm thư mục tệp"
    permission.codename, permission.name = "edit_every_unit", "Sửa trang của mọi đơn vị"
    assert permission_name(permission) == "Sửa trang của mọi đơn vị"


@pytest.mark.django_db
def test_first_rows_are_named_once(django_assert_num_queries):
    Permission.objects.filter(codename="add_collection").update(name="Can add collection")
    Collection.objects.filter(depth=1).update(name="Root")
    Page.objects.filter(depth=1).update(title="Root", draft_title="Root")
    name_first_rows()
    assert Collection.objects.get(depth=1).name == "Gốc"
    assert Page.objects.get(depth=1).draft_title == "Gốc"
    names = set(Permission.objects.values_list("name", flat=True))
    assert [name for name in names if name.startswith("Can ")] == []
    with django_assert_num_queries(3):
        name_first_rows()


@pytest.mark.django_db
def test_a_page_named_by_people_keeps_its_name():
    Collection.objects.filter(depth=1).update(name="Kho tệp")
    name_first_rows()
    assert Collection.objects.get(depth=1).name == "Kho tệp"


@pytest.mark.parametrize(("value", "expected"), [(True, "Có"), (False, "Không"), (None, "Không rõ")])
def test_marks_in_tables_are_read_out_in_vietnamese(value, expected):
    html = render_to_string("wagtailadmin/tables/boolean_cell.html", {"value": value, "column": {}})
    assert expected in html
    assert str(value) not in html


def test_group_of_actions_is_read_out_in_vietnamese():
    html = render_to_string("wagtailadmin/shared/headers/_actions.html", {"actions": "lưu"})
    assert 'aria-label="Thao tác"' in html
    assert "lưu" in html
