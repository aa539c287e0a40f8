"""A page that names a static file finds it: where files are served under hashed names, a missing one is an error."""

import re

from django.contrib.staticfiles import finders

from motcua.launcher import places

NAMED = re.compile(r"""\{%\s*static\s+["']([^"']+)["']\s*%\}""")


def test_every_static_file_that_a_template_names_exists() -> None:
    named = {
        (name, path.relative_to(places.CHECKOUT))
        for path in places.CHECKOUT.glob("motcua/pages/*/templates/**/*.html")
        for name in NAMED.findall(path.read_text())
    }
    assert named, "the layout names at least its style sheet"
    assert [pair for pair in named if finders.find(pair[0]) is None] == []
