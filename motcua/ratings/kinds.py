"""Levels, reasons and places of a rating; stored codes never change. Law: ND61-2018 29, 31"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.states import State


class Level(models.TextChoices):
    """How satisfied."""

    VERY_SATISFIED = "very_satisfied", _("Rất hài lòng")
    SATISFIED = "satisfied", _("Hài lòng")
    NOT_SATISFIED = "not_satisfied", _("Không hài lòng")


class Reason(models.TextChoices):
    """What the rating is about: the contents that the law names. Law: ND61-2018 31"""

    TIME = "time", _("Thời gian giải quyết")
    OFFICES = "offices", _("Số cơ quan phải đến")
    CONTACTS = "contacts", _("Số lần phải đi lại, liên hệ")
    INFORMATION = "information", _("Thông tin công khai đúng, đủ")
    ATTITUDE = "attitude", _("Thái độ phục vụ")
    RESULT = "result", _("Kết quả đúng quy định, đúng chi phí")
    EXPLANATION = "explanation", _("Giải thích, hướng dẫn")
    ONLINE = "online", _("Dịch vụ công trực tuyến")
    OTHER = "other", _("Khác")


class Place(models.TextChoices):
    """Where it was cast; told apart in every figure."""

    HOME = "home", _("Tại nhà")
    COUNTER = "counter", _("Thiết bị tại quầy")
    KIOSK = "kiosk", _("Ki-ốt")
    PAPER = "paper", _("Phiếu giấy")


# Where the person casts it themselves, through a link.
BY_LINK = (Place.HOME, Place.COUNTER, Place.KIOSK)
# The house has given its answer: a result, an end, or a refusal with its form. Before, there is nothing to rate.
RATABLE = (State.FINISHED, State.RETURNED, State.STOPPED, State.WITHDRAWN, State.REFUSED)
