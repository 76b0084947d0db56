"""Admin addresses of our own, and gates before some of Wagtail's; included before those."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import reports
from wagtail.admin.views import chooser
from wagtail.admin.views.bulk_action import index as bulk_action
from wagtail.utils.urlpatterns import decorate_urlpatterns

from directives.intake.views import upload
from portal.office.gates import for_choosable_pages, for_office, for_own_rows, gated, refuse
from portal.office.urgent_views import UrgentPublicationView, UrgentReviewView

choose_child = for_choosable_pages(chooser.BrowseView.as_view())
choose_many = for_choosable_pages(chooser.ChosenMultipleView.as_view())

urlpatterns = [
    path("nhap-van-ban/", upload, name="intake_upload"),
    path("dang-khan/", UrgentReviewView.as_view(), name="urgent_review"),
    path("dang-khan/<int:page_id>/", UrgentPublicationView.as_view(), name="urgent_publication"),
    *gated(reports.urlpatterns, "reports/", for_office),
    path("choose-page/<int:parent_page_id>/", choose_child),
    path("choose-page/chosen-multiple/", choose_many),
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", for_own_rows(bulk_action)),
    path("collections/<int:collection_id>/privacy/", refuse),
    path("failwhale/", refuse),
    path("api/main/images/", refuse),
    path("api/main/images/<path:rest>", refuse),
    path("api/main/documents/", refuse),
    path("api/main/documents/<path:rest>", refuse),
]
urlpatterns = decorate_urlpatterns(urlpatterns, never_cache)
urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)
