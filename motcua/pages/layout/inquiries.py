"""Opinions and verifications in words: what happened to them, how late they are, and what an approver is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.times import VIETNAM
from motcua.dossiers.inquiries import open_consultations, open_verifications
from motcua.dossiers.models import Consultation, Dossier, Verification
from motcua.dossiers.telling import Told


def inquiry_notes(event: Told, *, applicant: bool) -> Iterable[str]:
    """What an event says of opinions and verifications; what officers wrote for each other is not the applicant's."""
    for one in event.data.get("asked", ()):
        yield _("%(office)s: trả lời trước %(due)s") % {"office": one["office"], "due": clock(one["due_at"])}
    for one in event.data.get("opinions", ()):
        if one["outcome"] == Consultation.Outcome.DROPPED:
            yield one["office"]
        elif one["outcome"] == Consultation.Outcome.OVERTAKEN and not applicant:
            yield _("%(office)s: chưa có ý kiến, không chờ nữa") % {"office": one["office"]}
        if one["late"] and not applicant:
            yield _("Trễ hạn trả lời")
    if planned := event.data.get("verification"):
        yield from _appointment(planned, applicant=applicant)
    for one in event.data.get("verified", ()):
        if one["outcome"] == Verification.Outcome.OVERTAKEN and (one["needs_applicant"] or not applicant):
            yield _("Buổi thẩm tra, xác minh đã hẹn không diễn ra nữa")


def _appointment(planned: dict[str, str], *, applicant: bool) -> Iterable[str]:
    if applicant and not planned["needs_applicant"]:
        return
    if planned["needs_applicant"]:
        yield _("Người nộp hồ sơ cần có mặt")
    yield _("Thời gian: %(begins)s đến %(ends)s") % {
        "begins": clock(planned["begins_at"]),
        "ends": clock(planned["ends_at"]),
    }
    yield _("Địa điểm: %(place)s") % {"place": planned["place"]}
    yield _("Thành phần: %(participants)s") % {"participants": planned["participants"]}
    yield _("Nội dung: %(content)s") % {"content": planned["content"]}


def clock(moment: str | datetime) -> str:
    """`17:00 05/11/2021` in Vietnam, of an instant or as an event keeps it."""
    instant = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{instant.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def open_when_deciding(dossier: Dossier) -> list[str]:
    """What whoever decides now is told is still open; nothing of it forbids to decide. Law: ND61-2018 19(5)"""
    waiting = open_consultations(dossier)
    told = [
        _("%(office)s chưa trả lời ý kiến (hạn %(due)s).") % {"office": one.office.name, "due": clock(one.due_at)}
        for one in waiting
    ]
    told += [
        _("Buổi thẩm tra, xác minh lúc %(begins)s chưa có kết quả.") % {"begins": clock(one.begins_at)}
        for one in open_verifications(dossier)
    ]
    if told:
        told.append(_("Cơ quan chủ trì vẫn được quyết định; những việc này sẽ kết thúc cùng lúc."))
    return told
