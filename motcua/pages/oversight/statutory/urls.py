"""Addresses: the forms that the law wants reports in, and why dossiers are late."""

from django.urls import URLPattern, path

from motcua.pages.oversight.statutory import causes, lists, views

urlpatterns: list[URLPattern] = [
    path("bieu-mau/", views.statutory, name="statutory"),
    path("bieu-mau/tai-ve.xlsx", views.statutory_xlsx, name="statutory_xlsx"),
    path("bieu-mau/tai-ve.pdf", views.statutory_pdf, name="statutory_pdf"),
    path("bieu-mau/tai-ve.json", views.statutory_json, name="statutory_json"),
    path("bieu-mau/so-theo-doi.pdf", views.statutory_register, name="statutory_register"),
    path("bieu-mau/danh-sach/", lists.statutory_list, name="statutory_list"),
    path("bieu-mau/danh-sach/tai-ve.xlsx", lists.statutory_list_xlsx, name="statutory_list_xlsx"),
    path("nguyen-nhan/", causes.late_causes, name="late_causes"),
    path("nguyen-nhan/<int:dossier_id>/", causes.late_cause, name="late_cause"),
]
