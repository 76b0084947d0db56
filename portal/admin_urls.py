"""Admin addresses of our own, before Wagtail's."""

urlpatterns: list = []
