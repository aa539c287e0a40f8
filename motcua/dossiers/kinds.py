"""The kinds of things that a dossier speaks of; stored codes never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.IntegerChoices):
    """How a dossier came in. Law: ND61-2018 16"""

    COUNTER = 1, _("Trực tiếp")
    ONLINE = 2, _("Trực tuyến")
    POST = 3, _("Bưu chính công ích")


class OwnerKind(models.IntegerChoices):
    """Whom a dossier is about."""

    CITIZEN = 1, _("Công dân")
    ENTERPRISE = 2, _("Doanh nghiệp")
    STATE_BODY = 3, _("Cơ quan nhà nước")
    OTHER = 4, _("Tổ chức khác")


class SubmitterRole(models.TextChoices):
    """As what a person brings a dossier; only the first and the third stand in the owner's place. Law: ND61-2018 16"""

    OWNER = "owner", _("Chủ hồ sơ")
    SUBMITTER = "submitter", _("Người nộp thay")
    AGENT = "agent", _("Người được ủy quyền, đại diện")
    HELPER = "helper", _("Chủ hồ sơ, có người giúp")


class ConsentWay(models.TextChoices):
    """What shows that somebody who is helped to hand in wants it."""

    PAPER = "paper", _("Ký văn bản đồng ý")
    WITNESS = "witness", _("Nghe đọc lại và đồng ý trước người làm chứng")
    CODE = "code", _("Đọc mã được gửi tới điện thoại của người được giúp")


class ResultKind(models.TextChoices):
    """What the authority answered; a refusal after appraisal is a result too. Law: ND61-2018 19(8)"""

    GRANTED = "granted", _("Chấp thuận")
    REFUSAL = "refusal", _("Văn bản từ chối")


class ReturnWay(models.TextChoices):
    """How the result goes back."""

    COUNTER = "counter", _("Tại quầy")
    POST = "post", _("Qua bưu chính công ích")
    ONLINE = "online", _("Trực tuyến")


class CorrectionKind(models.TextChoices):
    """What an approved correction does. Law: ND61-2018 21"""

    RESULT = "result", _("Đính chính kết quả")
    REOPEN = "reopen", _("Giải quyết lại")
    DATE = "date", _("Đính chính ngày hẹn trả")


class Fault(models.TextChoices):
    """Whose doing it was; the applicant's is no correction, but a new dossier. Law: ND61-2018 21"""

    ERROR = "error", _("Sai sót của cơ quan")
    LOSS = "loss", _("Làm mất, hư hỏng hồ sơ hoặc kết quả")


class Origin(models.TextChoices):
    """Real life or a declared synthetic one."""

    LIVE = "live", _("Thật")
    DEMO = "demo", _("Minh hoạ")
    REPLAY = "replay", _("Diễn lại số liệu đã công bố")
    SYNTHETIC = "synthetic", _("Tổng hợp, nạp hàng loạt")
