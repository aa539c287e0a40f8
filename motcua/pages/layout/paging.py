"""Pages of a long list by cursor: the next page starts after the last row seen, however many rows came before."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid

M = TypeVar("M", bound=Model)
PAGE_SIZE = 25


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows of one page; `next_query` and `first_query` are query strings for links, empty when there is nowhere to go."""

    items: list[M]
    next_query: str
    first_query: str


def cursor_page(
    rows: QuerySet[M], request: HttpRequest, *, key: str, descending: bool = False, size: int = PAGE_SIZE
) -> Page[M]:
    """One page of rows ordered by (key, id), rows without a key last; the cursor is `?sau=` of the request.

    Raises Invalid when the cursor is damaged.
    """
    order = F(key).desc(nulls_last=True) if descending else F(key).asc(nulls_last=True)
    ordered = rows.order_by(order, "-id" if descending else "id")
    cursor = request.GET.get("sau", "")
    if cursor:
        ordered = ordered.filter(_after(key, descending, *_read(cursor)))
    found = list(ordered[: size + 1])
    items = found[:size]
    query = request.GET.copy()
    query.pop("sau", None)
    first_query = "?" + query.urlencode() if cursor else ""
    next_query = ""
    if len(found) > size:
        query["sau"] = _write(getattr(items[-1], key), items[-1].pk)
        next_query = "?" + query.urlencode()
    return Page(items, next_query, first_query)


def _after(key: str, descending: bool, value: Any, last_id: int) -> Q:
    beyond = "lt" if descending else "gt"
    if value is None:
        return Q(**{f"{key}__isnull": True, f"id__{beyond}": last_id})
    return (
        Q(**{f"{key}__{beyond}": value}) | Q(**{key: value, f"id__{beyond}": last_id}) | Q(**{f"{key}__isnull": True})
    )


def _write(value: Any, last_id: Any) -> str:
    spelled = {"at": value.isoformat()} if isinstance(value, datetime) else {"is": value}
    return urlsafe_b64encode(json.dumps([spelled, last_id]).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[Any, int]:
    try:
        spelled, last_id = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        value = datetime.fromisoformat(spelled["at"]) if "at" in spelled else spelled["is"]
        return value, int(last_id)
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(_("Địa chỉ của trang tiếp theo không đúng. Hãy mở lại danh sách."), code="cursor") from error
