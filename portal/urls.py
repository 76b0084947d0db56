"""Every address of the portal with its access class; pages come last."""

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from home.files import serve_file, serve_picture
from home.unit_archive import show_unit_archive, show_unit_register, show_unit_register_csv
from home.views import change_display, serve_page
from intranet.views import show_directory, show_intranet
from portal.health import show_ready
from portal.plain_files import show_favicon, show_robots, show_security_text
from portal.sign_in import SignInView
from search.api import answer_search, show_description
from search.archive_views import show_archive, show_register, show_register_csv
from search.exports import export_results
from search.feeds import SearchFeed, SectionFeed
from search.sitemap import EntrySitemap
from search.suggesting import show_suggestions
from search.views import describe_search, show_results

SITEMAPS = {"trang": EntrySitemap}

urlpatterns = [
    path("quan-tri/login/", SignInView.as_view(), name="wagtailadmin_login"),
    path("quan-tri/", include("portal.admin_urls")),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tai-ve/<str:document_filename>", serve_file, name="file"),
    path("tai-ve/<int:document_id>/<str:document_filename>", serve_file, name="wagtaildocs_serve"),
    path("tep/<path:path>", serve_picture, name="picture"),
    path("tim-kiem/", show_results, name="search"),
    path("tim-kiem/goi-y/", show_suggestions, name="suggestions"),
    path("tim-kiem/ket-qua.<slug:form>", export_results, name="search_export"),
    path("tim-kiem/atom.xml", SearchFeed(), name="search_feed"),
    path("opensearch.xml", describe_search, name="opensearch"),
    path("api/tim-kiem", answer_search, name="search_api"),
    path("api/tim-kiem/mo-ta.json", show_description, name="search_api_description"),
    path("kho-luu-tru/", show_archive, name="archive"),
    path("kho-luu-tru/so-van-ban.xlsx", show_register, name="register"),
    path("kho-luu-tru/so-van-ban.csv", show_register_csv, name="register_csv"),
    path("don-vi/<path:unit_path>/luu-tru/", show_unit_archive, name="unit_archive"),
    path("don-vi/<path:unit_path>/luu-tru/so-van-ban.xlsx", show_unit_register, name="unit_register"),
    path("don-vi/<path:unit_path>/luu-tru/so-van-ban.csv", show_unit_register_csv, name="unit_register_csv"),
    path("hien-thi/", change_display, name="display"),
    path("noi-bo/", show_intranet, name="intranet"),
    path("noi-bo/danh-ba/", show_directory, name="staff_directory"),
    path("", include("search.office.urls")),
    *([path("", include("portal.sso.urls"))] if settings.HAS_SSO else []),
    path("dang-nhap/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True), name="sign_in"),
    path("dang-xuat/", auth_views.LogoutView.as_view(next_page="/"), name="sign_out"),
    path("<slug:section>/atom.xml", SectionFeed(), name="feed"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("robots.txt", show_robots, name="robots"),
    path(".well-known/security.txt", show_security_text, name="security_text"),
    path("favicon.ico", show_favicon, name="favicon"),
    path("healthz/ready", show_ready, name="ready"),
    # Wagtail reverses this name for every page address.
    re_path(r"^((?:[\w\-]+/)*[\w\-]*)$", serve_page, name="wagtail_serve"),
]

handler500 = "home.disk_full.answer_error"
