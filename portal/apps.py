from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Cổng thông tin"

    def ready(self) -> None:
        from portal import audited, session_ends
        from portal import checks as checks  # Django knows the checks from now on
        from portal.admin_words import label_unnamed_fields, name_first_rows
        from portal.office import workflow_letters
        from portal.office.signals import connect

        connect()
        workflow_letters.connect()
        audited.connect()
        session_ends.connect()
        label_unnamed_fields()
        # The last app with models: when its turn comes all permissions are there to be named.
        post_migrate.connect(name_first_rows, sender=apps.get_app_config("sessions"))
