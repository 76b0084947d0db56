"""The WSGI application that gunicorn serves; its processes also read files and do what the index is waiting for."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


def build_application():
    """Django, loaded, with the workers of this process around it."""
    django_application = get_wsgi_application()
    # Models may only be imported once Django is loaded.
    from directives.intake.in_process import InProcessReader
    from portal.checks import faults
    from search.in_process import InProcessWorker

    if found := faults():
        reasons = "\n".join(f"- {each.msg} {each.hint or ''}".rstrip() for each in found)
        raise ImproperlyConfigured(f"Cổng không được phục vụ ra ngoài máy này khi:\n{reasons}")
    return InProcessReader(InProcessWorker(django_application))


application = build_application()
