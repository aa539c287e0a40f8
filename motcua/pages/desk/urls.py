"""Addresses of the desk."""

from django.urls import URLPattern, path

from motcua.pages.desk import acts, corrections, dossier, inbox, inquiries, signatures

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", inbox.home, name="home"),
    path("ho-so/<int:dossier_id>/", dossier.dossier, name="dossier"),
    path("ho-so/<int:dossier_id>/giay-to/<int:paper_id>/", dossier.paper, name="paper"),
    path("ho-so/<int:dossier_id>/ket-qua/", dossier.result, name="result"),
    path("ho-so/<int:dossier_id>/chuyen-buoc/", acts.forward, name="forward"),
    path("ho-so/<int:dossier_id>/chuyen-lai/", acts.send_back, name="send_back"),
    path("ho-so/<int:dossier_id>/yeu-cau-bo-sung/", acts.ask_supplement, name="ask_supplement"),
    path("ho-so/<int:dossier_id>/yeu-cau-bo-sung-them/", acts.ask_supplement_again, name="ask_supplement_again"),
    path("ho-so/<int:dossier_id>/nghia-vu-tai-chinh/", acts.ask_financial_duty, name="ask_financial_duty"),
    path("ho-so/<int:dossier_id>/hen-lai/", acts.extend, name="extend"),
    path("ho-so/<int:dossier_id>/phe-duyet/", acts.approve, name="approve"),
    path("ho-so/<int:dossier_id>/tu-choi-giai-quyet/", acts.refuse_result, name="refuse_result"),
    path("ho-so/<int:dossier_id>/phat-hanh/", acts.finish, name="finish"),
    path("ho-so/<int:dossier_id>/ky-so/", acts.sign_result, name="sign_result"),
    path("ho-so/<int:dossier_id>/ket-qua/chu-ky/", signatures.signatures, name="signatures"),
    path("ho-so/<int:dossier_id>/ket-qua/ban-<int:version>/", corrections.former_result, name="former_result"),
    path("ho-so/<int:dossier_id>/ket-qua/de-nghi/", corrections.proposed_result, name="proposed_result"),
    path("ho-so/<int:dossier_id>/de-nghi-dinh-chinh/", corrections.propose_correction, name="propose_correction"),
    path("ho-so/<int:dossier_id>/de-nghi-dinh-chinh-ngay/", corrections.propose_date, name="propose_date"),
    path("ho-so/<int:dossier_id>/dinh-chinh/", corrections.correct_result, name="correct_result"),
    path("ho-so/<int:dossier_id>/giai-quyet-lai/", corrections.reopen, name="reopen"),
    path("ho-so/<int:dossier_id>/dinh-chinh-ngay/", corrections.correct_date, name="correct_date"),
    path("ho-so/<int:dossier_id>/khong-dinh-chinh/", corrections.refuse_correction, name="refuse_correction"),
    path("dinh-chinh/", corrections.corrections, name="corrections"),
    path("ky-so/", signatures.sign_many, name="sign_many"),
    path("ho-so/<int:dossier_id>/gioi-han-nguoi-xem/", acts.restrict, name="restrict"),
    path("ho-so/<int:dossier_id>/lay-y-kien/", inquiries.consult, name="consult"),
    path("ho-so/<int:dossier_id>/tra-loi-y-kien/", inquiries.answer_consultation, name="answer_consultation"),
    path("ho-so/<int:dossier_id>/thoi-lay-y-kien/", inquiries.drop_consultation, name="drop_consultation"),
    path("ho-so/<int:dossier_id>/y-kien/<int:consultation_id>/tep/", inquiries.opinion, name="opinion"),
    path("ho-so/<int:dossier_id>/xac-minh/len-lich/", inquiries.plan_verification, name="plan_verification"),
    path("ho-so/<int:dossier_id>/xac-minh/doi-lich/", inquiries.move_verification, name="move_verification"),
    path("ho-so/<int:dossier_id>/xac-minh/ket-qua/", inquiries.record_verification, name="record_verification"),
    path("ho-so/<int:dossier_id>/xac-minh/huy/", inquiries.cancel_verification, name="cancel_verification"),
    path("ho-so/<int:dossier_id>/xac-minh/<int:verification_id>/tep/", inquiries.minutes, name="minutes"),
    path("y-kien/", inquiries.consultations, name="consultations"),
    path("ho-so/<int:dossier_id>/dung-giai-quyet/", acts.stop, name="stop"),
    path("ho-so/<int:dossier_id>/qua-han-bo-sung/", acts.end_unanswered, name="end_unanswered"),
]
