"""Addresses of the readers' answers and of saved searches."""

from django.urls import path

from search.office.feedback import take_feedback
from search.office.saved_views import add_saved, change_saved, delete_saved, show_saved

urlpatterns = [
    path("tim-kiem/y-kien/", take_feedback, name="search_feedback"),
    path("noi-bo/tim-kiem-da-luu/", show_saved, name="saved_searches"),
    path("noi-bo/tim-kiem-da-luu/them/", add_saved, name="saved_search_add"),
    path("noi-bo/tim-kiem-da-luu/<int:pk>/sua/", change_saved, name="saved_search_change"),
    path("noi-bo/tim-kiem-da-luu/<int:pk>/xoa/", delete_saved, name="saved_search_delete"),
]
