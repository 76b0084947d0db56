"""Words of a body for the index."""

from wagtail.fields import StreamField

from home.blocks import text_of


def stream(*parts: tuple[str, str]):
    from wagtail import blocks

    field = StreamField([("text", blocks.CharBlock())])
    return field.to_python([{"type": kind, "value": value} for kind, value in parts])


def test_parts_are_set_off_as_sentences():
    body = stream(("text", "Đất đai"), ("text", "Giao đất;"), ("text", "cho thuê đất"))
    assert text_of(body) == "Đất đai. Giao đất; cho thuê đất"


def test_keys_of_programs_are_no_words():
    assert text_of(stream(("text", "Chi cục"), ("text", "chi-cuc-bao-ve-moi-truong"))) == "Chi cục"


def test_an_empty_body_has_no_words():
    assert text_of(None) == ""
    assert text_of(stream()) == ""
