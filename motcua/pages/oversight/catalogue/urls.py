"""Addresses: the catalogue's life, on-site list, reviews and processes."""

from django.urls import URLPattern, path

from motcua.pages.oversight.catalogue import groups, procedure, record, views

urlpatterns: list[URLPattern] = [
    path("danh-muc/", views.catalogue, name="catalogue"),
    path("danh-muc/thoi-han/", views.catalogue_deadlines, name="catalogue_deadlines"),
    path("danh-muc/quy-trinh/", views.catalogue_processes, name="catalogue_processes"),
    path("danh-muc/quy-trinh/<int:process_id>/", views.catalogue_process, name="catalogue_process"),
    path("danh-muc/lien-thong/", groups.catalogue_groups, name="catalogue_groups"),
    path("danh-muc/tai-cho/", views.catalogue_onsite, name="catalogue_onsite"),
    path("danh-muc/ra-soat/", views.catalogue_reviews, name="catalogue_reviews"),
    path("danh-muc/ra-soat/<int:reviewed_id>/", record.catalogue_proposal, name="catalogue_proposal"),
    path("danh-muc/giay-to-da-co/", views.known_data, name="known_data"),
    path("danh-muc/tai-ve/<slug:of>.xlsx", views.catalogue_xlsx, name="catalogue_xlsx"),
    path("danh-muc/ghi-nhan/<slug:what>/", record.catalogue_record, name="catalogue_record"),
    path("danh-muc/dinh-chinh/<int:event_id>/", record.catalogue_correct, name="catalogue_correct"),
    path("danh-muc/thu-tuc/<str:code>/", procedure.catalogue_procedure, name="catalogue_procedure"),
]
