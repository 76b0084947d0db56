"""The panel that tells the editor which citations may mean several documents."""

from collections.abc import Callable

from wagtail.admin.panels import Panel

#: Longer lists are looked through only when somebody asks.
MOST_ASKED = 60

Questions = list[tuple[str, list[str]]]
#: Who knows the questions stands above the models, and the models have this panel in their form.
_asked: list[Callable[..., Questions]] = []


def ask_by(questions_of: Callable[..., Questions]) -> None:
    """Let the panel show what `questions_of(page, user)` gives: `[("Chỉ thị số 39-CT/TW", ["…", "…"])]`."""
    _asked[:] = [questions_of]


class UndecidedPanel(Panel):
    """Citations that wait for a person to say which document they mean, and the way to the questions."""

    def __init__(self, heading="Viện dẫn chưa xác định", icon="link", **kwargs):
        super().__init__(heading=heading, icon=icon, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin_panels/undecided.html"

        def get_context_data(self, parent_context=None) -> dict:
            context = super().get_context_data(parent_context)
            page = self.instance
            context["page_id"] = page.pk
            context["is_long"] = bool(page.pk) and len(page.cited) > MOST_ASKED
            is_asked = page.pk and not context["is_long"]
            context["questions"] = [row for ask in _asked for row in ask(page, self.request.user)] if is_asked else []
            return context
