"""Addresses of the control room."""

from django.urls import URLPattern, path

from motcua.pages.control import (
    ahead,
    apologies,
    board,
    lab,
    lists,
    notices,
    petition_routes,
    province,
    queue,
    reminders,
    silence_limits,
)

app_name = "control"
urlpatterns: list[URLPattern] = [
    path("", board.home, name="home"),
    path("bang/danh-sach/", board.board_list, name="board_list"),
    path("don-doc/", reminders.reminders, name="reminders"),
    path("don-doc/danh-sach/", reminders.reminder_list, name="reminder_list"),
    path("don-doc/cua-toi/", reminders.my_reminders, name="my_reminders"),
    path("don-doc/<int:reminder_id>/", reminders.reminder, name="reminder"),
    path("don-doc/ho-so/<int:dossier_id>/", reminders.remind_dossier, name="remind_dossier"),
    path("don-doc/co-quan/<str:office_code>/", reminders.remind_office, name="remind_office"),
    path("qua-han/", lists.late, name="late"),
    path("im-lang/", lists.silent, name="silent"),
    path("phan-anh/noi-xu-ly/", petition_routes.petition_routes, name="petition_routes"),
    path("im-lang/gioi-han/", silence_limits.silence_limits, name="silence_limits"),
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/<int:delivery_id>/gui-lai/", notices.notice_again, name="notice_again"),
    path("xin-loi/", apologies.apology_figures, name="apologies"),
    path("xin-loi/danh-sach/", apologies.apology_list, name="apology_list"),
    path("hang-cho/", queue.queue, name="queue"),
    path("hang-cho/danh-sach/", queue.queue_list, name="queue_list"),
    path("hang-cho/so-quay/", queue.staffing, name="staffing"),
    path("hoat-dong/", province.activity, name="activity"),
    path("chat-luong/", province.quality, name="quality"),
    path("sap-toi/", ahead.likely, name="likely"),
    path("khoi-luong/", ahead.load, name="load"),
    path("khoi-luong/<int:office_id>/", ahead.office_load, name="office_load"),
    path("thu-nghiem/", lab.lab, name="lab"),
    path("thu-nghiem/<str:code>/", lab.lab_procedure, name="lab_procedure"),
]
