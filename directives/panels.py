"""The editor's form of an official document, in the order of the document itself."""

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from directives.citation_panels import UndecidedPanel
from directives.evidence_panels import EvidencePanel, MissingPanel
from home.base import SitePage

NUMBER_PANELS = MultiFieldPanel(
    [
        FieldRowPanel([EvidencePanel("kind"), FieldPanel("printed_kind")]),
        FieldRowPanel([EvidencePanel("number"), FieldPanel("separator"), EvidencePanel("notation")]),
        FieldRowPanel([EvidencePanel("issued_on"), EvidencePanel("place")]),
        EvidencePanel("abstract", widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500})),
    ],
    heading="Số, ký hiệu và trích yếu",
)
ISSUER_PANELS = MultiFieldPanel(
    [
        FieldPanel("issuer"),
        FieldRowPanel([EvidencePanel("issuer_name"), EvidencePanel("parent_issuer_name")]),
        EvidencePanel("signers"),
        EvidencePanel("addressees"),
        EvidencePanel("recipients"),
        FieldPanel("urgency"),
        FieldPanel("unit", heading="Đơn vị soạn thảo"),
    ],
    heading="Ban hành, ký và nơi nhận",
)
TEXT_PANELS = [
    FieldPanel("body"),
    UndecidedPanel(),
    EvidencePanel("cited"),
    FieldPanel("attachments"),
]
VALIDITY_PANELS = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("effective_from"), FieldPanel("effective_until")]),
        FieldPanel("validity"),
        FieldRowPanel([FieldPanel("validity_source"), FieldPanel("validity_checked_on")]),
        FieldPanel("application"),
    ],
    heading="Hiệu lực và tình trạng áp dụng",
)
SECRECY_PANEL = FieldPanel("is_not_secret")

directive_edit_handler = TabbedInterface(
    [
        ObjectList(
            [
                MissingPanel(),
                FieldPanel("title"),
                NUMBER_PANELS,
                ISSUER_PANELS,
                FieldPanel("fields", widget=forms.CheckboxSelectMultiple),
                SECRECY_PANEL,
                SitePage.audience_panel,
            ],
            heading="Văn bản",
        ),
        ObjectList(TEXT_PANELS, heading="Toàn văn, tệp"),
        ObjectList(
            [VALIDITY_PANELS, InlinePanel("relations", heading="Văn bản liên quan", label="văn bản")],
            heading="Hiệu lực, quan hệ",
        ),
        ObjectList(SitePage.promote_panels + SitePage.settings_panels, heading="Đường dẫn, hẹn giờ"),
    ]
)
