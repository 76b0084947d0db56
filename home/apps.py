from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Trang chủ và đơn vị"

    def ready(self) -> None:
        from home.signals import connect

        connect()
