from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Tin tức, phong trào, gương điển hình"

    def ready(self) -> None:
        from news.campaign_filling import register
        from news.signals import connect

        register()
        connect()
