"""Addresses of a person's own account."""

from django.urls import URLPattern, path

from motcua.pages.portal.account import (
    accounts,
    authorised,
    capacities,
    identity,
    notices,
    organisations,
    own_data,
    passkeys,
    recovery,
)

urlpatterns: list[URLPattern] = [
    path("dang-nhap/", accounts.login, name="login"),
    path("dang-nhap/dinh-danh/", identity.identity_start, name="identity_start"),
    path("dang-nhap/dinh-danh/ve/", identity.identity_back, name="identity_back"),
    path("tai-khoan/dinh-danh/", identity.identity, name="identity"),
    path("dang-nhap/khoa-truy-cap/", passkeys.passkey_login, name="passkey_login"),
    path("dang-nhap/khoa-truy-cap/bat-dau/", passkeys.passkey_challenge, name="passkey_challenge"),
    path("tai-khoan/khoa-truy-cap/", passkeys.passkeys, name="passkeys"),
    path("tai-khoan/khoa-truy-cap/bat-dau/", passkeys.passkey_start, name="passkey_start"),
    path("tai-khoan/khoa-truy-cap/<int:passkey_id>/doi-ten/", passkeys.rename_passkey, name="rename_passkey"),
    path("tai-khoan/khoa-truy-cap/<int:passkey_id>/bo/", passkeys.remove_passkey, name="remove_passkey"),
    path("tai-khoan/du-lieu/", own_data.own_data, name="own_data"),
    path("tai-khoan/du-lieu/du-lieu-cua-toi.json", own_data.own_data_file, name="own_data_file"),
    path("tai-khoan/ai-da-xem/", own_data.all_readers, name="all_readers"),
    path("tai-khoan/dinh-chinh/", own_data.ask_to_correct, name="ask_to_correct"),
    path("tai-khoan/tu-cach/", capacities.act_as, name="act_as"),
    path("tai-khoan/to-chuc/", organisations.organisations, name="organisations"),
    path("tai-khoan/to-chuc/dang-ky/", organisations.register_organisation, name="register_organisation"),
    path("tai-khoan/to-chuc/de-nghi/", organisations.ask_organisation, name="ask_organisation"),
    path("tai-khoan/to-chuc/<int:organisation_id>/", organisations.organisation, name="organisation"),
    path("tai-khoan/phan-cong/<int:mandate_id>/ket-thuc/", organisations.end_mandate, name="end_mandate"),
    path("tai-khoan/uy-quyen/", authorised.authorised, name="authorised"),
    path("dang-xuat/", accounts.logout, name="logout"),
    path("dang-ky/", accounts.register, name="register"),
    path("quen-mat-khau/", recovery.forgot_password, name="forgot_password"),
    path("quen-mat-khau/ma/", recovery.new_password, name="new_password"),
    path("tai-khoan/xac-nhan/<slug:contact>/", recovery.confirm_contact, name="confirm_contact"),
    path("tai-khoan/", accounts.account, name="account"),
    path("tai-khoan/thong-bao/", notices.notices, name="notices"),
    path("tai-khoan/thong-bao/da-doc/", notices.read_all, name="read_all"),
    path("tai-khoan/thong-bao/<int:notice_id>/", notices.open_notice, name="open_notice"),
    path("tai-khoan/kenh-thong-bao/", notices.notice_ways, name="notice_ways"),
]
