"""motcua verify-qr TEXT | FILE.pdf"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.forms.proof import proof_in_pdf, read_proof
from motcua.forms.words import moment_words
from motcua.signing.checking import check


class Command(BaseCommand):
    help = (
        "Checks the text of a QR code, or a PDF with its code and its signatures; exit status 1 if it is not genuine."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", help="the scanned text, or the path of a PDF")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        path = Path(what)
        try:
            content = path.read_bytes() if what.lower().endswith(".pdf") else b""
            proof = read_proof(proof_in_pdf(content) if content else what)
            signatures = check(content, now()) if content else []
        except OSError as error:
            raise CommandError(f"Không đọc được {what} / cannot read it: {error.strerror}") from error
        except MotcuaError as error:
            raise CommandError(str(error)) from error
        say = self.stdout.write
        say(f"Thật / genuine: {proof.form.title} ({proof.form.id}), số {proof.number} năm {proof.year}")
        say(f"Hồ sơ {proof.code}, thủ tục {proof.procedure_code}, cơ quan {proof.office_code}")
        say(f"Tiếp nhận: {moment_words(proof.accepted_at) if proof.accepted_at else '–'}")
        say(f"Hẹn trả: {moment_words(proof.due_at) if proof.due_at else '–'}")
        say(f"Khóa: {proof.key.id}{'' if proof.key.signs_now else ' (đã thay)'}")
        for one in signatures:
            when = moment_words(one.signed_at) if one.signed_at else "–"
            say(f"Chữ ký: {one.signer}, {when}: {one.verdict.label}")
        if any(not one.is_good for one in signatures):
            raise CommandError("Tệp có chữ ký không hợp lệ / a signature is not valid")
