"""The forms of a page, as a browser would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

FREE = {"text", "textarea", "search", "email", "tel"}  # where a person may type any words


@dataclass
class Sendable:
    """A form: where it goes, what it holds when nothing is changed, and where words can be typed."""

    action: str
    method: str
    holds: dict[str, str] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)


class FormReader(HTMLParser):
    """Collects the forms of a page with their first values."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Sendable] = []
        self._form: Sendable | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Sendable(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form is None or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "textarea" and name:
            self._area = name
            self._form.holds[name] = ""
            self._form.free.append(name)
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and ("selected" in given or self._select not in self._form.holds):
            self._form.holds[self._select] = given.get("value", "")
        if tag == "input" and name:
            self._input(name, given)

    def _input(self, name: str, given: dict[str, str]) -> None:
        assert self._form is not None
        kind = given.get("type", "text")
        if kind in {"submit", "button", "image", "file"} or (kind in {"radio", "checkbox"} and "checked" not in given):
            return
        self._form.holds[name] = given.get("value", "on" if kind == "checkbox" else "")
        if kind in FREE:
            self._form.free.append(name)

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.holds[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""


def forms_in(html: str) -> list[Sendable]:
    """Every form that is sent (POST) and in which words can be typed."""
    reader = FormReader()
    reader.feed(html)
    return [form for form in reader.forms if form.method == "post" and form.free]
