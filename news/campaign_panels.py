"""The editor's form of a campaign."""

from django import forms
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface

from directives.evidence_panels import EvidencePanel, MissingPanel
from directives.panels import ISSUER_PANELS, NUMBER_PANELS, SECRECY_PANEL, TEXT_PANELS
from home.base import SitePage

CAMPAIGN_PANELS = [
    FieldRowPanel([FieldPanel("code"), EvidencePanel("campaign_year")]),
    FieldRowPanel([FieldPanel("emulation_form"), FieldPanel("emulation_scope")]),
    EvidencePanel("scope_text"),
    EvidencePanel("participants"),
    FieldPanel("theme"),
    EvidencePanel("sides"),
    EvidencePanel("slogans"),
    EvidencePanel("objectives"),
    EvidencePanel("tasks"),
    EvidencePanel("targets"),
    FieldPanel("criteria"),
    EvidencePanel("occasions"),
]
TIME_PANELS = [
    FieldRowPanel([EvidencePanel("period_from"), EvidencePanel("period_until")]),
    FieldRowPanel([FieldPanel("pledge_deadline_on"), FieldPanel("dossier_deadline_on")]),
    FieldPanel("stages"),
    FieldPanel("parent_campaign"),
    FieldPanel("results"),
    FieldPanel("application"),
]

campaign_edit_handler = TabbedInterface(
    [
        ObjectList(
            [MissingPanel(), FieldPanel("title"), *CAMPAIGN_PANELS, SECRECY_PANEL, SitePage.audience_panel],
            heading="Phong trào",
        ),
        ObjectList(TIME_PANELS, heading="Thời gian, kết quả"),
        ObjectList(
            [
                NUMBER_PANELS,
                ISSUER_PANELS,
                MultiFieldPanel([FieldPanel("fields", widget=forms.CheckboxSelectMultiple)], heading="Lĩnh vực"),
            ],
            heading="Văn bản phát động",
        ),
        ObjectList(TEXT_PANELS, heading="Toàn văn, tệp"),
        ObjectList(SitePage.promote_panels + SitePage.settings_panels, heading="Đường dẫn, hẹn giờ"),
    ]
)
