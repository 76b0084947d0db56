from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "directives"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from directives.intake import audited
        from directives.signals import connect

        connect()
        audited.connect()
