"""Addresses that belong to the frame of every page."""

from django.urls import path

from motcua.pages.layout import living, views

app_name = "layout"
urlpatterns = [
    path("tuy-chon/", views.preferences, name="preferences"),
    path("thiet-ke/", living.design, name="design"),
]
