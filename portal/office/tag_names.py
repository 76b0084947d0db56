"""Tags in the admin: everywhere only names that stand on files the person works with."""

from django.db.models import Count, QuerySet
from django.http import JsonResponse
from taggit.models import Tag, TaggedItem
from wagtail.documents.views import documents
from wagtail.images.views import chooser, images
from wagtail.permissions import policy_registry

from home.models import PortalDocument, PortalImage

MOST = 10
ACTIONS = ("choose", "change", "delete")


def known_tags(user, *models) -> QuerySet[Tag]:
    """The tags of those files of these models that the person works with."""
    own = TaggedItem.objects.none()
    for model in models:
        files = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ACTIONS)
        label = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
        own = own | TaggedItem.objects.filter(object_id__in=files.values("pk"), **label)
    return Tag.objects.filter(pk__in=own.values("tag_id"))


def suggest_tags(request, app_name: str = "", model_name: str = "") -> JsonResponse:
    """`/quan-tri/tag-autocomplete/?term=mu`, e.g. `["mùa khô", "mùa mưa"]`: never a tag of another unit's files."""
    tags, term = known_tags(request.user, PortalImage, PortalDocument), request.GET.get("term", "")
    names = tags.filter(name__istartswith=term).order_by("name") if term else tags.none()
    return JsonResponse(list(names.values_list("name", flat=True)[:MOST]), safe=False)


def often_used(user, model) -> QuerySet[Tag]:
    """The ten tags most used on the person's files of a model."""
    tags = known_tags(user, model).annotate(uses=Count("taggit_taggeditem_items"))
    return tags.order_by("-uses", "name")[:MOST]


class KnownTags:
    """For Wagtail's filters of files: it would offer the tags of every unit."""

    def __init__(self, *args, request=None, **kwargs):
        super().__init__(*args, request=request, **kwargs)
        names = [tag.name for tag in often_used(request.user, self._meta.model)]
        if not names:
            self.filters.pop("tag", None)
        elif "tag" in self.filters:
            self.filters["tag"].extra["choices"] = [(name, name) for name in names]


class ImageFilters(KnownTags, images.ImagesFilterSet):
    class Meta(images.ImagesFilterSet.Meta):
        pass


class DocumentFilters(KnownTags, documents.DocumentsFilterSet):
    class Meta(documents.DocumentsFilterSet.Meta):
        pass


class ImageListView(images.IndexView):
    filterset_class = ImageFilters


class DocumentListView(documents.IndexView):
    filterset_class = DocumentFilters


class ImageChooseView(chooser.ImageChooseView):
    def get_context_data(self, **kwargs):
        own = {"popular_tags": often_used(self.request.user, PortalImage)}
        return super().get_context_data(**kwargs) | own


def narrow_the_image_chooser() -> None:
    """Wagtail's chooser is one object made at import; it builds its addresses later, from this class."""
    chooser.viewset.choose_view_class = ImageChooseView
