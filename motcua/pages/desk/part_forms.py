"""What the acts on parts of interlinked dossiers ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.calendar.limits import Limit
from motcua.catalogue.group_rows import GroupPart
from motcua.catalogue.groups import longest_path, path_warning
from motcua.dossiers.acts.parts import Plan
from motcua.dossiers.clock_days import story
from motcua.dossiers.kinds import ResultKind
from motcua.dossiers.models import Dossier
from motcua.dossiers.routing import office_of_part
from motcua.dossiers.rulebook import clock_events_of
from motcua.offices.models import Office
from motcua.pages.desk.forms import ExtendForm, ReasonForm, words_field
from motcua.pages.layout.acting import ActForm, KeptFileForm

BLANK_ROWS = 1
UNITS = (("wd", lazy("ngày làm việc")), ("wh", lazy("giờ làm việc")), ("d", lazy("ngày")))
_CODE = re.compile(r"\(([0-9A-Z.]+)\)\s*$")


@dataclass(frozen=True)
class PartRow:
    """One part with its fields."""

    number: int
    fields: dict[str, forms.BoundField]


class OpenForm(ActForm):
    """The parts that the group proposes, to be changed where it must be; a row without an office is not given out."""

    def __init__(self, dossier: Dossier, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        self.offices = offices_of(dossier, on)
        self.proposed: Sequence[GroupPart] = list(dossier.group.parts.all()) if dossier.group else []
        self.numbers = range(1, len(self.proposed) + BLANK_ROWS + 1)
        for number in self.numbers:
            proposed = self.proposed[number - 1] if number <= len(self.proposed) else None
            self._add(number, proposed)

    def _add(self, number: int, proposed: GroupPart | None) -> None:
        office = office_of_part(proposed.office, self.dossier, self.offices) if proposed else None
        value, unit = limit_fields(proposed.limit if proposed else None)
        fields: dict[str, forms.Field] = {
            f"office{number}": forms.CharField(
                label=_("Cơ quan"), required=False, initial=shown(office) if office else "",
                widget=forms.TextInput(attrs={"list": "offices", "autocomplete": "off"}),
            ),
            f"name{number}": forms.CharField(
                label=_("Tên phần việc"), required=False, max_length=500, initial=proposed.name if proposed else ""
            ),
            f"task{number}": forms.CharField(
                label=_("Nhiệm vụ"), required=False, max_length=1000, initial=proposed.task if proposed else ""
            ),
            f"limit{number}": forms.CharField(label=_("Thời hạn"), required=False, max_length=10, initial=value),
            f"unit{number}": forms.ChoiceField(label=_("Đơn vị"), required=False, choices=UNITS, initial=unit),
            f"waits{number}": forms.CharField(
                label=_("Sau phần việc số"), required=False, max_length=100,
                initial=", ".join(map(str, proposed.waits_for)) if proposed else "",
                widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "1, 2"}),
            ),
        }  # fmt: skip
        for name, field in fields.items():
            plain = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = plain
            self.fields[name] = field

    def rows(self) -> Iterator[PartRow]:
        """The parts with their fields."""
        for number in self.numbers:
            names = ("name", "office", "task", "limit", "unit", "waits")
            yield PartRow(number, {name: self[f"{name}{number}"] for name in names})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [number for number in self.numbers if data.get(f"office{number}") or data.get(f"name{number}")]
        data["plans"] = [plan for number in given if (plan := self._plan(number, data)) is not None]
        return data

    def _plan(self, number: int, data: dict[str, Any]) -> Plan | None:
        office = office_named(data.get(f"office{number}", ""), self.offices)
        if office is None:
            self.add_error(f"office{number}", _("Không có cơ quan này trong tỉnh vào ngày giao."))
        waits = re.findall(r"\d+", data.get(f"waits{number}") or "")
        try:
            limit = Limit.parse(f"{(data.get(f'limit{number}') or '').strip()}{data.get(f'unit{number}') or 'wd'}")
        except Invalid:
            self.add_error(f"limit{number}", _("Cần thời hạn bằng số, ví dụ 2 hoặc 1,5."))
            return None
        if office is None:
            return None
        waits_for = tuple(int(word) for word in waits if len(word) < 5)
        return Plan(number, office.pk, data[f"name{number}"], limit, data[f"task{number}"], waits_for)

    def warning(self) -> str:
        """That the parts as they are proposed take longer than the whole; empty where they fit."""
        limits = {part.number: Limit.from_json(part.limit) for part in self.proposed if part.limit}
        if len(limits) < len(self.proposed) or not limits:
            return ""
        whole = story(clock_events_of(self.dossier)).limit
        return path_warning(longest_path(limits, {part.number: part.waits_for for part in self.proposed}, whole))


class AssignForm(ReasonForm):
    """To which office a part goes that came back, with what limit."""

    office = forms.CharField(
        label=lazy("Cơ quan"), widget=forms.TextInput(attrs={"list": "offices", "autocomplete": "off"})
    )
    limit = forms.CharField(label=lazy("Thời hạn"), max_length=10)
    unit = forms.ChoiceField(label=lazy("Đơn vị"), choices=UNITS)
    task = words_field(lazy("Nhiệm vụ"), required=False)
    field_order = ("seen", "office", "limit", "unit", "task", "reason")

    def __init__(self, dossier: Dossier, *args: Any, on: date, **kwargs: Any) -> None:
        part = dossier.part
        if part is None:
            raise AssertionError("a part is given again")
        value, unit = limit_fields(part.limit)
        kwargs["initial"] = {"limit": value, "unit": unit, "task": part.task}
        super().__init__(dossier, *args, **kwargs)
        self.name = part.name
        self.offices = offices_of(dossier, on)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        office = office_named(data.get("office", ""), self.offices)
        if office is None and data.get("office"):
            self.add_error("office", _("Không có cơ quan này trong tỉnh vào ngày giao."))
        try:
            limit = Limit.parse(f"{data.get('limit', '').strip()}{data.get('unit', '')}")
        except Invalid:
            self.add_error("limit", _("Cần thời hạn bằng số, ví dụ 2 hoặc 1,5."))
            return data
        if office is not None:
            data["plan"] = Plan(1, office.pk, self.name, limit, data.get("task", ""))
        return data


class ExtendPartForm(ExtendForm):
    """A new day for a part; whoever sets it is told the whole's day, which stays."""

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        if dossier.due_at is not None:
            words = _(
                "Ngày hẹn trả của cả hồ sơ là %(due)s và không tự đổi theo phần việc. Hẹn lại phần việc sau ngày này thì "
                "cơ quan chủ trì phải xin lỗi và hẹn lại ngày trả của cả hồ sơ."
            )
            self.warnings = [words % {"due": f"{day_of(dossier.due_at):%d/%m/%Y}"}]


class ResultForm(KeptFileForm):
    """What a part came to, in words that are passed on, perhaps with its file."""

    paper_no = forms.CharField(label=lazy("Số, ký hiệu văn bản"), max_length=60, required=False)
    summary = words_field(lazy("Kết quả chuyển cho cơ quan khác"))
    field_order = ("seen", "outcome", "paper_no", "summary", "file", "kept_file")

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        part = dossier.part
        if part is None:
            raise AssertionError("a result is a part's")
        kwargs["initial"] = {"paper_no": part.paper_no, "summary": part.summary}
        super().__init__(dossier, *args, **kwargs)


class FinishForm(ResultForm):
    outcome = forms.ChoiceField(label=lazy("Kết quả"), choices=ResultKind.choices, initial=ResultKind.GRANTED)


def offices_of(dossier: Dossier, on: date) -> list[Office]:
    """The offices of the province that can have a part, on a day."""
    return list(
        Office.objects.on(on).filter(province=dossier.receiving_office.province).order_by("level", "name_order")
    )


def shown(office: Office) -> str:
    """`Sở Tư pháp (H54.11)`: what is typed to name an office."""
    return f"{office.name} ({office.code_qd20})"


def office_named(text: str, offices: Sequence[Office]) -> Office | None:
    """The office that was typed or chosen: by its code in brackets, else by its whole name."""
    found = _CODE.search(text.strip())
    if found is not None:
        return next((office for office in offices if found[1] in (office.code_qd20, office.code)), None)
    return next((office for office in offices if office.name.casefold() == text.strip().casefold()), None)


def limit_fields(limit: Any) -> tuple[str, str]:
    """(number, unit) of a limit of one part; nothing where it is not so."""
    parts = Limit.from_json(limit).parts if limit else ()
    if len(parts) != 1 or parts[0].unit not in dict(UNITS):
        return "", "wd"
    return f"{float(parts[0].value):g}", str(parts[0].unit)
