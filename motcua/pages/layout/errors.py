"""Errors as pages: a sentence, what is possible instead, a way back."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import MotcuaError
from motcua.dossiers.states import Act

TITLES = {
    400: gettext_lazy("Yêu cầu không hợp lệ"),
    403: gettext_lazy("Bạn không có quyền làm việc này"),
    404: gettext_lazy("Không tìm thấy trang"),
    405: gettext_lazy("Yêu cầu không hợp lệ"),
    409: gettext_lazy("Chưa thể thực hiện lúc này"),
    413: gettext_lazy("Dữ liệu gửi lên quá lớn"),
    422: gettext_lazy("Thông tin chưa hợp lệ"),
    429: gettext_lazy("Quá nhiều lần thử"),
    500: gettext_lazy("Hệ thống gặp lỗi"),
}


@dataclass(frozen=True)
class Trouble:
    """What an error page says."""

    status: int
    sentence: str
    possible: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return str(TITLES.get(self.status, TITLES[400]))


def error_response(request: HttpRequest, error: MotcuaError) -> HttpResponse:
    """The page for an error that a person reads."""
    possible = tuple(str(Act(act).label) for act in getattr(error, "possible", ()) if act in Act.values)
    fields = tuple(str(sentence) for sentence in getattr(error, "fields", {}).values())
    return trouble_page(request, Trouble(error.status, str(error), possible, fields))


def trouble_page(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """An error page in the frame of the site."""
    return render(request, "layout/error.html", {"trouble": trouble}, status=trouble.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400"""
    return trouble_page(request, Trouble(400, _("Máy chủ không hiểu yêu cầu này. Hãy quay lại và thử lần nữa.")))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403"""
    return trouble_page(request, Trouble(403, _("Trang này không dành cho tài khoản của bạn.")))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; the same whether a thing is absent or hidden."""
    return trouble_page(request, Trouble(404, _("Địa chỉ không đúng, hoặc trang không dành cho bạn.")))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: cookies are off, or the page was left open over a log-out."""
    sentence = _(
        "Phiên làm việc đã hết hạn hoặc trình duyệt chặn cookie. Hãy quay lại trang trước, "
        "tải lại trang rồi gửi lần nữa; nội dung đã nhập vẫn còn trong trình duyệt."
    )
    return trouble_page(request, Trouble(403, sentence))


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """429 after too many wrong passwords or secrets."""
    sentence = _(
        "Bạn đã nhập sai quá nhiều lần. Vì an toàn, hãy đợi 15 phút rồi thử lại, hoặc liên hệ Bộ phận Một cửa."
    )
    return trouble_page(request, Trouble(429, sentence))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: asks nothing of the database, so it shows even when that is away."""
    return HttpResponse(render_to_string("layout/broken.html"), status=500)
