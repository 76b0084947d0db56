"""A department at work: two units with an editor each, an office, two leaders, an administrator."""

from types import SimpleNamespace

from django.urls import reverse
from wagtail.fields import StreamField

from portal.office.roles import ADMINISTRATORS, EDITORS, LEADERS, OFFICE, ensure_roles
from tests.builders import Tree, make_person


def make_office() -> SimpleNamespace:
    tree = Tree.build()
    groups = ensure_roles()
    land, water = tree.add_unit("QLĐĐ", "Phòng Đất đai"), tree.add_unit("TNN", "Phòng Tài nguyên nước")

    def person(name: str, role: str, *units, **fields):
        someone = make_person(name, *units, **fields)
        someone.groups.add(groups[role])
        return someone

    return SimpleNamespace(
        tree=tree,
        land=land,
        water=water,
        groups=groups,
        land_editor=person("dat", EDITORS, land, last_name="Nguyễn Văn", first_name="Đất"),
        water_editor=person("nuoc", EDITORS, water, last_name="Lê Thị", first_name="Nước"),
        clerk=person("vanphong", OFFICE, last_name="Trần Thị", first_name="Thử"),
        leader=person("lanhdao", LEADERS, last_name="Phạm", first_name="Duyệt"),
        deputy=person("pholanhdao", LEADERS, last_name="Hoàng", first_name="Ký"),
        administrator=person("quantri", ADMINISTRATORS, is_superuser=True),
    )


def form_data(page, **changes) -> dict:
    """What the edit form of a page posts when nothing was changed but these fields.

    Example: `form_data(page, title="Kế hoạch mới")`, with the version it was loaded from.
    """
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(instance=page)
    data = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(_model_field(page, name), StreamField):
            data[f"{name}-count"] = "0"
        elif field.widget.input_type == "checkbox" if hasattr(field.widget, "input_type") else False:
            data |= {name: "on"} if value else {}
        elif isinstance(value, (list, tuple)):
            data[name] = [str(getattr(item, "pk", item)) for item in value]
        else:
            data[name] = "" if value is None else str(getattr(value, "pk", value))
    for formset in form.formsets.values():
        data |= {
            f"{formset.prefix}-TOTAL_FORMS": str(formset.initial_form_count()),
            f"{formset.prefix}-INITIAL_FORMS": str(formset.initial_form_count()),
            f"{formset.prefix}-MIN_NUM_FORMS": "0",
            f"{formset.prefix}-MAX_NUM_FORMS": "1000",
        }
        for row in formset.initial_forms:
            data |= {row.add_prefix(name): _typed(row[name].value()) for name in row.fields}
    if page.pk and (newest := page.get_latest_revision()):
        data |= {
            "loaded_revision_id": str(newest.pk),
            "loaded_revision_created_at": newest.created_at.isoformat(),
        }
    return data | changes


def _typed(value) -> str:
    return "" if value in (None, False) else str(getattr(value, "pk", value))


def _model_field(page, name: str):
    names = {field.name: field for field in page._meta.get_fields()}
    return names.get(name)


def edit_address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_address(parent, model) -> str:
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def draft(parent, page, user):
    """A draft that this person wrote."""
    page.live, page.owner = False, user
    parent.add_child(instance=page)
    page.save_revision(user=user)
    return type(page).objects.get(pk=page.pk)


def messages_of(response) -> str:
    """Every message the person is shown, in one text."""
    return " ".join(str(message) for message in response.context["messages"])


def newest(page):
    """The newest version of a page as the database holds it now."""
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
