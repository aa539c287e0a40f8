"""A regime as one frozen value with typed attributes: its identity, and every parameter from `parameters/`.

A new parameter is one declaration in `parameters/` and its value, with the article, in `data/law/regimes.json`.
"""

from dataclasses import dataclass, fields
from datetime import date, time
from typing import get_type_hints

from motcua.law.declaring import Declared, Text
from motcua.law.parameters.assessment import Assessment
from motcua.law.parameters.channels import Channels
from motcua.law.parameters.clock import Clock
from motcua.law.parameters.forms import Forms
from motcua.law.parameters.hall import Hall
from motcua.law.parameters.lateness import Lateness
from motcua.law.parameters.organisation import Organisation
from motcua.law.parameters.reception import Reception
from motcua.law.parameters.result import Result
from motcua.law.parameters.supplement import Supplement
from motcua.law.parameters.voices import Voices

# In the order of a dossier's life.
GROUPS = (Hall, Reception, Supplement, Clock, Lateness, Result, Forms, Channels, Voices, Assessment, Organisation)


@dataclass(frozen=True)
class Identity:
    """Which regime it is: in force from `valid_from` on, no longer on `valid_to`."""

    code: str
    name: str
    valid_from: date
    valid_to: date | None
    basis: str


@dataclass(frozen=True)
class RegimeFacts(
    Organisation, Assessment, Voices, Channels, Forms, Result, Lateness, Clock, Supplement, Reception, Hall, Identity
):  # the first of them is the last base, because a dataclass takes its fields from the last base on
    """What the house asks of the law, for dossiers accepted on one day. `None`: the law sets no number.

    Law: ND61-2018 17, 18, 19; TT01-2018 9, 19
    """

    def article(self, number: str) -> str:
        """An article of the regime's main decree, as a law id: both decrees number reception 17 to errors 21 alike."""
        return f"{self.basis.partition(';')[0]} {number}"

    def starts_shifted_after(self) -> time | None:
        """The clock time after which a reception counts from the next working day; None as the law is written.

        Law: ND61-2018 18
        """
        return self.transfer_cutoff if self.late_reception_shifts_start else None


DECLARED: dict[str, Declared] = {
    one.name: one.metadata["declared"] for one in fields(RegimeFacts) if "declared" in one.metadata
}
TYPES = {key: hint for key, hint in get_type_hints(RegimeFacts).items() if key in DECLARED}
ABOUT: dict[Text, list[str]] = {group.about: [one.name for one in fields(group)] for group in GROUPS}
