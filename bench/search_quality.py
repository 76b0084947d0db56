"""How good answers are when questions are typed as people type: shortened, unaccented, raw keys, slips, numbers.

    .venv/bin/python bench/search_quality.py CORPUS.jsonl QUERIES.jsonl [--engine sqlite] [--sample 200]

One throw-away index in a database of this run alone; one line a set. Slips are made with a fixed seed, so two
runs compare. Numbers are made up and given to the documents of the corpus.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from bench import query_variants as variants
from search.contract import IndexRecord, SearchEngine, SearchQuery, Wording
from search.evaluation import answer_all, figures, fill
from search.judged_sets import JudgedQuery, read_corpus, read_queries
from search.measured_engine import engine_to_measure
from search.vietnamese.letters import fold
from search.visibility import PUBLIC

SHOWN = ("ndcg_at_10", "recall_at_10", "hit_at_1", "zero_hit_share", "altered_share", "p50_ms", "p95_ms")
_CODES = ["QĐ-UBND", "CT-TU", "KH-STNMT", "TB-VP", "BC-SNV", "CV-STNMT", "NQ-HĐND", "ĐA-UBND", "HD-BTG", "TT-BTNMT"]
_KINDS = {"QĐ": "Quyết định", "CT": "Chỉ thị", "KH": "Kế hoạch", "NQ": "Nghị quyết", "TT": "Thông tư"}
SUGGESTED = 8


@contextmanager
def own_database() -> Iterator[None]:
    """A migrated database of this run alone."""
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder, "bench.sqlite3"))
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        try:
            yield
        finally:
            teardown_databases(made, verbosity=0)


def numbered(records: Sequence[IndexRecord]) -> list[IndexRecord]:
    """Documents with numbers of two fashions: 05/2023/QĐ-UBND and 39-CT/TU."""
    chance, taken, held = random.Random(3), set(), []
    for record in records:
        number = ""
        while not number or number in taken:
            code, place = chance.choice(_CODES), chance.randrange(1, 600)
            year = chance.randrange(2005, 2026)
            number = f"{place:02}/{year}/{code}" if chance.random() < 0.7 else f"{place:02}-{code.replace('-', '/')}"
        taken.add(number)
        held.append(replace(record, number=number, version=record.version + 1))
    return held


def spellings(number: str) -> dict[str, str]:
    """Eight ways to type a number."""
    spaced = number.replace("/", " ").replace("-", " ")
    kind = next((name for code, name in _KINDS.items() if f"{code}-" in number or f"{code}/" in number), "Văn bản")
    digits, _, letters = spaced.partition(" ")
    return {
        "printed": number,
        "lower": number.lower(),
        "plain": fold(number),
        "spaced": spaced,
        "spaced plain": fold(spaced),
        "no zeros": number.lstrip("0"),
        "letters first": f"{letters} {digits}",
        "glued": fold(spaced.replace(" ", "")),
        "with its kind": f"{kind} số {number}",
    }


def number_sets(records: Sequence[IndexRecord]) -> dict[str, list[JudgedQuery]]:
    sets: dict[str, list[JudgedQuery]] = {}
    for record in records:
        for name, text in spellings(record.number).items():
            sets.setdefault(f"number, {name}", []).append(JudgedQuery(text, frozenset({record.key})))
    return sets


def typed_sets(
    queries: Sequence[JudgedQuery], records: Sequence[IndexRecord], weights: variants.Weights
) -> dict[str, list[JudgedQuery]]:
    """Every set of words by its name."""
    again = partial(variants.rewritten, queries)
    short = again(partial(variants.rarest_window, weights=weights))
    sets = {
        "question": list(queries),
        "short, rarest window": short,
        "short, first window": again(variants.first_window),
        "short, last window": again(variants.last_window),
        "short, rarest words": again(partial(variants.rarest_words, weights=weights)),
        "short, of titles": variants.from_titles(queries, records, weights),
    }
    sets |= {f"{name}, no accents": variants.rewritten(asked, fold) for name, asked in sets.items()}
    for name, asked in (("question", queries), ("short", short)):
        keys = (variants.telex, variants.telex_in_place, variants.vni, variants.vni_in_place)
        sets |= {f"{way.__name__}, {name}": variants.rewritten(asked, way) for way in keys}
        slips = (("slip", variants.slip), ("near slip", partial(variants.slip, is_near=True)))
        for slip_name, way in slips:
            sets[f"{slip_name}, {name}"] = _with(way, asked)
            sets[f"{slip_name}, {name}, no accents"] = _with(way, variants.rewritten(asked, fold))
        sets[f"late tone, {name}"] = _with(variants.late_tone, asked)
    return sets


def _with(way, asked: Sequence[JudgedQuery]) -> list[JudgedQuery]:
    chance = random.Random(5)
    return variants.rewritten(asked, lambda text: way(text, chance))


def suggested_share(engine: SearchEngine, records: Sequence[IndexRecord], way) -> float:
    """How often a title begun is among the lines under the search box."""
    now = timezone.now()
    query = SearchQuery(frozenset({PUBLIC}), Wording(), now, timezone.localdate())
    found = 0
    for record in records:
        lines = engine.suggest(way(record.title), query, SUGGESTED)
        found += any(line.title == record.title for line in lines)
    return found / len(records)


def begun(title: str, first: int = 0) -> str:
    """Three words of a title and half of a fourth."""
    words = title.split()[first:][:4]
    return " ".join([*words[:-1], words[-1][: max(1, len(words[-1]) // 2)]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--engine", default="")
    parser.add_argument("--sample", type=int, default=0, help="so many queries of each set")
    parser.add_argument("--only", default="", help="sets whose name begins so")
    options = parser.parse_args()
    records, queries = list(read_corpus(options.corpus)), read_queries(options.queries)
    wanted = options.sample or len(queries)
    with_numbers = numbered(records)
    chosen = random.Random(1).sample(with_numbers, min(wanted, len(records)))
    with own_database():
        engine = engine_to_measure(options.engine).aside()
        try:
            fill(engine, records)
            print(f"{'set':40}" + "".join(f"{name:>15}" for name in SHOWN))
            show(engine, typed_sets(queries[:wanted], records, variants.Weights(records)), options.only)
            fill(engine, with_numbers)
            show(engine, number_sets(chosen), options.only)
            show_suggested(engine, chosen)
        finally:
            engine.drop()


def show(engine: SearchEngine, sets: dict[str, list[JudgedQuery]], only: str) -> None:
    """A line for each set whose name begins so."""
    for name, asked in sets.items():
        if name.startswith(only):
            measured = figures(answer_all(engine, asked))
            print(f"{name:40}" + "".join(f"{measured[each]:15}" for each in SHOWN), flush=True)


def show_suggested(engine: SearchEngine, records: Sequence[IndexRecord]) -> None:
    for name, first in (("beginning", 0), ("middle", 2)):
        titles = [record for record in records if len(record.title.split()) >= first + 4]
        for accents, way in (("", str), (", no accents", fold)):
            share = suggested_share(engine, titles, lambda title, way=way, first=first: way(begun(title, first)))
            print(f"suggested, {name}{accents}: hit@{SUGGESTED} {share:.3f}")


if __name__ == "__main__":
    main()
