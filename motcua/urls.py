"""Where every address leads; each room of pages names its own."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """Whether the program and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("api/", include("motcua.api.urls")),
    path("", include("motcua.pages.layout.urls")),
    path("quay/", include("motcua.pages.counter.urls")),
    path("ban-lam-viec/", include("motcua.pages.desk.urls")),
    path("dieu-hanh/", include("motcua.pages.oversight.urls")),
    path("van-hanh/", include("motcua.pages.control.urls")),
    path("thiet-lap/", include("motcua.pages.setup.urls")),
    path("", include("motcua.pages.portal.urls")),
]

handler400 = "motcua.bad_requests.bad_request"
handler403 = "motcua.pages.layout.errors.forbidden"
handler404 = "motcua.pages.layout.errors.not_found"
handler500 = "motcua.pages.layout.errors.server_error"
