"""Models of the frame: department, front page, units, plain pages, files."""

from home.models.audit import AuditCheckpoint, AuditEvent, AuditHead
from home.models.department import Department
from home.models.home_page import HomePage
from home.models.media import PortalDocument, PortalImage, PortalRendition
from home.models.plain_page import PlainPage
from home.models.purge_order import PurgeOrder
from home.models.unit import UnitPage
from home.models.unit_history import UnitEvent, UnitLeader, UnitName
from home.models.unit_index import UnitIndexPage

__all__ = [
    "AuditCheckpoint",
    "AuditEvent",
    "AuditHead",
    "Department",
    "HomePage",
    "PlainPage",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PurgeOrder",
    "UnitEvent",
    "UnitIndexPage",
    "UnitLeader",
    "UnitName",
    "UnitPage",
]
