"""Models of official documents."""

from directives.models.catalogue import CitationAlias, DocumentKind, Organ, OrganName, SubjectField
from directives.models.citation import Citation
from directives.models.directive import DirectivePage
from directives.models.directive_index import DirectiveIndexPage
from directives.models.intake_record import AT_WORK, IntakeBatch, IntakeRecord, IntakeState
from directives.models.original import Original
from directives.models.relation import Relation
from directives.models.stub import DocumentStub

__all__ = [
    "AT_WORK",
    "Citation",
    "CitationAlias",
    "DirectiveIndexPage",
    "DirectivePage",
    "DocumentKind",
    "DocumentStub",
    "IntakeBatch",
    "IntakeRecord",
    "IntakeState",
    "Organ",
    "OrganName",
    "Original",
    "Relation",
    "SubjectField",
]
