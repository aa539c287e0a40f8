"""python -m bench.pictures: the main pages on a phone and on a desk, light and dark, on one sheet for each group of pages.

From the real product over the demo province, with some dossiers of the last days. `--out` keeps the sheets (docs/pictures),
`--each DIR` every picture by itself, as large as it is on the screen.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from bench.browser import province, seen

if TYPE_CHECKING:
    from bench.lives import Known

LOOKS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
# A picture on the sheet: so wide, and cut off below so many pixels of it.
WIDTHS = {390: 195, 1280: 427}
MOST_HIGH, GAP, COLOURS = 640, 12, 200
Visit = Callable[[Page], None]


def at(address: str) -> Visit:
    """A page that has an address."""

    def visit(page: Page) -> None:
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            raise SystemExit(f"{address}: {answer and answer.status}")

    return visit


def typing(words: str) -> Visit:
    """The home page while somebody types."""

    def visit(page: Page) -> None:
        page.goto("/")
        page.get_by_role("combobox").press_sequentially(words)
        page.get_by_role("option").first.wait_for()

    return visit


def tracked(code: str, secret: str) -> Visit:
    """What code and secret lead to."""

    def visit(page: Page) -> None:
        page.goto("/ho-so/tra-cuu/")
        page.fill("main [name=code]", code)
        page.fill("main [name=secret]", secret)
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button").first.click()

    return visit


def groups(known: Known) -> dict[str, list[tuple[str, str, Visit]]]:
    """For each sheet its pages: a name, who looks (an account's login; nobody), and the way there."""
    lan, draft, mine = known.owner, f"/nop-ho-so/{known.draft}", f"/ho-so/{known.handled.submission_no}"
    birth = "/thu-tuc/1.001193"
    return {
        "find": [
            ("home", "", at("/")),
            ("typing", "", typing("lam khai sinh cho con")),
            ("search", "", at("/tim-thu-tuc/?tim=khai+sinh")),
            ("procedure", "", at(f"{birth}/")),
            ("wizard", "", at(f"{birth}/giay-to/")),
            ("model", "", at(f"{birth}/ho-so-mau/")),
        ],
        "submit": [
            ("login", "", at("/dang-nhap/")),
            ("start", lan, at(f"{birth}/nop/")),
            ("owner", lan, at(f"{draft}/thong-tin/")),
            ("papers", lan, at(f"{draft}/giay-to/")),
            ("review", lan, at(f"{draft}/xem-lai/")),
            ("submitted", lan, at(f"{mine}/da-nop/")),
        ],
        "follow": [
            ("dossiers", lan, at("/ho-so/")),
            ("dossier", lan, at(f"{mine}/")),
            ("code-alone", "", at(f"/ho-so/tra-cuu/?ma={known.handled.code}")),
            ("tracked", "", tracked(known.finished.code or "", known.finished.secret)),
            ("rate", "", at(known.rating)),
            ("petition", "", at("/phan-anh/")),
        ],
        "account": [
            ("account", lan, at("/tai-khoan/")),
            ("notices", lan, at("/tai-khoan/thong-bao/")),
            ("own-data", lan, at("/tai-khoan/du-lieu/")),
            ("statistics", "", at("/thong-ke/")),
            ("open-data", "", at("/du-lieu-mo/")),
            ("news", "", at("/tin-tuc/")),
            ("article", "", at(f"/tin-tuc/{known.article}/")),
            ("check", "", at("/kiem-tra/")),
        ],
        "officers": [
            ("counter", known.receiver, at("/quay/")),
            ("inbox", known.handler, at("/ban-lam-viec/")),
            ("dossier", known.handler, at(f"/ban-lam-viec/ho-so/{known.handled.pk}/")),
            ("board", known.overseer, at("/van-hanh/")),
            ("report", known.overseer, at(f"/dieu-hanh/bao-cao/?ky={known.month}")),
        ],
    }


def take(browser: Browser, address: str, login: str, visit: Visit) -> list[Image.Image]:
    """One page in every look."""
    from bench.lives import session

    pictures = []
    for width, theme in LOOKS:
        context = browser.new_context(viewport={"width": width, "height": 844}, base_url=address, locale="vi-VN")
        cookies = {"nen": theme, "django_language": "vi"}
        if login:
            cookies["sessionid"] = session(login)
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        page = context.new_page()
        visit(page)
        page.wait_for_load_state("load")
        page.evaluate("document.fonts.ready")
        pictures.append(Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB"))
        context.close()
    return pictures


def sheet(rows: list[tuple[str, list[Image.Image]]]) -> Image.Image:
    """All pages of a group, one below the other, each look beside the others; what is cut off ends in a line."""
    small = []
    for name, pictures in rows:
        line = []
        for picture in pictures:
            width = WIDTHS[picture.width]
            one = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
            line.append(one.crop((0, 0, width, min(one.height, MOST_HIGH))))
        small.append((name, line))
    whole = (
        sum(WIDTHS[width] + GAP for width, _theme in LOOKS) + GAP,
        sum(max(one.height for one in line) + 3 * GAP for _name, line in small) + GAP,
    )
    made = Image.new("RGB", whole, (120, 124, 132))
    draw, top = ImageDraw.Draw(made), GAP
    for name, line in small:
        draw.text((GAP, top), name, fill="white", font_size=15)
        left, top = GAP, top + 2 * GAP
        for one in line:
            made.paste(one, (left, top))
            left += one.width + GAP
        top += max(one.height for one in line) + GAP
    return made.quantize(COLOURS, dither=Image.Dither.NONE)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, help="folder for the sheets")
    parser.add_argument("--each", type=Path, help="folder for every picture by itself")
    parser.add_argument("--only", nargs="*", help="of the groups find, submit, follow, account, officers")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="keep the scratch database, and use the one that was kept")
    options = parser.parse_args()
    with province("pictures", keep=options.keep):
        from bench.lives import lived  # its rows want Django to be set up

        known = lived()
        with seen(options.workers) as (browser, address):
            for group, pages in groups(known).items():
                if not options.only or group in options.only:
                    _picture(browser, address, group, pages, options)
    return 0


def _picture(
    browser: Browser, address: str, group: str, pages: list[tuple[str, str, Visit]], options: argparse.Namespace
) -> None:
    rows = []
    for name, login, visit in pages:
        rows.append((name, take(browser, address, login, visit)))
        if options.each:
            options.each.mkdir(parents=True, exist_ok=True)
            for (width, theme), picture in zip(LOOKS, rows[-1][1], strict=True):
                picture.save(options.each / f"{group}-{name}-{width}-{theme}.png")
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        path = options.out / f"pages-{group}.png"
        sheet(rows).save(path, optimize=True)
        print(f"{path}: {path.stat().st_size // 1024} kB", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
