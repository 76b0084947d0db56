"""The editor's form of an exemplary story."""

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)

from home.base import SitePage

SUBJECT_PANELS = MultiFieldPanel(
    [
        FieldPanel("kind"),
        FieldPanel("subject"),
        FieldRowPanel([FieldPanel("office_then"), FieldPanel("unit_then")]),
        FieldPanel("unit"),
        FieldPanel("story_year"),
    ],
    heading="Gương điển hình",
)
PHOTO_PANELS = MultiFieldPanel(
    [FieldPanel("photo"), FieldPanel("photo_alt"), FieldPanel("photo_credit")], heading="Ảnh chính"
)
CAMPAIGN_PANELS = MultiFieldPanel(
    [
        PageChooserPanel("campaign", "news.CampaignPage"),
        FieldPanel("campaign_task"),
        FieldPanel("proposed_by"),
        FieldPanel("replicated_at"),
        FieldPanel("fields", widget=forms.CheckboxSelectMultiple),
    ],
    heading="Phong trào và lĩnh vực",
)

story_edit_handler = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title"),
                SUBJECT_PANELS,
                FieldPanel("summary"),
                PHOTO_PANELS,
                FieldPanel("achievements"),
                MultiFieldPanel([FieldPanel("quote"), FieldPanel("quote_by")], heading="Lời trích"),
                FieldPanel("body"),
                CAMPAIGN_PANELS,
            ],
            heading="Bài viết",
        ),
        ObjectList(
            [
                InlinePanel("commendations", heading="Khen thưởng", label="quyết định khen thưởng"),
                InlinePanel("consents", heading="Đồng ý công khai hình ảnh, thông tin", label="phiếu đồng ý"),
                FieldPanel("public_until_on"),
                SitePage.audience_panel,
            ],
            heading="Khen thưởng, đồng ý công khai",
        ),
        ObjectList(SitePage.promote_panels + SitePage.settings_panels, heading="Đường dẫn, hẹn giờ"),
    ]
)
