"""What is asked of an attempt that an outage hindered, of the applicant and at the counter alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from motcua.dossiers.acts.outage import LONGEST_EVIDENCE, note_attempt
from motcua.dossiers.models import Dossier
from motcua.pages.layout.acting import KeptFileForm
from motcua.pages.layout.requests import PersonRequest


class AttemptForm(KeptFileForm):
    """When the applicant tried in vain, and how one knows."""

    tried_at = forms.DateTimeField(
        label=lazy("Thử nộp lúc"),
        help_text=lazy("Trong thời gian hệ thống gián đoạn đã được phê duyệt."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    evidence = forms.CharField(
        label=lazy("Chứng cứ"),
        help_text=lazy("Thông báo lỗi, ảnh màn hình, cuộc gọi đến đường dây nóng, người chứng kiến…"),
        max_length=LONGEST_EVIDENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("tried_at", "evidence", "file")


def note(request: PersonRequest, dossier_id: int, data: dict[str, Any], form: AttemptForm) -> Dossier:
    """Do the act with what was filled in, as this person, now."""
    return note_attempt(
        dossier_id,
        tried_at=data["tried_at"],
        evidence=data["evidence"],
        file_id=form.stored_file(request),
        actor=request.actor,
        at=request.at,
        seen=data["seen"],
    )
