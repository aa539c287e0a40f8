"""Addresses of the portal."""

from django.urls import path

from motcua.pages.portal import (
    accounts,
    checking,
    corrections,
    drafting,
    following,
    petitions,
    ratings,
    tracking,
    views,
)

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("tim-thu-tuc/", views.find_procedure, name="find"),
    path("thu-tuc/<str:code>/", views.procedure, name="procedure"),
    path("dang-nhap/", accounts.login, name="login"),
    path("dang-xuat/", accounts.logout, name="logout"),
    path("dang-ky/", accounts.register, name="register"),
    path("tai-khoan/", accounts.account, name="account"),
    path("thu-tuc/<str:code>/nop/", drafting.start, name="draft_start"),
    path("nop-ho-so/<int:draft_id>/thong-tin/", drafting.owner, name="draft_owner"),
    path("nop-ho-so/<int:draft_id>/giay-to/", drafting.papers, name="draft_papers"),
    path("nop-ho-so/<int:draft_id>/giay-to/<int:paper_id>/xoa/", drafting.drop_paper, name="drop_paper"),
    path("nop-ho-so/<int:draft_id>/xem-lai/", drafting.review, name="draft_review"),
    path("nop-ho-so/<int:draft_id>/xoa/", drafting.discard, name="discard_draft"),
    path("ho-so/", following.dossiers, name="dossiers"),
    path("ho-so/tra-cuu/", tracking.track, name="track"),
    path("ho-so/<str:submission_no>/", following.dossier, name="dossier"),
    path("ho-so/<str:submission_no>/da-nop/", following.submitted, name="submitted"),
    path("ho-so/<str:submission_no>/ai-da-xem/", following.readers, name="readers"),
    path("ho-so/<str:submission_no>/bo-sung/", following.answer, name="answer"),
    path("ho-so/<str:submission_no>/rut/", following.withdraw, name="withdraw"),
    path("ho-so/<str:submission_no>/giay-to/<int:paper_id>/", following.paper, name="paper"),
    path("ho-so/<str:submission_no>/ket-qua/", following.result, name="result"),
    path("ho-so/<str:submission_no>/phan-viec/<int:part>/", following.part_file, name="part_file"),
    path("ho-so/<str:submission_no>/ket-qua/chu-ky/", following.signatures, name="signatures"),
    path("ho-so/<str:submission_no>/phieu/<slug:kind>-<int:number>.pdf", following.form, name="form"),
    path("ho-so/<str:submission_no>/ket-qua/ban-<int:version>/", corrections.former_result, name="former_result"),
    path("sai-sot/", corrections.corrections, name="corrections"),
    path("danh-gia/<slug:place>/<str:submission_no>/<str:voice_key>/", ratings.rate, name="rate"),
    path("phan-anh/", petitions.send_petition, name="send_petition"),
    path("phan-anh/theo-doi/", petitions.follow_petition, name="follow_petition"),
    path("phan-anh/da-tra-loi/", petitions.published_petitions, name="published_petitions"),
    path("kiem-tra/", checking.check, name="check"),
    path("kt/<str:text>", checking.code, name="code"),
    path("khoa-cong-khai/", checking.keys, name="keys"),
    path(".well-known/motcua-qr-keys.json", checking.keys_json, name="keys_json"),
]
