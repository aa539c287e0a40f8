"""Addresses of the portal."""

from django.urls import path

from motcua.pages.portal import accounts, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("dang-nhap/", accounts.login, name="login"),
    path("dang-xuat/", accounts.logout, name="logout"),
    path("dang-ky/", accounts.register, name="register"),
    path("tai-khoan/", accounts.account, name="account"),
]
