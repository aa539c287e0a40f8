"""Papers that a database makes unnecessary (resolution 66.7/2025)."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from motcua.base.text import fold
from motcua.catalogue.models import Component, ComponentReplacement, ProcedureVersion

_REMARK = re.compile(r"\(([^()]*)\)")
_NUMBER = re.compile(r"^\W*([a-z0-9]{1,2}[.,):]\s*)?")
_SEPARATORS = re.compile(r"[,;/]|\bhoac\b")
_ONLY_IF = re.compile(r"\s*(doi voi|trong truong hop|khong ap dung)\b")
_IN_PART = re.compile(r"thay the (1|mot) phan")
_PAPER = re.compile(
    r"(giay|the|can cuoc|chung minh nhan dan|ho chieu|quyet dinh|phieu|so ho khau|trich luc|van ban xac nhan"
    r"|dang ky (doanh nghiep|kinh doanh)|hop dong)\b"
)
# How a paper is handed in stands before what it is.
_LEAD = re.compile(
    r"^(ba[no] (sao|chinh|chup|goc|photo|photocopy|scan|dien tu)|co chung thuc|duoc chung thuc|chung thuc|cong chung|hop le|dien tu"
    r"|tu (ban chinh|so goc)|kem (theo )?ban (chinh|goc)( de doi chieu)?|va xuat trinh|xuat trinh|de doi chieu|neu la"
    r"|mot trong (cac|nhung)( loai)? giay to( sau)?|the(?= can cuoc)|giay(?= chung minh nhan dan)|\d+|[a-z])( |$)"
)
_ONE_OF = re.compile(r"\bhoac\b|/|mot trong")
# Of these one stands for the other; of other papers with commas between all are wanted.
_SAME = (
    re.compile("can cuoc|chung minh nhan dan|ho chieu"),
    re.compile("dang ky (kinh doanh|doanh nghiep|hop tac xa)|quyet dinh thanh lap"),
)
_AND_MORE = re.compile(
    r" (va|kem theo|cung) ((cac|ban \w+|mot|\d+) )*(giay|ho so|van ban|danh sach|hop dong|bien lai|tai lieu)\b"
)


def load_replacements(rows: list[dict[str, Any]]) -> int:
    """Keep the rows of the resolution's table, each once; how many were given."""
    made = {
        (
            r["code"].strip(),
            r["component_replaced"].strip(),
            r["database"].strip(),
            r["legal_doc"].strip(),
            r["clause"].strip(),
        ): r
        for r in rows
        if r["code"].strip() and r["component_replaced"].strip()
    }
    ComponentReplacement.objects.bulk_create(
        [
            ComponentReplacement(
                procedure_code=code,
                component_text=text,
                database=database,
                database_owner=row.get("database_owner", ""),
                legal_doc=legal_doc,
                clause=clause,
            )
            for (code, text, database, legal_doc, clause), row in made.items()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    return len(made)


def replaced_by(component: str, replacements: list[tuple[str, str]]) -> str:
    """The database that replaces a paper, when the resolution names it; else empty.

    What is said here is that somebody need not hand the paper in, so only a name counts that is nothing but this paper, or
    a list of papers of which one is enough. A paper that is replaced in part, or only where it is a certain one, is asked for.
    """
    papers = _papers(component)
    if _AND_MORE.search(_head(component)):
        return ""
    for text, database in replacements:
        for place, words in enumerate(replaced_papers(text)):
            if any(f"{paper} ".startswith(f"{words} ") for paper in papers):
                return _own_part(database, place, len(replaced_papers(text)))
    return ""


def replaced_papers(text: str) -> list[str]:
    """The papers that a row of the resolution's table replaces as a whole, as words to look for; none for "in part" or "only if"."""
    remarks = _REMARK.findall(fold(text))
    if _IN_PART.search(fold(text)) or any(map(_ONLY_IF.match, remarks)):
        return []
    inside = [paper for remark in remarks for paper in _papers(remark)]
    return inside or [paper for paper in map(_bare, _SEPARATORS.split(_head(text))) if _PAPER.match(paper)]


def _own_part(database: str, place: int, papers: int) -> str:
    """Of as many databases as papers the one of this paper."""
    parts = [part.strip() for part in re.split("[;,]", database) if part.strip()]
    return parts[place] if len(parts) == papers else database


def _papers(name: str) -> list[str]:
    """The papers that a name lists, up to the first words that are none."""
    found = []
    for part in map(_bare, _SEPARATORS.split(_head(name))):
        if part and not _PAPER.match(part):
            break
        found.append(part)
    found, head = [paper for paper in found if paper], _head(name)
    listed = [part for part in map(_bare, _SEPARATORS.split(head)) if part]
    several = listed if ";" in head else [part for part in listed if _PAPER.match(part)]
    if len(several) < 2 or any(all(map(kind.search, several)) for kind in _SAME):
        return found
    return found if _ONE_OF.search(head) and ";" not in head else []


def _head(name: str) -> str:
    """The name itself, folded: without its number in a list, remarks, and what is explained behind it."""
    words = _NUMBER.sub("", _REMARK.sub(" ", fold(name)))
    return re.split(r"[.:](?:\s|$)", words.strip(" .,:;"))[0]


def _bare(part: str) -> str:
    """The words of one paper, without its number in a list and how it is handed in (copy, certified, shown)."""
    words = " ".join(re.findall(r"\w+", part))
    while (shorter := _LEAD.sub("", words)) != words:
        words = shorter
    return words


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of the resolution's table: what of the catalogue it makes unnecessary; `of_ours`: is its procedure published here."""

    row: ComponentReplacement
    of_ours: bool
    papers: tuple[str, ...]


def standings() -> list[Standing]:
    """Every row that is loaded, by procedure. Two statements."""
    names: dict[str, list[str]] = defaultdict(list)
    published = Component.objects.filter(case__version__status=ProcedureVersion.Status.PUBLISHED)
    for code, name in published.values_list("case__version__procedure__code", "name").distinct():
        names[code].append(name)
    rows = ComponentReplacement.objects.order_by("procedure_code", "id")
    return [
        Standing(
            row,
            row.procedure_code in names,
            tuple(
                name
                for name in names.get(row.procedure_code, ())
                if replaced_by(name, [(row.component_text, row.database)])
            ),
        )
        for row in list(rows)
    ]
