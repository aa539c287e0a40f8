"""The bulletin of a replayed month beside the published text."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from motcua.replays.bulletins import published_text
from motcua.reports.texts.checking import check_text


def test_the_published_paragraphs_are_those_with_figures_without_our_marks() -> None:
    said = published_text("003")
    assert said.count("6.189 hồ sơ") == 1
    assert "⟦" not in published_text("002")
    assert all(check_text(paragraph).figures for paragraph in said.split("\n\n"))
    with pytest.raises(LookupError):
        published_text("999")


def test_a_period_that_nobody_published_is_refused_in_words() -> None:
    with pytest.raises(CommandError, match="Không có bản diễn lại"):
        call_command("replay_bulletin", "thai-binh-2019")
