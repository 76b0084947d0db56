"""Names go out of texts however they are written; what only resembles them stays."""

import json
import unicodedata

import pytest

from news.names import stream_without_names, without_names


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Y Mẫu giữ rừng", "Nhân vật giữ rừng"),
        ("Anh Y  Mẫu, y mẫu và Y\nMẪU.", "Anh nhân vật, nhân vật và nhân vật."),
        ("<p>Y Mẫu kể. Mẫu nói</p>", "<p>Nhân vật kể. Nhân vật nói</p>"),
        (unicodedata.normalize("NFD", "Gặp Y Mẫu"), "Gặp nhân vật"),
        ("Mẫu số 1 của Mẫum, Y Mẫus", "Nhân vật số 1 của Mẫum, Y Mẫus"),
    ],
)
def test_names_in_texts(text, expected):
    assert without_names(text, ["Mẫu", "Y Mẫu"]) == expected


def test_names_in_streams_and_pictures_left_out():
    said = [
        {"type": "prose", "value": "<p>Y Mẫu</p>", "id": "1"},
        {"type": "picture", "value": {"image": 3, "alt": "Y Mẫu"}, "id": "2"},
        {"type": "quote", "value": {"text": "Tôi là Y Mẫu", "speaker": "Y Mẫu"}, "id": "3"},
    ]
    left = json.loads(stream_without_names(json.dumps(said), ["Y Mẫu"], left_out=("picture",)))
    assert [block["value"] for block in left] == [
        "<p>Nhân vật</p>",
        {"text": "Tôi là nhân vật", "speaker": "Nhân vật"},
    ]
