"""The OCR engine trueocr: Vietnamese lines by small models that come in its package."""

import importlib.util

from PIL import Image

from .ocr import Reading
from .pages import Line


class Engine:
    """trueocr with its models loaded, on one thread: files side by side use the other cores."""

    name = "trueocr"

    def __init__(self) -> None:
        from trueocr import load_model

        self._model = load_model(threads=1)

    @staticmethod
    def is_installed() -> bool:
        """Whether the package is there."""
        return all(importlib.util.find_spec(name) for name in ("trueocr", "onnxruntime", "cv2"))

    def read(self, picture: Image.Image, is_upright: bool = False) -> Reading:
        """The lines of a picture, which is turned and straightened first."""
        found = self._model.predict(picture)
        width, height = found.image.size
        lines = tuple(
            Line(line["text"], _parts(line["bbox"], width, height), round(line["confidence"], 3))
            for line in found.lines
            if line["text"].strip()
        )
        turns = found.data["rotation_clockwise_degrees"] // 90
        return Reading(lines, found.image.convert("L"), turns % 4)


def _parts(box: list[int], width: int, height: int):
    left, top, right, bottom = box
    return round(left / width, 4), round(top / height, 4), round(right / width, 4), round(bottom / height, 4)
