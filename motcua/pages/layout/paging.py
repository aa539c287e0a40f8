"""Pages of a long list by cursor: the next page starts after the last row seen, however many rows came before."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid


class Row(Protocol):
    """Whatever a list shows a line of."""

    @property
    def pk(self) -> Any: ...


R = TypeVar("R", bound=Row)

PAGE_SIZE = 25


@dataclass(frozen=True)
class Page(Generic[R]):
    """Rows of one page; `next_query` and `first_query` are query strings for links, empty when there is nowhere to go."""

    items: list[R]
    next_query: str
    first_query: str


def cursor_page(
    rows: QuerySet[Any, R], request: HttpRequest, *, key: str, descending: bool = False, size: int = PAGE_SIZE
) -> Page[R]:
    """One page of rows ordered by (key, id), the key an instant, rows without one last; the cursor is `?sau=` of the request.

    Raises Invalid when the cursor is damaged.
    """
    # Said only where it can happen: an index that ends so is not read backwards.
    nulls_last = True if _may_be_null(rows, key) else None
    order = F(key).desc(nulls_last=nulls_last) if descending else F(key).asc(nulls_last=nulls_last)
    ordered = rows.order_by(order, "-id" if descending else "id")
    if after := place_of(request):
        ordered = ordered.filter(_after(key, descending, *after, may_be_null=bool(nulls_last)))
    return page_of(list(ordered[: size + 1]), request, key=key, size=size)


def place_of(request: HttpRequest) -> tuple[datetime | None, int] | None:
    """(instant of the key, id) of the last row seen, None on the first page. Raises Invalid when the cursor is damaged."""
    cursor = request.GET.get("sau", "")
    return _read(cursor) if cursor else None


def page_of(found: list[R], request: HttpRequest, *, key: str, size: int = PAGE_SIZE) -> Page[R]:
    """The page of rows that were found, of which one more than `size` was asked for to know whether there is a next."""
    items = found[:size]
    query = request.GET.copy()
    query.pop("sau", None)
    first_query = "?" + query.urlencode() if request.GET.get("sau") else ""
    next_query = ""
    if len(found) > size:
        query["sau"] = _write(getattr(items[-1], key), items[-1].pk)
        next_query = "?" + query.urlencode()
    return Page(items, next_query, first_query)


def _may_be_null(rows: QuerySet[Any, Any], key: str) -> bool:
    try:
        return bool(getattr(rows.model._meta.get_field(key), "null", True))
    except FieldDoesNotExist:
        return True  # put together in the question


def _after(key: str, descending: bool, value: datetime | None, last_id: int, *, may_be_null: bool) -> Q:
    beyond = "lt" if descending else "gt"
    if value is None:
        return Q(**{f"{key}__isnull": True, f"id__{beyond}": last_id})
    later = Q(**{f"{key}__{beyond}": value}) | Q(**{f"id__{beyond}": last_id})
    at_least = Q(**{f"{key}__{beyond}e": value})  # a bound that an index begins at
    return at_least & later | Q(**{f"{key}__isnull": True}) if may_be_null else at_least & later


def _write(value: datetime | None, last_id: Any) -> str:
    spelled = None if value is None else value.isoformat()
    return urlsafe_b64encode(json.dumps([spelled, last_id]).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime | None, int]:
    try:
        spelled, last_id = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return (None if spelled is None else datetime.fromisoformat(spelled)), int(last_id)
    except (ValueError, TypeError) as error:
        raise Invalid(_("Địa chỉ của trang tiếp theo không đúng. Hãy mở lại danh sách."), code="cursor") from error
