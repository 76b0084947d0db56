"""Admin addresses of our own, and gates before some of Wagtail's; included before those."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import reports, workflows
from wagtail.admin.views import chooser
from wagtail.admin.views.bulk_action import index as bulk_action
from wagtail.utils.urlpatterns import decorate_urlpatterns

from directives.choosing import choose_citations
from directives.intake import list_actions as intake_list
from directives.intake.picture_views import show_head, show_page
from directives.intake.review_views import review
from directives.intake.views import upload
from portal.office import tag_names
from portal.office.gates import for_choosable_pages, for_office, for_own_rows, gated, refuse
from portal.office.urgent_views import UrgentPublicationView, UrgentReviewView

choose_child = for_choosable_pages(chooser.BrowseView.as_view())
choose_many = for_choosable_pages(chooser.ChosenMultipleView.as_view())

urlpatterns = [
    path("nhap-van-ban/", upload, name="intake_upload"),
    path("nhap-van-ban/<int:pk>/doc-lai/", intake_list.retry, name="intake_retry"),
    path("nhap-van-ban/<int:pk>/huy/", intake_list.cancel, name="intake_cancel"),
    path("nhap-van-ban/<int:pk>/xoa/", intake_list.discard, name="intake_discard"),
    path("nhap-van-ban/<int:pk>/", review, name="intake_review"),
    path("nhap-van-ban/<int:pk>/trang/<int:number>/", show_page, name="intake_page_image"),
    path("nhap-van-ban/<int:pk>/dau-trang/", show_head, name="intake_crop"),
    path("vien-dan/<int:page_id>/", choose_citations, name="choose_citations"),
    path("dang-khan/", UrgentReviewView.as_view(), name="urgent_review"),
    path("dang-khan/<int:page_id>/", UrgentPublicationView.as_view(), name="urgent_publication"),
    *gated(reports.urlpatterns, "reports/", for_office),
    *gated([each for each in workflows.urlpatterns if "task_chooser" in str(each.pattern)], "workflows/", for_office),
    path("choose-page/<int:parent_page_id>/", choose_child),
    path("choose-page/chosen-multiple/", choose_many),
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", for_own_rows(bulk_action)),
    path("collections/<int:collection_id>/privacy/", refuse),
    path("images/", tag_names.ImageListView.as_view()),
    path("images/results/", tag_names.ImageListView.as_view(results_only=True)),
    path("documents/", tag_names.DocumentListView.as_view()),
    path("documents/results/", tag_names.DocumentListView.as_view(results_only=True)),
    path("tag-autocomplete/", tag_names.suggest_tags),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", tag_names.suggest_tags),
    path("snippets/choose/portal/membership/", refuse),
    path("snippets/choose/portal/membership/<path:rest>", refuse),
    path("failwhale/", refuse),
    path("api/main/images/", refuse),
    path("api/main/images/<path:rest>", refuse),
    path("api/main/documents/", refuse),
    path("api/main/documents/<path:rest>", refuse),
]
urlpatterns = decorate_urlpatterns(urlpatterns, never_cache)
urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)
