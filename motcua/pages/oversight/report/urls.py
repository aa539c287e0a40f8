"""Addresses: the report of any period, its lists, its bulletin, and what was closed of it."""

from django.urls import URLPattern, path

from motcua.pages.oversight.report import bulletin, closes, views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("bao-cao/", views.report, name="report"),
    path("bao-cao/tai-ve.xlsx", views.report_xlsx, name="report_xlsx"),
    path("bao-cao/tai-ve.json", views.report_json, name="report_json"),
    path("chot/", closes.closes, name="closes"),
    path("chot/moi/", closes.close_period, name="close_period"),
    path("chot/<int:close_id>/", closes.close, name="close"),
    path("chot/<int:close_id>/tai-ve.json", closes.close_json, name="close_json"),
    path("chot/<int:close_id>/so-sanh/", closes.close_compare, name="close_compare"),
    path("chot/<int:close_id>/ho-so/", closes.close_list, name="close_list"),
    path("ban-tin/", bulletin.bulletin, name="bulletin"),
    path("ban-tin/tai-ve.docx", bulletin.bulletin_docx, name="bulletin_docx"),
    path("ban-tin/tai-ve.pdf", bulletin.bulletin_pdf, name="bulletin_pdf"),
    path("ho-so/", views.dossiers, name="dossiers"),
    path("ho-so/tai-ve.xlsx", views.dossiers_xlsx, name="dossiers_xlsx"),
    path("qua-han/", views.late, name="late"),
    path("co-quan/", views.offices, name="offices"),
]
