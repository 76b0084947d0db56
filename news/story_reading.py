"""A story or an article as one reader may see it, with a fixed number of queries however long it is."""

from functools import cached_property

from django.db.models import QuerySet

from home.renditions import load_renditions, pictures_in
from search.models import Entry


class ArticleReading:
    """What templates ask of a page with a photo, running text and a unit in charge."""

    linked_fields = ("unit_id",)

    def __init__(self, page, user):
        self.page = page
        self.user = user

    @cached_property
    def entries(self) -> dict[int, Entry]:
        """The listing rows of the page and of those it names, as far as the reader may see them."""
        wanted = {getattr(self.page, name) for name in self.linked_fields} | {self.page.pk}
        rows = Entry.objects.visible_to(self.user).filter(page_id__in=wanted - {None})
        return {row.page_id: row for row in rows.select_related("picture")}

    @property
    def unit(self) -> Entry | None:
        """The unit in charge, None when the reader may not see it."""
        return self.entries.get(self.page.unit_id)

    @property
    def topics(self) -> list[str]:
        own = self.entries.get(self.page.pk)
        return own.topic_names if own else [field.name for field in self.page.fields.all()]

    @cached_property
    def photo(self):
        """The main photo, every size of it and of the pictures in the text loaded."""
        own = self.entries.get(self.page.pk)
        is_same = own and own.picture and own.picture_id == self.page.photo_id
        photo = own.picture if is_same else self.page.photo
        load_renditions([photo, *pictures_in(self.page.body)])
        return photo


class StoryReading(ArticleReading):
    """The same for an exemplary story, with its campaign and its awards."""

    linked_fields = ("unit_id", "campaign_id")

    @property
    def campaign(self) -> Entry | None:
        return self.entries.get(self.page.campaign_id)

    @cached_property
    def commendations(self) -> list:
        """The awards with their forms and levels."""
        rows = self.page.commendations.all()
        # A preview holds its rows in memory.
        return list(rows.select_related("form", "level") if isinstance(rows, QuerySet) else rows)
