from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Trang chủ và đơn vị"

    def ready(self) -> None:
        from home.purging import delivery, orders
        from home.purging import signals as purge_signals
        from home.signals import connect

        connect()
        purge_signals.connect()
        orders.call_after_order(delivery.messenger.wake)
