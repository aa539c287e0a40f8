"""Addresses of the oversight."""

from django.urls import URLPattern, path

from motcua.pages.oversight import (
    catalogue,
    catalogue_procedure,
    catalogue_record,
    consultations,
    parts,
    readings,
    views,
    voices,
)

app_name = "oversight"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("bao-cao/", views.report, name="report"),
    path("bao-cao/tai-ve.xlsx", views.report_xlsx, name="report_xlsx"),
    path("bao-cao/tai-ve.json", views.report_json, name="report_json"),
    path("ho-so/", views.dossiers, name="dossiers"),
    path("ho-so/tai-ve.xlsx", views.dossiers_xlsx, name="dossiers_xlsx"),
    path("qua-han/", views.late, name="late"),
    path("lay-y-kien/", consultations.consultations, name="consultations"),
    path("phan-viec/", parts.parts, name="parts"),
    path("phan-viec/danh-sach/", parts.part_list, name="part_list"),
    path("danh-gia/", voices.ratings, name="ratings"),
    path("danh-gia/tai-ve.xlsx", voices.ratings_xlsx, name="ratings_xlsx"),
    path("danh-gia/tai-ve.json", voices.ratings_json, name="ratings_json"),
    path("danh-gia/danh-sach/", voices.votes, name="votes"),
    path("phan-anh/", voices.petitions, name="petitions"),
    path("phan-anh/tai-ve.xlsx", voices.petitions_xlsx, name="petitions_xlsx"),
    path("phan-anh/tai-ve.json", voices.petitions_json, name="petitions_json"),
    path("phan-anh/danh-sach/", voices.petition_list, name="petition_list"),
    path("nhat-ky-xem/", readings.readings, name="readings"),
    path("co-quan/", views.offices, name="offices"),
    path("danh-muc/", catalogue.catalogue, name="catalogue"),
    path("danh-muc/thoi-han/", catalogue.catalogue_deadlines, name="catalogue_deadlines"),
    path("danh-muc/quy-trinh/", catalogue.catalogue_processes, name="catalogue_processes"),
    path("danh-muc/quy-trinh/<int:process_id>/", catalogue.catalogue_process, name="catalogue_process"),
    path("danh-muc/lien-thong/", parts.catalogue_groups, name="catalogue_groups"),
    path("danh-muc/tai-cho/", catalogue.catalogue_onsite, name="catalogue_onsite"),
    path("danh-muc/ra-soat/", catalogue.catalogue_reviews, name="catalogue_reviews"),
    path("danh-muc/ra-soat/<int:reviewed_id>/", catalogue_record.catalogue_proposal, name="catalogue_proposal"),
    path("danh-muc/giay-to-da-co/", catalogue.known_data, name="known_data"),
    path("danh-muc/tai-ve/<slug:of>.xlsx", catalogue.catalogue_xlsx, name="catalogue_xlsx"),
    path("danh-muc/ghi-nhan/<slug:what>/", catalogue_record.catalogue_record, name="catalogue_record"),
    path("danh-muc/dinh-chinh/<int:event_id>/", catalogue_record.catalogue_correct, name="catalogue_correct"),
    path("danh-muc/thu-tuc/<str:code>/", catalogue_procedure.catalogue_procedure, name="catalogue_procedure"),
]
