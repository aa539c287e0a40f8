"""Addresses of the oversight: those of its parts together, under one name."""

from django.urls import URLPattern, path

from motcua.pages.oversight import consultations, parts, readings, voices
from motcua.pages.oversight.catalogue.urls import urlpatterns as of_catalogue
from motcua.pages.oversight.indices.urls import urlpatterns as of_indices
from motcua.pages.oversight.report.urls import urlpatterns as of_report
from motcua.pages.oversight.series.urls import urlpatterns as of_series
from motcua.pages.oversight.statutory.urls import urlpatterns as of_statutory

app_name = "oversight"
urlpatterns: list[URLPattern] = [
    *of_report,
    *of_statutory,
    *of_indices,
    *of_series,
    *of_catalogue,
    path("lay-y-kien/", consultations.consultations, name="consultations"),
    path("phan-viec/", parts.parts, name="parts"),
    path("phan-viec/tai-ve.xlsx", parts.parts_xlsx, name="parts_xlsx"),
    path("phan-viec/tai-ve.json", parts.parts_json, name="parts_json"),
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
]
