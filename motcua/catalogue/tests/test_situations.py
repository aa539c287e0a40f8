"""What life brings: the file is whole, and what people say leads to it."""

import pytest

from motcua.base.errors import NotThere
from motcua.catalogue.model_dossiers import model_dossiers
from motcua.catalogue.situations import offered, situations, situations_of
from tests.world import World


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("vợ tôi mới đẻ", "sinh-con"),
        ("bo toi vua mat", "nguoi-than-qua-doi"),
        ("muốn mở quán", "mo-cua-hang"),
        ("lam mat so do", "mua-nha-dat"),
    ],
)
def test_everyday_words_lead_to_it(text: str, key: str) -> None:
    assert key in [one.key for one in situations_of(text)]


def test_other_words_lead_nowhere() -> None:
    assert situations_of("giấy phép khai thác khoáng sản") == []
    assert situations_of("") == []


@pytest.mark.django_db
def test_only_what_is_published_here_is_shown_and_an_unknown_one_is_not_there(world: World) -> None:
    assert offered("sinh-con")[1] == ()
    with pytest.raises(NotThere):
        offered("khong-co")


def test_models_hide_personal_numbers() -> None:
    for model in model_dossiers().values():
        for _line, value in model.fields:
            assert not any(len(word) >= 9 and word.isdigit() for word in value.replace(".", " ").split())
    assert len(situations()) >= 10
