"""Addresses of the set-up."""

from django.urls import URLPattern, path

from motcua.pages.setup import (
    changes,
    groups,
    identity_corrections,
    kiosks,
    office_changes,
    onsite,
    organisations,
    outages,
    powers,
    regimes,
    relatives,
)

app_name = "setup"
urlpatterns: list[URLPattern] = [
    path("", regimes.home, name="home"),
    path("quy-dinh/", regimes.regimes, name="regimes"),
    path("quy-dinh/<slug:key>/", regimes.parameter, name="parameter"),
    path("quy-dinh/<slug:key>/de-nghi/", changes.propose, name="propose"),
    path("quyen-han/", powers.powers, name="powers"),
    path("quyen-han/uy-quyen/", powers.delegate, name="delegate"),
    path("quyen-han/vang-mat/", powers.absence, name="absence"),
    path("quyen-han/phan-cong/", powers.postings, name="postings"),
    path("quyen-han/phan-cong/moi/", powers.post, name="post"),
    path("quyen-han/<slug:kind>/<int:row_id>/ket-thuc/", powers.end_power, name="end_power"),
    path("nguoi-than/", relatives.relatives, name="relatives"),
    path("nguoi-than/<int:relative_id>/ket-thuc/", relatives.end_relative, name="end_relative"),
    path("dinh-chinh/", identity_corrections.identity_corrections, name="identity_corrections"),
    path(
        "dinh-chinh/<int:correction_request_id>/",
        identity_corrections.identity_correction,
        name="identity_correction",
    ),
    path("to-chuc/", organisations.organisations, name="organisations"),
    path("to-chuc/<int:organisation_request_id>/", organisations.organisation_request, name="organisation_request"),
    path("to-chuc/dai-dien/<int:representation_id>/", organisations.end_representation, name="end_representation"),
    path("gian-doan/", outages.outages, name="outages"),
    path("gian-doan/moi/", outages.record_outage, name="record_outage"),
    path("gian-doan/<int:outage_id>/", outages.outage, name="outage"),
    path("nhom-lien-thong/", groups.groups, name="groups"),
    path("nhom-lien-thong/de-nghi/", groups.propose_group_page, name="propose_group"),
    path("nhom-lien-thong/de-nghi/<int:group_proposal_id>/", groups.group_proposal, name="group_proposal"),
    path("ki-ot/", kiosks.kiosks, name="kiosks"),
    path("ki-ot/<int:kiosk_id>/ngung/", kiosks.end_kiosk, name="end_kiosk"),
    path("co-quan/", office_changes.office_changes, name="office_changes"),
    path("co-quan/de-nghi/", office_changes.propose_office_change, name="propose_office_change"),
    path("co-quan/de-nghi/<int:office_change_id>/", office_changes.office_change, name="office_change"),
    path("tai-cho/", onsite.onsite, name="onsite"),
    path("tai-cho/quy-trinh/<int:process_id>/<slug:mode>/", onsite.propose_onsite, name="propose_onsite"),
    path("tai-cho/<int:onsite_id>/", onsite.onsite_proposal, name="onsite_proposal"),
    path("de-nghi/", changes.proposals, name="proposals"),
    path("de-nghi/<int:proposal_id>/", changes.proposal, name="proposal"),
]
