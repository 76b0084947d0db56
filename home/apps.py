from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Trang chủ và đơn vị"

    def ready(self) -> None:
        from home.audit import signals as audit_signals
        from home.purging import delivery, orders
        from home.purging import signals as purge_signals
        from home.signals import connect

        # Before the index hears of a change: what it is about to overwrite is asked first.
        audit_signals.connect(self)
        connect()
        purge_signals.connect()
        orders.call_after_order(delivery.messenger.wake)
