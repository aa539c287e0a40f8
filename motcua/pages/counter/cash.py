"""Money of the counter: what is open, the cash day, the quarter; every figure opens the entries behind it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.fees.closing import close, day_to_close, entries_of_day
from motcua.fees.kinds import LineKind
from motcua.fees.models import CashClose, Entry
from motcua.fees.settlement import FIGURES, Quarter, Share, entries_behind, parse_quarter, quarter_of, shares, total
from motcua.offices.models import Office
from motcua.pages.counter.intake import RECEIVING
from motcua.pages.counter.money_forms import CashCloseForm
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.people.models import Account
from motcua.reports.cash_workbook import CashRow, cash_workbook
from motcua.reports.settlement_workbook import settlement_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN = ("unpaid", "partly", "refund_due")
CLOSES_SHOWN = 30


@officers(*RECEIVING)
def fees(request: PersonRequest) -> HttpResponse:
    """Dossiers of this counter whose money is not settled, the oldest bill first."""
    rows = Dossier.objects.filter(
        bill__counter_id__in=request.actor.offices(*RECEIVING), bill__state__in=OPEN
    ).select_related("bill")
    page = cursor_page(rows, request, key="submitted_at")
    return render(request, "counter/fees.html", {"page": page})


@officers(*RECEIVING)
def cash_close(request: PersonRequest) -> HttpResponse:
    """Close one's own cash day: count, say why it differs, sign."""
    office = _office(request)
    officer_id = request.actor.account_id or 0
    turn = day_to_close(office.pk, officer_id, day_of(request.at))
    shown = {"office": office.pk, "day": f"{turn.day:%Y-%m-%d}" if turn else ""}
    form = CashCloseForm(posted(request), initial=shown)
    if request.method == "POST":
        made = attempt(
            form,
            lambda: close(
                office_id=form.cleaned_data["office"],
                day=form.cleaned_data["day"],
                counted=form.counted(),
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                at=request.at,
            ),
        )
        if made is not None:
            messages.success(request, _("Đã khoá sổ ngày %(day)s.") % {"day": f"{made.day:%d/%m/%Y}"})
            return redirect("counter:cash_close")
    seen = CashClose.objects.filter(office=office).select_related("officer").order_by("-day", "-id")
    closes = seen if request.actor.has("unit_head", office.pk) else seen.filter(officer_id=officer_id)
    context = {"office": office, "turn": turn, "closes": closes[:CLOSES_SHOWN], "officer_id": officer_id}
    return show(request, "counter/cash_close.html", context, form=form)


@officers(*RECEIVING)
def cash_entries(request: PersonRequest) -> HttpResponse:
    """The entries of one till and day: one's own, or of one's unit for its head."""
    office, officer_id, day = _till(request)
    rows = entries_of_day(office.pk, officer_id, day)
    title = _("Thu, hoàn tiền ngày %(day)s") % {"day": f"{day:%d/%m/%Y}"}
    return _entries(request, title, rows, back="counter:cash_close")


@officers(*RECEIVING)
def cash_xlsx(request: PersonRequest) -> HttpResponse:
    """The same day as a workbook: each receipt a row that opens it, the count, the difference as live sums."""
    office, officer_id, day = _till(request)
    entries = list(entries_of_day(office.pk, officer_id, day).order_by("at", "id"))
    codes = _dossiers_of(entries)
    rows = [
        CashRow(entry, str(codes.get(entry.bill_id, entry.bill)), _receipt_address(request, entry)) for entry in entries
    ]
    officer = Account.objects.get(pk=officer_id)
    closed = CashClose.objects.filter(office=office, officer=officer, day=day).select_related("officer").first()
    made = cash_workbook(office=office.name, officer=officer.full_name, day=day, rows=rows, closed=closed)
    return _workbook(made, f"so-quy-{day:%Y-%m-%d}.xlsx")


@officers(*RECEIVING)
def settlement(request: PersonRequest) -> HttpResponse:
    """What was collected for whom in a quarter."""
    quarter = _quarter(request)
    rows = shares(quarter, request.actor.offices(*RECEIVING))
    context = {"quarter": quarter, "before": quarter.before(), "rows": rows, "total": total(rows)}
    return render(request, "counter/settlement.html", context)


@officers(*RECEIVING)
def settlement_xlsx(request: PersonRequest) -> HttpResponse:
    """The same as a workbook with live sums; each figure opens the entries behind it."""
    quarter = _quarter(request)
    counters = request.actor.offices(*RECEIVING)
    names = list(Office.objects.filter(pk__in=counters).in_vi_order().values_list("name", flat=True))
    behind = request.build_absolute_uri(reverse("counter:settlement_entries"))

    def opens(share: Share, figure: str) -> str:
        return f"{behind}?quy={quarter.key}&coquan={share.agency_id}&loai={share.kind}&so={figure}"

    made = settlement_workbook(str(quarter), names, shares(quarter, counters), opens)
    return _workbook(made, f"quyet-toan-phi-{quarter.key}.xlsx")


@officers(*RECEIVING)
def settlement_entries(request: PersonRequest) -> HttpResponse:
    """The entries behind one figure of the quarter."""
    quarter = _quarter(request)
    agency, kind, figure = (request.GET.get(name, "") for name in ("coquan", "loai", "so"))
    if not agency.isdecimal() or len(agency) > 18 or kind not in LineKind.values or figure not in ("", *FIGURES):
        raise NotThere(_("Không có trang này."))
    rows = entries_behind(quarter, request.actor.offices(*RECEIVING), int(agency), kind, figure)
    name = Office.objects.filter(pk=int(agency)).values_list("name", flat=True).first() or "–"
    title = f"{LineKind(kind).label}: {name}, {quarter}"
    return _entries(request, title, rows, back="counter:settlement")


def _entries(request: PersonRequest, title: str, rows: QuerySet[Entry], back: str) -> HttpResponse:
    page = cursor_page(rows, request, key="at", size=100)
    dossiers = _dossiers_of(page.items)
    for entry in page.items:
        entry.dossier = dossiers.get(entry.bill_id)  # type: ignore[attr-defined]
    return render(request, "counter/entries.html", {"title": title, "page": page, "back": back})


def _dossiers_of(entries: Iterable[Entry]) -> dict[int | None, Dossier]:
    """The dossiers of these entries by their bills; one statement."""
    bills = {entry.bill_id for entry in entries}
    return {dossier.bill_id: dossier for dossier in Dossier.objects.filter(bill_id__in=bills)}


def _receipt_address(request: PersonRequest, entry: Entry) -> str:
    """Where the receipt of an entry opens; empty where there is none."""
    if entry.receipt_id is None:
        return ""
    return request.build_absolute_uri(reverse("counter:receipt", args=[entry.receipt_id]))


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _till(request: PersonRequest) -> tuple[Office, int, date]:
    """The till and day asked for: one's own, or of one's unit for its head. Raises NotThere for others'."""
    office = _office(request)
    officer = request.GET.get("canbo", "")
    officer_id = int(officer) if officer.isdecimal() and len(officer) < 19 else request.actor.account_id or 0
    if officer_id != request.actor.account_id and not (
        request.actor.has("unit_head", office.pk) and Account.objects.filter(pk=officer_id).exists()
    ):
        raise NotThere(_("Không có trang này."))
    return office, officer_id, _day(request)


def _office(request: PersonRequest) -> Office:
    """The counter asked for (`?quay=`), among this person's own; else the first of them."""
    own = request.actor.offices(*RECEIVING)
    asked = request.GET.get("quay", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 19 else min(own)
    if wanted not in own:
        raise NotThere(_("Không có trang này."))
    return Office.objects.get(pk=wanted)


def _day(request: PersonRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return day_of(request.at)


def _quarter(request: PersonRequest) -> Quarter:
    asked = request.GET.get("quy", "")
    return parse_quarter(asked) if asked else quarter_of(day_of(request.at))
