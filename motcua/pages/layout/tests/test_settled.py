"""What is the same for everybody is put together once."""

from django.template import Context, Template

PART = Template("{% load settled %}{% settled language size %}{{ language }} {{ size }} {{ other }}{% endsettled %}")


def test_a_settled_part_changes_with_what_it_names_and_with_nothing_else() -> None:
    def shown(language: str, size: str, other: str) -> str:
        return PART.render(Context({"language": language, "size": size, "other": other}))

    assert shown("vi", "normal", "one") == "vi normal one"
    assert shown("vi", "normal", "two") == "vi normal one"
    assert shown("en", "normal", "two") == "en normal two"
    assert shown("vi", "large", "two") == "vi large two"
