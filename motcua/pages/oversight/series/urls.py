"""Addresses: one measure over months, across reorganisations."""

from django.urls import URLPattern, path

from motcua.pages.oversight.series import views

urlpatterns: list[URLPattern] = [
    path("theo-thoi-gian/", views.series, name="series"),
    path("theo-thoi-gian/tai-ve.xlsx", views.series_xlsx, name="series_xlsx"),
    path("theo-thoi-gian/tai-ve.json", views.series_json, name="series_json"),
    path("theo-thoi-gian/ho-so/", views.series_list, name="series_list"),
    path("theo-thoi-gian/ho-so/tai-ve.xlsx", views.series_list_xlsx, name="series_list_xlsx"),
]
