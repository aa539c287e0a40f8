"""The application that a web server runs."""

import gc
import os
import signal
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import get_resolver

from motcua.launcher.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
if parent := os.environ.get("MOTCUA_SERVING"):
    die_with_parent(int(parent))
    # Until the server asks for these itself, a stop must end this worker instead of being waited for in vain.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django's answer; one that is whole goes to the server as a list, which it sends at once instead of in turns."""
    response = _django(environ, start_response)
    if not isinstance(response, HttpResponse):
        return response  # it streams
    whole = [response.content]
    response.close()
    del response
    gc.collect(0)  # the rings of this request alone, in 0.1 ms: waiting until there are many holds somebody up for 8 ms
    return whole


get_resolver().url_patterns  # noqa: B018  import every page now, not in the first request
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)  # for a request that makes far more than others
