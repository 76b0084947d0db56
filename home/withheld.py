"""Tells an editor which pictures of a page no reader gets to see, since their person took the consent back."""

from django.utils.formats import date_format
from wagtail.fields import StreamField

from home.base import SitePage
from home.blocks import images_in
from home.models import PortalImage


def withheld_in(page: SitePage) -> list[str]:
    """A sentence for each withheld picture of the page as it was last written.

    Example: `["Ảnh “Thu hoạch” đã ẩn khỏi cổng từ ngày 05/03/2024 vì …"]`.
    """
    newest = page.get_latest_revision_as_object()
    fields = newest._meta.get_fields()
    streams = (getattr(newest, each.name) for each in fields if isinstance(each, StreamField))
    chosen = (
        getattr(newest, each.attname) for each in fields if each.many_to_one and each.related_model is PortalImage
    )
    numbers = {*chosen, *(number for stream in streams for number in images_in(stream))}
    images = PortalImage.objects.filter(pk__in=numbers).exclude(withheld_on=None).order_by("pk")
    return [
        f"Ảnh “{image.title}” đã ẩn khỏi cổng từ ngày {date_format(image.withheld_on, 'd/m/Y')} vì người trong ảnh"
        " đã rút lại đồng ý; trang này hiện không có ảnh ấy. Hãy chọn ảnh khác hoặc bỏ ảnh."
        for image in images
    ]
