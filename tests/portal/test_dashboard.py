"""The first page after signing in lists nothing that the person has lost."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from directives.models import DirectiveIndexPage, DirectivePage
from tests.office import draft, edit_address, form_data

pytestmark = pytest.mark.django_db
HOME = "/quan-tri/"


def test_what_went_to_another_unit_is_listed_no_more(office, client):
    page = DirectivePage(title="Kế hoạch sử dụng đất", unit=office.land, audience="public")
    page = draft(DirectiveIndexPage.objects.get(), page, office.land_editor)
    client.force_login(office.land_editor)
    client.post(edit_address(page), form_data(page, **{"action-submit": "1"}))
    lock = {"locked": True, "locked_by": office.land_editor, "locked_at": timezone.now()}
    Page.objects.filter(pk=page.pk).update(**lock)
    listed = client.get(HOME).content.decode()
    assert "Bài của tôi đang trình duyệt" in listed and "Kế hoạch sử dụng đất" in listed
    page.unit, page.title = office.water, "zqmoi"
    page.save()
    page.save_revision(user=office.clerk)
    assert "zqmoi" in Page.objects.get(pk=page.pk).get_admin_display_title()
    html = client.get(HOME).content.decode()
    assert "zqmoi" not in html and "Kế hoạch sử dụng đất" not in html
    client.force_login(office.clerk)
    assert "zqmoi" in client.get(HOME).content.decode(), "who edited it last does meet it"
