"""The panel that tells the editor which citations may mean several documents."""

from wagtail.admin.panels import Panel

from directives.choosing import described, undecided

#: Longer lists are looked through only when somebody asks.
MOST_ASKED = 60


class UndecidedPanel(Panel):
    """Citations that wait for a person to say which document they mean, and the way to the questions."""

    def __init__(self, heading="Viện dẫn chưa xác định", icon="link", **kwargs):
        super().__init__(heading=heading, icon=icon, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin_panels/undecided.html"

        def get_context_data(self, parent_context=None) -> dict:
            context = super().get_context_data(parent_context)
            is_short = len(self.instance.cited) <= MOST_ASKED
            rows = undecided(self.instance, self.request.user) if self.instance.pk and is_short else []
            context["questions"] = [(row.text, [described(page) for page in pages]) for row, pages in rows]
            context["is_long"] = bool(self.instance.pk) and not is_short
            return context
