"""Addresses of the API; the version is part of the address."""

from django.urls import include, path

from motcua.api.v1 import urls as v1

app_name = "api"
urlpatterns = [path("v1/", include((v1(), "v1")))]
