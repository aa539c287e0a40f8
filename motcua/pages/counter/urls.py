"""Addresses of the counter."""

from django.urls import URLPattern, path

from motcua.pages.counter import acts, cash, intake, limits, money, post, queue, register, slips

app_name = "counter"
urlpatterns: list[URLPattern] = [
    path("", queue.home, name="home"),
    path("bo-sung/", queue.supplements, name="supplements"),
    path("nghia-vu-tai-chinh/", queue.duties, name="duties"),
    path("tra-ket-qua/", queue.results, name="results"),
    path("tim/", queue.find, name="find"),
    path("tiep-nhan/", intake.find_procedure, name="find_procedure"),
    path("tiep-nhan/<int:case_id>/", intake.take_in, name="take_in"),
    path("ho-so/<int:dossier_id>/da-tiep-nhan/", intake.taken_in, name="taken_in"),
    path("ho-so/<int:dossier_id>/phieu/<slug:kind>-<int:number>.pdf", slips.slip, name="slip"),
    path("ho-so/<int:dossier_id>/phieu/<slug:kind>-<int:number>/phat-hanh/", slips.issue_slip, name="issue_slip"),
    path("ho-so/<int:dossier_id>/tiep-nhan/", acts.accept, name="accept"),
    path("ho-so/<int:dossier_id>/yeu-cau-hoan-thien/", acts.ask_at_intake, name="ask_at_intake"),
    path("ho-so/<int:dossier_id>/nhan-phan-hoan-thien/", acts.answer_at_intake, name="answer_at_intake"),
    path("ho-so/<int:dossier_id>/tu-choi-tiep-nhan/", acts.refuse_intake, name="refuse_intake"),
    path("ho-so/<int:dossier_id>/chuyen-dung-noi/", acts.redirect, name="redirect"),
    path("ho-so/<int:dossier_id>/giai-quyet-ngay/", acts.give_at_once, name="give_at_once"),
    path("ho-so/<int:dossier_id>/nhan-bo-sung/", acts.receive_supplement, name="receive_supplement"),
    path("ho-so/<int:dossier_id>/da-nop-nghia-vu/", acts.record_financial_duty, name="record_financial_duty"),
    path("ho-so/<int:dossier_id>/tra-ket-qua/", acts.hand_over, name="hand_over"),
    path("ho-so/<int:dossier_id>/da-thu-nop/", acts.note_attempt, name="note_attempt"),
    path("ho-so/<int:dossier_id>/rut-ho-so/", acts.withdraw, name="withdraw"),
    path("ho-so/<int:dossier_id>/phi/", money.bill, name="bill"),
    path("ho-so/<int:dossier_id>/thu-phi/", money.take_fee, name="take_fee"),
    path("ho-so/<int:dossier_id>/mien-phi/", money.exempt_fee, name="exempt_fee"),
    path("ho-so/<int:dossier_id>/xac-dinh-phi/", money.charge_fee, name="charge_fee"),
    path("ho-so/<int:dossier_id>/hoan-phi/", money.refund_fee, name="refund_fee"),
    path("ho-so/<int:dossier_id>/huy-bien-lai/", money.cancel_receipt, name="cancel_receipt"),
    path("bien-lai/<int:receipt_id>.pdf", money.receipt, name="receipt"),
    path("phi/", cash.fees, name="fees"),
    path("khoa-so/", cash.cash_close, name="cash_close"),
    path("khoa-so/but-toan/", cash.cash_entries, name="cash_entries"),
    path("quyet-toan/", cash.settlement, name="settlement"),
    path("quyet-toan.xlsx", cash.settlement_xlsx, name="settlement_xlsx"),
    path("quyet-toan/but-toan/", cash.settlement_entries, name="settlement_entries"),
    path("buu-chinh/", post.post, name="post"),
    path("buu-chinh/bien-ban/", post.post_record, name="post_record"),
    path("buu-chinh/<int:parcel_id>/", post.parcel, name="parcel"),
    path("so-theo-doi/", register.register, name="register"),
    path("thoi-han-can-xac-nhan/", limits.limits, name="limits"),
    path("thoi-han-can-xac-nhan/<int:limit_row_id>/", limits.limit, name="limit"),
]
