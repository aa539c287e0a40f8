"""Addresses: the index of service quality and the nine indices."""

from django.urls import URLPattern, path

from motcua.pages.oversight.indices import quality, sheets, tables

urlpatterns: list[URLPattern] = [
    path("chi-so/", quality.indices, name="indices"),
    path("chi-so/tai-ve.xlsx", quality.indices_xlsx, name="indices_xlsx"),
    path("chi-so/tai-ve.json", quality.indices_json, name="indices_json"),
    path("chi-so/khong-dat/", quality.index_list, name="index_list"),
    path("chi-so/khong-dat/tai-ve.xlsx", quality.index_list_xlsx, name="index_list_xlsx"),
    path("chi-so/co-quan/", sheets.index_agencies, name="index_agencies"),
    path("chi-so/co-quan/tai-ve.xlsx", sheets.index_agencies_xlsx, name="index_agencies_xlsx"),
    path("chi-so/co-quan/tai-ve.json", sheets.index_agencies_json, name="index_agencies_json"),
    path("chi-so/can-bo/", sheets.index_officers, name="index_officers"),
    path("chi-so/can-bo/tai-ve.xlsx", sheets.index_officers_xlsx, name="index_officers_xlsx"),
    path("chi-so/can-bo/tai-ve.json", sheets.index_officers_json, name="index_officers_json"),
    path("chi-so/phieu/", sheets.index_sheet, name="index_sheet"),
    path("chi-so/phieu/ho-so/", sheets.index_scored, name="index_scored"),
    path("chi-so/phieu/ho-so/tai-ve.xlsx", sheets.index_scored_xlsx, name="index_scored_xlsx"),
    path("chi-so/cua-toi/", sheets.my_points, name="my_points"),
    path("chi-so/cua-toi/ho-so/", sheets.my_scored, name="my_scored"),
    path("chi-so/bang/", tables.index_tables, name="index_tables"),
    path("chi-so/bang/de-nghi/", tables.propose_table, name="propose_table"),
    path("chi-so/bang/de-nghi/<int:table_proposal_id>/", tables.table_proposal, name="table_proposal"),
]
