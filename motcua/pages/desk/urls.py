"""Addresses of the desk."""

from django.urls import URLPattern, path

from motcua.pages.desk import acts, dossier, inbox, parts, signatures

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", inbox.home, name="home"),
    path("ho-so/<int:dossier_id>/", dossier.dossier, name="dossier"),
    path("ho-so/<int:dossier_id>/giay-to/<int:paper_id>/", dossier.paper, name="paper"),
    path("ho-so/<int:dossier_id>/ket-qua/", dossier.result, name="result"),
    path("ho-so/<int:dossier_id>/chuyen-buoc/", acts.forward, name="forward"),
    path("ho-so/<int:dossier_id>/chuyen-lai/", acts.send_back, name="send_back"),
    path("ho-so/<int:dossier_id>/yeu-cau-bo-sung/", acts.ask_supplement, name="ask_supplement"),
    path("ho-so/<int:dossier_id>/hen-lai/", acts.extend, name="extend"),
    path("ho-so/<int:dossier_id>/phe-duyet/", acts.approve, name="approve"),
    path("ho-so/<int:dossier_id>/tu-choi-giai-quyet/", acts.refuse_result, name="refuse_result"),
    path("ho-so/<int:dossier_id>/phat-hanh/", acts.finish, name="finish"),
    path("ho-so/<int:dossier_id>/ky-so/", acts.sign_result, name="sign_result"),
    path("ho-so/<int:dossier_id>/ket-qua/chu-ky/", signatures.signatures, name="signatures"),
    path("ky-so/", signatures.sign_many, name="sign_many"),
    path("ho-so/<int:dossier_id>/gioi-han-nguoi-xem/", acts.restrict, name="restrict"),
    path("ho-so/<int:dossier_id>/dung-giai-quyet/", acts.stop, name="stop"),
    path("phan-viec/", parts.parts_waiting, name="parts_waiting"),
    path("ho-so/<int:dossier_id>/giao-phan-viec/", parts.open_parts, name="open_parts"),
    path("ho-so/<int:dossier_id>/phan-viec/<int:part>/nhan/", parts.take_part, name="take_part"),
    path("ho-so/<int:dossier_id>/phan-viec/<int:part>/trinh/", parts.propose_part, name="propose_part"),
    path("ho-so/<int:dossier_id>/phan-viec/<int:part>/phe-duyet/", parts.finish_part, name="finish_part"),
    path("ho-so/<int:dossier_id>/phan-viec/<int:part>/tra-lai/", parts.return_part, name="return_part"),
    path("ho-so/<int:dossier_id>/phan-viec/<int:part>/giao-lai/", parts.assign_part, name="assign_part"),
    path("ho-so/<int:dossier_id>/phan-viec/<int:part>/bo/", parts.drop_part, name="drop_part"),
    path("ho-so/<int:dossier_id>/phan-viec/<int:part>/ket-qua/", parts.part_file, name="part_file"),
]
