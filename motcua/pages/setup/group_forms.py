"""A group of procedures as a form: what it is, who does what after whom, and the decision that publishes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Invalid
from motcua.base.ids import random_key
from motcua.calendar.limits import Limit
from motcua.catalogue.group_rows import InterlinkedGroup
from motcua.offices.models import Office
from motcua.pages.layout.forms import Form

MOST_ROWS, FEWEST_ROWS, SPARE_ROWS = 30, 4, 2
UNITS = (("wd", gettext_lazy("ngày làm việc")), ("wh", gettext_lazy("giờ làm việc")), ("d", gettext_lazy("ngày")))
# Offices that differ from dossier to dossier.
PLACES = (
    ("lead", gettext_lazy("Cơ quan chủ trì")),
    ("receiving", gettext_lazy("Bộ phận Một cửa tiếp nhận")),
    ("province", gettext_lazy("Ủy ban nhân dân tỉnh")),
    ("ubnd-xa", gettext_lazy("Ủy ban nhân dân cấp xã")),
    ("cong-an-xa", gettext_lazy("Công an cấp xã")),
)


def office_choices(on: date) -> dict[str, str]:
    """key → name of every office that a part can be given to, those of every place first."""
    named = dict(Office.objects.on(on).exclude(key="").order_by("level", "name_order").values_list("key", "name"))
    return {
        **{key: str(name) for key, name in PLACES},
        **{key: name for key, name in named.items() if key not in dict(PLACES)},
    }


class GroupForm(Form):
    """A group as it is in use, to be changed; a row without a name is no part."""

    name = forms.CharField(label=gettext_lazy("Tên nhóm"), max_length=500, widget=forms.Textarea({"rows": 2}))
    codes = forms.CharField(
        label=gettext_lazy("Mã thủ tục"),
        max_length=500,
        help_text=gettext_lazy("Cách nhau bằng dấu phẩy, ví dụ 2.000986."),
    )
    lead = forms.CharField(label=gettext_lazy("Cơ quan chủ trì"), max_length=300, required=False)
    decision = forms.CharField(label=gettext_lazy("Quyết định công bố"), max_length=300)
    decided_on = forms.DateField(
        label=gettext_lazy("Ngày quyết định"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Áp dụng cho hồ sơ tiếp nhận từ ngày"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=gettext_lazy("Sau hôm nay; hồ sơ đã tiếp nhận trước ngày đó giữ nguyên."),
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=2000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, group: InterlinkedGroup | None, on: date, *args: Any, **kwargs: Any) -> None:
        self.group, self.known = group, list(group.parts.all()) if group else []
        if group is not None:
            kwargs["initial"] = {"name": group.name, "codes": ", ".join(group.codes), "lead": group.lead}
        super().__init__(*args, **kwargs)
        self.common = list(self.fields)
        self.numbers = range(1, min(max(len(self.known) + SPARE_ROWS, FEWEST_ROWS), MOST_ROWS) + 1)
        choices = office_choices(on)
        choices |= {part.office: part.agency or part.office for part in self.known if part.office not in choices}
        for number in self.numbers:
            self._add(number, choices)

    def _add(self, number: int, choices: dict[str, str]) -> None:
        known = self.known[number - 1] if number <= len(self.known) else None
        value, unit = _limit_fields(known.limit if known else None)
        waits = ", ".join(map(str, known.waits_for)) if known else ""
        fields: dict[str, forms.Field] = {
            "name": forms.CharField(label=_("Tên phần việc"), max_length=500, initial=known.name if known else ""),
            "office": forms.ChoiceField(
                label=_("Cơ quan"), choices=[("", "–"), *choices.items()], initial=known.office if known else ""
            ),
            "task": forms.CharField(label=_("Nhiệm vụ"), max_length=1000, initial=known.task if known else ""),
            "limit": forms.CharField(label=_("Thời hạn"), max_length=10, initial=value),
            "unit": forms.ChoiceField(label=_("Đơn vị"), choices=UNITS, initial=unit),
            "waits": forms.CharField(label=_("Sau phần việc số"), max_length=100, initial=waits),
        }
        for name, field in fields.items():
            field.required = False
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            self.fields[f"{name}{number}"] = field

    def shared_fields(self) -> list[forms.BoundField]:
        """What is said of the whole group."""
        return [self[name] for name in self.common]

    def rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """The parts with their fields."""
        for number in self.numbers:
            yield number, [self[f"{name}{number}"] for name in ("name", "office", "task", "limit", "unit", "waits")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["parts"] = [
            self._part(number, data) for number in self.numbers if (data.get(f"name{number}") or "").strip()
        ]
        return data

    def _part(self, number: int, data: dict[str, Any]) -> dict[str, Any]:
        known = self.known[number - 1] if number <= len(self.known) else None
        typed, limit = (data.get(f"limit{number}") or "").strip(), ""
        if typed:
            try:
                limit = f"{typed}{data.get(f'unit{number}') or 'wd'}"
                Limit.parse(limit)
            except Invalid:
                self.add_error(f"limit{number}", _("Cần thời hạn bằng số, ví dụ 2 hoặc 1,5."))
        key = data.get(f"office{number}") or ""
        return {
            "number": number,
            "name": data[f"name{number}"].strip(),
            "code": known.code if known else "",
            "office": key,
            "agency": dict(self.fields[f"office{number}"].choices).get(key, ""),  # type: ignore[attr-defined]
            "task": (data.get(f"task{number}") or "").strip(),
            "waits_for": [int(word) for word in re.findall(r"\d+", data.get(f"waits{number}") or "") if len(word) < 4],
            "limit": limit,
            "limit_source": data.get("decision") or "",
        }

    def content(self) -> dict[str, Any]:
        """The group as the catalogue keeps it."""
        data = self.cleaned_data
        return {
            "key": self.group.key if self.group else f"tinh-{random_key(8).lower()}",
            "codes": [code for code in re.split(r"[,;\s]+", data["codes"]) if code],
            "name": data["name"].strip(),
            "decision": data["decision"].strip(),
            "decided_on": data["decided_on"].isoformat(),
            "province": "",
            "lead": data["lead"].strip(),
            "source": data["decision"].strip(),
            "confidence": "found",
            "parts": data["parts"],
        }

    def grounds(self) -> dict[str, Any]:
        """From which day, and why."""
        return {"valid_from": self.cleaned_data["valid_from"], "reason": self.cleaned_data["reason"]}


def _limit_fields(limit: Any) -> tuple[str, str]:
    parts = Limit.from_json(limit).parts if limit else ()
    if len(parts) != 1 or parts[0].unit not in dict(UNITS):
        return "", "wd"
    return f"{float(parts[0].value):g}", str(parts[0].unit)
