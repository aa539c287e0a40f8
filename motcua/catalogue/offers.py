"""What intake and the desk need of a procedure: one frozen answer per case and channel."""

from dataclasses import dataclass
from fractions import Fraction

from motcua.calendar.limits import Limit


@dataclass(frozen=True, slots=True)
class OfferedComponent:
    """A paper that this case demands; `replaced_by_database` names the database that makes it unnecessary."""

    id: int
    name: str
    section: str
    form_name: str
    originals: int
    copies: int
    mandatory: bool
    replaced_by_database: str


@dataclass(frozen=True, slots=True)
class OfferedFee:
    """A fee; `amount_vnd` is None while a person has to say how much, with the reason in `doubt`."""

    id: int
    kind: str
    amount_vnd: int | None
    currency: str
    note: str
    source_text: str
    doubt: str


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A step of the process; `hours` are working hours, None when the step has no limit of its own."""

    seq: int
    role: str
    place: str
    title: str
    content: str
    hours: Fraction | None
    counted: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything intake freezes on a dossier; `limit` is None while a person has to confirm it (`doubt` says why)."""

    procedure_code: str
    procedure_name: str
    competent_key: str | None
    version_id: int
    version_number: int
    case_id: int
    case_title: str
    channel: int
    limit: Limit | None
    limit_row_id: int | None
    limit_text: str
    doubt: str
    fees: tuple[OfferedFee, ...]
    components: tuple[OfferedComponent, ...]
    process_id: int
    steps: tuple[OfferedStep, ...]


def offer(case_id: int, channel: int) -> Offer:
    """The offer of one case by one channel (1 direct, 2 online, 3 post). NotThere when there is no such case."""
    raise NotImplementedError
