"""Addresses of the set-up."""

from django.urls import URLPattern, path

from motcua.pages.setup import changes, regimes

app_name = "setup"
urlpatterns: list[URLPattern] = [
    path("", regimes.home, name="home"),
    path("quy-dinh/", regimes.regimes, name="regimes"),
    path("quy-dinh/<slug:key>/", regimes.parameter, name="parameter"),
    path("quy-dinh/<slug:key>/de-nghi/", changes.propose, name="propose"),
    path("de-nghi/", changes.proposals, name="proposals"),
    path("de-nghi/<int:proposal_id>/", changes.proposal, name="proposal"),
]
