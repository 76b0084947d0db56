"""Where sessions are kept (SESSION_ENGINE): in the database, each with the account it belongs to."""

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Django's store with rows that name their account."""

    @classmethod
    def get_model_class(cls):
        return apps.get_model("portal.StaffSession")

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        account = str(data.get(SESSION_KEY, ""))
        row.account_id = int(account) if account.isdigit() else None
        return row
