"""Which spellings can be one Vietnamese syllable, and where its tone is written."""

from __future__ import annotations

import unicodedata
from itertools import product

_ONSET_LIST = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_ONSETS = ("", *_ONSET_LIST.split())
_ONSETS_LONGEST_FIRST = sorted(_ONSETS, key=len, reverse=True)
_RIME_LIST = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong
ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um
un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ươc
ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
"""
# One sound, two spellings: the longer before e, ê, i, y, the shorter before the others.
_BEFORE_FRONT = {"k": True, "gh": True, "ngh": True, "c": False, "g": False, "ng": False}
_FRONT = frozenset("eêiy")
_WITH_Y_ALONE = frozenset(("", "b", "d", "h", "k", "l", "m", "qu", "s", "t", "th", "v"))
_STOPS = ("c", "ch", "p", "t")

#: The five marks of tone: sắc, huyền, hỏi, ngã, nặng.
TONES = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
VOWELS = frozenset("aăâeêioôơuưy")


def _fits(onset: str, rime: str) -> bool:
    wants_front = _BEFORE_FRONT.get(onset)
    if wants_front is not None and wants_front != (rime[0] in _FRONT):
        return onset == "g" and rime[0] == "i"  # gì, gìn, giếng
    if onset == "gi" and rime[0] == "i":
        return False
    if rime[0] == "y":
        return (rime == "y" and onset in _WITH_Y_ALONE) or onset in ("", "qu")
    return True


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).replace("đ", "d")


_TONELESS = frozenset(onset + rime for onset, rime in product(_ONSETS, _RIME_LIST.split()) if _fits(onset, rime))
_FOLDED = frozenset(map(_plain, _TONELESS))


def is_syllable_shape(folded: str) -> bool:
    """True when letters without marks can be a syllable: "quyet", "an", "nghieng", but not "test", "bvmt".

    Shape: spelling alone is judged; not every shape is a word.
    """
    return folded in _FOLDED


def is_spelled(word: str) -> bool:
    """True when a word with its marks can be a syllable: "quyết", "Định", but not "quyềt", "đắk".

    Shape: composed (NFC); the place of the tone does not matter; before c, ch, p, t stand sắc, nặng or no tone.
    """
    toneless, tone = split_tone(word.lower())
    if toneless not in _TONELESS:
        return False
    return not toneless.endswith(_STOPS) or tone in ("\u0301", "\u0323", "")


def split_tone(word: str) -> tuple[str, str]:
    """The word without its tone, and the tone: "định" -> ("đinh", "\\u0323"); without one -> ""."""
    decomposed = unicodedata.normalize("NFD", word)
    tone = next((sign for sign in decomposed if sign in TONES), "")
    kept = "".join(sign for sign in decomposed if sign not in TONES)
    return unicodedata.normalize("NFC", kept), tone


def with_tone(toneless: str, tone: str) -> str:
    """The toneless syllable with its tone in the new placement: ("hoa", "\\u0300") -> "hòa"."""
    if not tone:
        return toneless
    index = _tone_index(toneless)
    marked = unicodedata.normalize("NFC", toneless[index] + tone)
    return toneless[:index] + marked + toneless[index + 1 :]


def _tone_index(toneless: str) -> int:
    onset = next(part for part in _ONSETS_LONGEST_FIRST if _opens(toneless, part))
    vowels = [index for index, letter in enumerate(toneless) if index >= len(onset) and letter in VOWELS]
    marked = [index for index in vowels if toneless[index] in "ăâêôơư"]
    if marked:
        return marked[-1]
    if len(vowels) == 1:
        return vowels[0]
    is_open = vowels[-1] == len(toneless) - 1
    return vowels[-2] if is_open else vowels[-1]


def _opens(toneless: str, onset: str) -> bool:
    rest = toneless[len(onset) :]
    return toneless.startswith(onset) and rest[:1] in VOWELS
