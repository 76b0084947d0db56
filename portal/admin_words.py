"""Vietnamese where Wagtail asks for no translation.

Labels that Wagtail makes from the names of fields, the menu of tables and the names of permissions never
pass through gettext, so the catalogue in portal/locale cannot reach them.
"""

from django.contrib.auth.models import Permission
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.choosers import (
    AnchorLinkChooserForm,
    EmailLinkChooserForm,
    ExternalLinkChooserForm,
    PhoneLinkChooserForm,
)
from wagtail.admin.forms.workflows import WorkflowContentTypeForm, WorkflowPageForm
from wagtail.admin.telepath import register
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import DefaultPageForm
from wagtail.contrib.table_block.blocks import DEFAULT_TABLE_OPTIONS, TableInput, TableInputAdapter
from wagtail.models import Collection, Page
from wagtail.sites.views import IndexView as SiteIndexView
from wagtail.users.forms import PagePermissionsForm
from wagtail.users.views.bulk_actions.assign_role import RoleForm

LINK_TEXT = {"link_text": "Chữ hiển thị"}
FIELD_LABELS = {
    LoginForm: {"password": "Mật khẩu"},
    ExternalLinkChooserForm: LINK_TEXT,
    AnchorLinkChooserForm: LINK_TEXT | {"url": "Tên vị trí (#)"},
    EmailLinkChooserForm: LINK_TEXT
    | {"email_address": "Địa chỉ thư điện tử", "subject": "Tiêu đề thư", "body": "Nội dung thư"},
    PhoneLinkChooserForm: LINK_TEXT | {"phone_number": "Số điện thoại"},
    WorkflowContentTypeForm: {"content_types": "Kiểu nội dung"},
    WorkflowPageForm: {"page": "Trang"},
    DefaultPageForm: {"include_descendants": "Gồm cả trang con"},
    PagePermissionsForm: {"page": "Trang", "permissions": "Quyền"},
    RoleForm: {"role": "Vai trò"},
}
SITE_COLUMNS = {"port": "Cổng", "site_name": "Tên trang web", "root_page": "Trang gốc"}
TABLE_MENU = {
    "row_above": "Chèn hàng ở trên",
    "row_below": "Chèn hàng ở dưới",
    "col_left": "Chèn cột bên trái",
    "col_right": "Chèn cột bên phải",
    "remove_row": "Xóa hàng",
    "remove_col": "Xóa cột",
    "undo": "Hoàn tác",
    "redo": "Làm lại",
}
ACTIONS = {
    "add": "Thêm",
    "change": "Sửa",
    "delete": "Xóa",
    "view": "Xem",
    "choose": "Chọn",
    "publish": "Xuất bản",
    "lock": "Khóa",
    "unlock": "Mở khóa",
}
FIRST_NAME = "Root"
OUR_FIRST_NAME = "Gốc"


def describe_menu(keys: list[str]) -> dict[str, object]:
    """A menu as Handsontable wants it, e.g. ["undo"] → {"items": {"undo": {"name": "Hoàn tác"}}}.

    Keys without a name of ours are the lines between groups.
    """
    items = {}
    for position, key in enumerate(keys):
        if key in TABLE_MENU:
            items[key] = {"name": TABLE_MENU[key]}
        else:
            items[f"line{position}"] = key
    return {"items": items}


class VietnameseTableInputAdapter(TableInputAdapter):
    """The table editor's settings with a Vietnamese menu, e.g. "Chèn hàng ở trên" for "Insert row above"."""

    def js_args(self, widget):
        options, *rest = super().js_args(widget)
        if options["contextMenu"] == DEFAULT_TABLE_OPTIONS["contextMenu"]:
            options = options | {"contextMenu": describe_menu(options["contextMenu"])}
        # The table editor knows no "vi" and would complain in the console.
        return [options | {"language": "en-US"}, *rest]


def label_unnamed_fields() -> None:
    """Fields and columns that Wagtail leaves unlabelled get a label, e.g. "Link text" → "Chữ hiển thị".

    Called once, when the applications are ready.
    """
    for form, labels in FIELD_LABELS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label
    for column in SiteIndexView.columns:
        column.label = SITE_COLUMNS.get(column.name, column.label)
    register(VietnameseTableInputAdapter(), TableInput)


def permission_name(permission: Permission) -> str:
    """What a permission is called in the form of a group, e.g. "Xuất bản văn bản" for publish_directivepage.

    A name that the catalogue translates keeps that translation; one unknown to both stays as it is.
    """
    with override("vi"):
        translated = gettext(permission.name)
        action = permission.codename.removesuffix(f"_{permission.content_type.model}")
        if translated == permission.name and action in ACTIONS and permission.name.startswith("Can "):
            translated = f"{ACTIONS[action]} {permission.content_type.name}"
    return capfirst(translated)


def name_first_rows(**signal) -> None:
    """Permissions and the first page and folder, which migrations name in English, are named in Vietnamese.

    Connected to post_migrate; running it again changes nothing.
    """
    changed = []
    for permission in Permission.objects.select_related("content_type"):
        name = permission_name(permission)
        if name != permission.name:
            permission.name = name
            changed.append(permission)
    Permission.objects.bulk_update(changed, ["name"], batch_size=100)
    Collection.objects.filter(depth=1, name=FIRST_NAME).update(name=OUR_FIRST_NAME)
    Page.objects.filter(depth=1, title=FIRST_NAME).update(title=OUR_FIRST_NAME, draft_title=OUR_FIRST_NAME)
