"""What holds for every page: one h1, a title, labelled controls, unique ids, a language, nothing inline."""

from html.parser import HTMLParser
from typing import Any

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class PageReader(HTMLParser):
    """Collects what a page is judged by, and the elements left open."""

    def __init__(self) -> None:
        super().__init__()
        self.h1 = 0
        self.title = ""
        self.language = ""
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.references: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.h1 += tag == "h1"
        if tag == "html":
            self.language = given.get("lang", "")
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "label":
            self.labels.add(given.get("for", ""))
        self.references += given.get("aria-describedby", "").split()
        if tag in {"input", "select", "textarea"} and given.get("type") not in UNLABELLED:
            self.controls.append({**given, "tag": tag, "in_label": str("label" in self._open)})
        self._look_for_faults(tag, given)
        if tag not in VOID:
            self._open.append(tag)

    def _look_for_faults(self, tag: str, given: dict[str, str]) -> None:
        if "style" in given or tag == "style":
            self.faults.append(f"inline style on {tag}")
        if any(name.startswith("on") for name in given) or (tag == "script" and "src" not in given):
            self.faults.append(f"inline script on {tag}")
        if tag == "img" and "alt" not in given:
            self.faults.append("an image without alt")
        if tag == "a" and not given.get("href"):
            self.faults.append("a link to nowhere")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-3:]}")
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"]:
            self.title += data


def faults_of(html: str) -> list[str]:
    """Everything wrong with a page, in words; empty when it is as it must be."""
    page = PageReader()
    page.feed(html)
    faults = list(page.faults)
    if page.h1 != 1:
        faults.append(f"{page.h1} h1")
    if not page.title.strip().removesuffix("– Một Cửa").strip():
        faults.append("no title")
    if page.language not in {"vi", "en"}:
        faults.append("no language")
    faults += [f"id {one} twice" for one in sorted({one for one in page.ids if page.ids.count(one) > 1})]
    for control in page.controls:
        named = control.get("aria-label") or control.get("id") in page.labels or control["in_label"] == "True"
        if not named:
            faults.append(f"no label for {control['tag']} {control.get('name', '')}")
    faults += [f"described by a missing {one}" for one in page.references if one not in page.ids]
    return faults


def assert_good_page(response: Any, status: int = 200) -> str:
    """The page of a test client's response, after checking its status and everything that holds for every page."""
    html: str = response.content.decode()
    assert response.status_code == status, f"{response.status_code}: {html[-3000:]}"
    assert response.headers["Content-Type"].startswith("text/html")
    assert "script-src" in response.headers["Content-Security-Policy"] or (
        "default-src 'self'" in response.headers["Content-Security-Policy"]
    )
    assert faults_of(html) == []
    return html
