"""Addresses of the oversight."""

from django.urls import URLPattern, path

from motcua.pages.oversight import readings, views

app_name = "oversight"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("bao-cao/", views.report, name="report"),
    path("bao-cao/tai-ve.xlsx", views.report_xlsx, name="report_xlsx"),
    path("bao-cao/tai-ve.json", views.report_json, name="report_json"),
    path("ho-so/", views.dossiers, name="dossiers"),
    path("ho-so/tai-ve.xlsx", views.dossiers_xlsx, name="dossiers_xlsx"),
    path("qua-han/", views.late, name="late"),
    path("nhat-ky-xem/", readings.readings, name="readings"),
    path("co-quan/", views.offices, name="offices"),
]
