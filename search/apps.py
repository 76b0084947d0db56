from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Tìm kiếm"

    def ready(self) -> None:
        from search.extraction import checks  # noqa: F401 - registers itself
        from search.signals import connect

        connect()
