"""Who acts, and from where: the request that is being answered, else whoever runs the command."""

from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.log_actions import get_active_log_context

from search.client_address import client_address

SYSTEM = "Hệ thống"
_request: ContextVar[HttpRequest | None] = ContextVar("audited_request", default=None)
enter, leave = _request.set, _request.reset


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as it is frozen in the log: `Actor(4, "Trần Thị Thử (vanphong)", "10.0.0.7")`."""

    id: int | None = None
    name: str = SYSTEM
    address: str = ""


def actor(user=None) -> Actor:
    """This person, else whoever is signed in, else the system itself."""
    request = _request.get()
    person = user if _is_person(user) else _present(request)
    address = client_address(request)[:45] if request else ""
    if person is None:
        return Actor(name="Người chưa đăng nhập" if request else SYSTEM, address=address)
    return Actor(person.pk, f"{person.get_full_name()} ({person.get_username()})"[:255], address)


def is_reading() -> bool:
    """Whether a body goes to somebody: not for HEAD."""
    request = _request.get()
    return request is None or request.method != "HEAD"


def _present(request):
    told = get_active_log_context().user
    if _is_person(told):
        return told
    present = getattr(request, "user", None)
    return present if _is_person(present) else None


def _is_person(user) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.pk)
