"""The API, version 1: its operations put together, its errors, its description."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from motcua.api import (
    acts,
    catalogue,
    closes,
    dossiers,
    indices,
    me,
    papers,
    problems,
    reporting,
    statutory,
    tracking,
    voices,
)
from motcua.api.reading import StrictParser, check_address, check_size
from motcua.base.errors import MotcuaError
from motcua.people.tokens import SCOPES

PREFIX = "api/v1/"
# What every operation may answer beside its own result.
ALWAYS = (400, 405, 413, 422, 500)
GUARDED = (401, 403)
METHODS = ("get", "post", "put", "patch", "delete")


def build() -> NinjaAPI:
    """The API with all its operations."""
    api = NinjaAPI(
        title="Một Cửa",
        version="1",
        urls_namespace="api",
        openapi_url=None,
        docs_url=None,
        parser=StrictParser(),
        description=str(gettext_lazy("Những câu hỏi và thao tác của các trang, dưới dạng JSON.")),
    )
    for prefix, router in (
        ("/procedures", catalogue.router),
        ("/offices", catalogue.offices),
        ("/dossiers", dossiers.router),
        ("/dossiers", acts.router),
        ("/reports", reporting.router),
        ("/statutory", statutory.router),
        ("/reports/closes", closes.router),
        ("/files", papers.router),
        ("/track", tracking.router),
        ("/me", me.router),
        ("/ratings", voices.ratings),
        ("/petitions", voices.petitions),
        ("/reports", voices.reports),
        ("/reports", indices.router),
    ):
        api.add_router(prefix, router)
    problems.install(api)
    return api


api = build()


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Early limits, the reader's language, and a problem for whatever ninja answers in plain text."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = _answer(view, request, *args, **kwargs)
        response["Content-Language"] = language
        response.setdefault("Cache-Control", "no-store")
        return response

    return answer


def _answer(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        check_address(request)
        check_size(request)
    except MotcuaError as error:
        return problems.of_error(error)
    response = view(request, *args, **kwargs)
    if response.status_code == 405:
        told = problems.problem(405, _("Phương thức này không dùng được ở địa chỉ này."), "method")
        told["Allow"] = response["Allow"]
        return told
    return response


def description(language: str) -> bytes:
    """The OpenAPI document in a language."""
    with translation.override(language):
        return _description(language)


@lru_cache(maxsize=4)
def _description(language: str) -> bytes:
    schema: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    schema["components"]["schemas"]["Problem"] = problems.Problem.model_json_schema()
    for operation in operations(schema):
        _declare(operation)
    return json.dumps(schema, cls=DjangoJSONEncoder, ensure_ascii=False).encode()


def operations(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation of a description."""
    for methods in schema["paths"].values():
        yield from (operation for method, operation in methods.items() if method in METHODS)


def _declare(operation: dict[str, Any]) -> None:
    """Say which problems it may answer, so that nothing comes undocumented."""
    statuses = [*ALWAYS]
    if operation.get("security"):
        statuses += GUARDED
    if "{" in str(operation.get("parameters")) or operation.get("requestBody"):
        statuses.append(404)
    if operation.get("requestBody"):
        statuses += [409, 415, 429]
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status in sorted({*statuses, 404}):
        operation["responses"][str(status)] = {"description": str(problems.TITLES[status]), "content": content}
    for status, response in list(operation["responses"].items()):
        if not isinstance(status, str):
            operation["responses"][str(status)] = operation["responses"].pop(status) or response
    if operation["operationId"].endswith("download"):
        operation["responses"]["200"]["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}


def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1."""
    return HttpResponse(description(translation.get_language()), content_type="application/json")


def docs(request: HttpRequest) -> HttpResponse:
    """The same, for people: no scripts, nothing from elsewhere."""
    schema = json.loads(description(translation.get_language()))
    return render(request, "api/docs.html", {"schema": schema, "scopes": SCOPES, "groups": _groups(schema)})


def _groups(schema: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            body = (operation.get("requestBody") or {}).get("content", {})
            reference = next(iter(body.values()))["schema"].get("$ref", "") if body else ""
            shape = schema["components"]["schemas"].get(reference.rsplit("/", 1)[-1], {})
            groups.setdefault(operation["tags"][0], []).append(
                {
                    "method": method.upper(),
                    "path": address,
                    "summary": operation["summary"],
                    "description": operation.get("description", ""),
                    "needs_token": bool(operation.get("security")),
                    "parameters": operation.get("parameters", []),
                    "body": list(shape.get("properties", {}).items()),
                    "required": shape.get("required", []),
                    "statuses": sorted(operation["responses"]),
                }
            )
    return groups


def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """No such address."""
    return problems.problem(404, _("Không có địa chỉ này trong API."), "not_found")


def urls() -> list[URLPattern]:
    """The addresses, each guarded."""
    patterns = [path("openapi.json", openapi, name="openapi"), path("docs", docs, name="docs")]
    patterns += [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    patterns.append(path("<path:rest>", unknown, name="unknown"))
    for pattern in patterns:
        # A session's writing is checked by `callers.Session`; a token needs no check.
        pattern.callback = csrf_exempt(guarded(pattern.callback))
        pattern.callback.__dict__["is_for_programs"] = pattern.name != "docs"  # see StraightToApi
    return patterns
