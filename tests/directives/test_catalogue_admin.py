"""The forms of the catalogues in the admin: what an editor may change, and what is refused."""

from datetime import date

import pytest

from directives.catalogue_admin import CatalogueGroup, DocumentKindViewSet, OrganViewSet
from directives.models import DocumentKind, Organ
from news.catalogue_admin import CatalogueGroup as EmulationCatalogueGroup

pytestmark = pytest.mark.django_db
VIEWSETS = [*CatalogueGroup.items, *EmulationCatalogueGroup.items]


def form_of(viewset, data=None, **options):
    return viewset().get_form_class()(data, **options)


def names_formset(*rows):
    management = {"names-TOTAL_FORMS": len(rows), "names-INITIAL_FORMS": 0}
    cells = {f"names-{number}-{key}": text for number, row in enumerate(rows) for key, text in row.items()}
    return management | cells


@pytest.mark.parametrize("viewset", VIEWSETS, ids=lambda viewset: viewset.__name__)
def test_identity_and_digest_are_out_of_the_editors_reach(viewset):
    form = form_of(viewset)
    assert form.fields
    assert not {"slug", "shipped", "folded"} & set(form.fields)


@pytest.mark.parametrize("viewset", VIEWSETS, ids=lambda viewset: viewset.__name__)
def test_every_field_of_the_file_but_the_slug_is_on_the_form(viewset):
    form = form_of(viewset)
    expected = {field.name for field in viewset.model.shipped_fields()} - {"slug"}
    assert expected == set(form.fields)


def test_a_new_kind_gets_a_slug_and_is_found_at_once():
    form = form_of(DocumentKindViewSet, {"name": "Báo cáo nhanh", "code": "BCN", "series": "other", "position": 1})
    assert form.is_valid(), form.errors
    assert form.save().slug == "bao_cao_nhanh"
    assert DocumentKind.objects.matching("bao cao").exists()


def test_dates_the_wrong_way_round_are_refused_in_vietnamese():
    data = {"name": "Báo cáo", "series": "other", "position": 1}
    form = form_of(DocumentKindViewSet, data | {"valid_from": "05/03/2024", "valid_until": "04/03/2024"})
    assert not form.is_valid()
    assert form.errors["valid_until"] == ["Ngày hết hiệu lực không được trước ngày bắt đầu có hiệu lực."]


def test_an_organ_is_entered_with_its_names_in_time():
    names = names_formset(
        {"name": "Phòng Cũ", "code": "PC", "valid_until": "28/02/2025", "position": 0},
        {"name": "Phòng Mới", "code": "PM", "valid_from": "01/03/2025", "position": 1},
    )
    form = form_of(OrganViewSet, {"level": "other", "place": "Kon Tum", "position": 5} | names)
    assert form.is_valid(), (form.errors, form.formsets["names"].errors)
    form.save()
    organ = Organ.objects.get()
    assert organ.slug == "khac_kon_tum"
    assert [organ.code_on(day) for day in (date(2025, 2, 28), date(2025, 3, 1))] == ["PC", "PM"]
    assert Organ.objects.find(name="phòng cũ") == [organ]


def test_an_organ_without_a_name_is_refused():
    form = form_of(OrganViewSet, {"level": "other", "position": 5} | names_formset())
    assert not form.is_valid()
