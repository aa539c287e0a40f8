"""Addresses of the control room."""

from django.urls import URLPattern, path

from motcua.pages.control import ahead, lab

app_name = "control"
urlpatterns: list[URLPattern] = [
    path("sap-toi/", ahead.likely, name="likely"),
    path("khoi-luong/", ahead.load, name="load"),
    path("khoi-luong/<int:office_id>/", ahead.office_load, name="office_load"),
    path("thu-nghiem/", lab.lab, name="lab"),
    path("thu-nghiem/<str:code>/", lab.lab_procedure, name="lab_procedure"),
]
