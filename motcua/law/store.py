"""The regimes in the database, read once per revision."""

from datetime import date

from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.postgresql import prepared
from motcua.law.book import Book, Value, gaps_and_overlaps
from motcua.law.checking import RegimeError
from motcua.law.facts import RegimeFacts
from motcua.law.models import Regime, RegimeParameter

__all__ = ["RegimeFacts", "book", "current_revision", "look_again", "narrowed", "read_book", "regime", "regime_on"]

# One statement for both floors' editions, because every act asks for both before anything else. The calendar is
# a room beside this one, so its table is named here and nothing of it is imported.
_REVISIONS = "SELECT (SELECT max(id) FROM calendar_edition), (SELECT max(id) FROM law_revision)"

_by_revision: dict[int, Book] = {}
_latest: int | None = None


def current_revision() -> int:
    """The calendar edition in force (0 before the first), and a look whether the regimes changed. One query."""
    edition, revision = prepared(_REVISIONS).fetchone()
    _look_at(revision or 0)
    return edition or 0


def regime(code: str, on: date, *, procedure: str = "", field: str = "") -> RegimeFacts:
    """What a regime says of a dossier accepted `on` a day, as of the last look. Raises NotThere.

    procedure (its code), field: their own values count before the province's, and those before the law's text.
    """
    known = book()
    if code not in known.identities:
        raise NotThere(_("Không có chế độ pháp lý %(code)s.") % {"code": code})
    return known.facts(code, on, procedure, field)


def regime_on(day: date, *, procedure: str = "", field: str = "") -> RegimeFacts:
    """The regime for dossiers accepted on a Vietnamese day, as of the last look. Raises NotThere."""
    known = book()
    code = known.code_on(day)
    if code is None:
        raise NotThere(_("Không có chế độ pháp lý nào cho ngày %(day)s.") % {"day": f"{day:%d/%m/%Y}"})
    return known.facts(code, day, procedure, field)


def narrowed() -> bool:
    """Whether any procedure or field has a value of its own; if not, nobody needs to ask which they are."""
    return book().narrowed


def book() -> Book:
    """Everything that the regimes say, as of the last look; looks where nobody has yet."""
    if _latest is None:
        current_revision()
    return _by_revision[_latest or 0]


def look_again() -> None:
    """Let the next question look whether the regimes changed; for tests, whose rows are rolled back."""
    global _latest  # noqa: PLW0603
    _latest = None


def read_book() -> Book:
    """The regimes as the database has them now. Raises RegimeError when they are incomplete or don't touch."""
    identities = list(Regime.objects.values("code", "name", "valid_from", "valid_to", "basis"))
    for earlier, later, first, last in gaps_and_overlaps(identities):
        raise RegimeError(
            _("Giữa chế độ %(earlier)s và %(later)s có khoảng trống hoặc chồng lấn: từ %(first)s đến %(last)s.")
            % {"earlier": earlier, "later": later, "first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
        )
    rows = RegimeParameter.objects.values_list(
        "regime__code", "scope", "target", "key", "value", "ends", "valid_from", "id"
    )
    read = Book(identities, (Value(*row) for row in rows))
    read.check()
    return read


def _look_at(revision: int) -> None:
    global _latest  # noqa: PLW0603
    if revision not in _by_revision:
        _by_revision[revision] = read_book() if revision else Book((), ())
    _latest = revision
