"""Is this paper genuine? For everybody, without an account: a scanned code, or a PDF with its code and signatures."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Invalid, MotcuaError
from motcua.files.check import bounded
from motcua.forms.models import IssuedForm
from motcua.forms.proof import Proof, proof_in_pdf, read_proof
from motcua.offices.models import Office
from motcua.pages.layout.access import public
from motcua.pages.layout.forms import Form, blame, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.signatures import as_json, wants_json
from motcua.signing.checking import check as check_signatures
from motcua.signing.codes import VERSION, code_keys


class CheckForm(Form):
    """The words of a code, or a file."""

    text = forms.CharField(
        label=lazy("Nội dung mã QR"),
        help_text=lazy("Quét mã trên phiếu rồi dán nội dung vào đây."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=lazy("Hoặc tệp PDF"),
        help_text=lazy("Phiếu hoặc kết quả có chữ ký số. Tệp chỉ dùng để kiểm tra, không được lưu lại."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("text") and not data.get("file") and not self.errors:
            raise forms.ValidationError(_("Hãy dán nội dung mã QR hoặc chọn một tệp PDF."))
        return data


@public
def check(request: PersonRequest) -> HttpResponse:
    """The form, and what was found; as JSON with dang=json."""
    form = CheckForm(posted(request), request.FILES or None)
    found: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            found = look_into(form.cleaned_data, request)
        except Invalid as error:
            blame(form, error)
            if wants_json(request):
                return JsonResponse({"genuine": False, "code": error.code, "sentence": str(error)}, status=422)
    if wants_json(request) and found:
        return JsonResponse(_report(found))
    return show(request, "portal/check.html", found, form=form)


@public
def code(request: PersonRequest, text: str) -> HttpResponse:
    """Where a scanned code leads."""
    form = CheckForm()
    try:
        found: dict[str, Any] = _told(read_proof(text))
    except Invalid as error:
        found = {"refused": str(error)}
        form.status = error.status
    return show(request, "portal/check.html", found, form=form)


@public
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys, and how a code is checked without us."""
    return show(request, "portal/keys.html", {"keys": code_keys(), "version": VERSION})


@public
def keys_json(request: HttpRequest) -> HttpResponse:
    """The same for programs; anybody may keep it."""
    body = {
        "version": VERSION,
        "algorithm": "Ed25519",
        "keys": [
            {"id": key.id, "public": key.public, "made_at": key.made_at.isoformat(), "signs_now": key.signs_now}
            for key in code_keys()
        ],
    }
    response = JsonResponse(body)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=3600"
    return response


def look_into(data: dict[str, Any], request: PersonRequest) -> dict[str, Any]:
    """What a text or a file says of itself. Raises Invalid where it is not genuine, not readable or too large."""
    if not data["file"]:
        return _told(read_proof(data["text"]))
    content = bounded(data["file"].chunks())
    found: dict[str, Any] = {"signatures": check_signatures(content, request.at), "is_file": True}
    text = proof_in_pdf(content)
    if text:
        try:
            found |= _told(read_proof(text))
        except MotcuaError as error:
            found["refused"] = str(error)
    found["is_original"] = bool(text) and _is_original(content)
    return found


def _told(proof: Proof) -> dict[str, Any]:
    """The proof, with the name of the office whose code it says."""
    return {"proof": proof, "office": Office.objects.by_code(proof.office_code).first()}


def _is_original(content: bytes) -> bool:
    return IssuedForm.objects.filter(sha256=sha256(content).hexdigest()).exists()


def _report(found: dict[str, Any]) -> dict[str, Any]:
    proof: Proof | None = found.get("proof")
    said: dict[str, Any] = {"genuine": proof is not None and "refused" not in found}
    if proof is not None:
        said["paper"] = {
            "form": proof.form.id,
            "title": proof.form.title,
            "number": proof.number,
            "year": proof.year,
            "office": proof.office_code,
            "code": proof.code,
            "procedure": proof.procedure_code,
            "accepted_at": proof.accepted_at.isoformat() if proof.accepted_at else None,
            "due_at": proof.due_at.isoformat() if proof.due_at else None,
            "key": proof.key.id,
        }
    if "refused" in found:
        said["sentence"] = found["refused"]
    if found.get("is_file"):
        said["is_original"] = found["is_original"]
        said["signatures"] = [as_json(one) for one in found["signatures"]]
    return said
