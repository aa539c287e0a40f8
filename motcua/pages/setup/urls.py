"""Addresses of the set-up."""

from django.urls import URLPattern, path

from motcua.pages.setup import changes, onsite, outages, powers, regimes

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
    path("gian-doan/", outages.outages, name="outages"),
    path("gian-doan/moi/", outages.record_outage, name="record_outage"),
    path("gian-doan/<int:outage_id>/", outages.outage, name="outage"),
    path("tai-cho/", onsite.onsite, name="onsite"),
    path("tai-cho/quy-trinh/<int:process_id>/<slug:mode>/", onsite.propose_onsite, name="propose_onsite"),
    path("tai-cho/<int:onsite_id>/", onsite.onsite_proposal, name="onsite_proposal"),
    path("de-nghi/", changes.proposals, name="proposals"),
    path("de-nghi/<int:proposal_id>/", changes.proposal, name="proposal"),
]
