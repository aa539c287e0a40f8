"""Addresses of the control room."""

from django.urls import URLPattern

app_name = "control"
urlpatterns: list[URLPattern] = []
