"""The statement that answers a query from one generation of the SQLite index: its hits and its counts."""

from dataclasses import dataclass, field

from search.contract import COUNTED, OLDEST, RELEVANCE, SearchQuery
from search.engines import sqlite_match as match
from search.engines.sql_records import year_end
from search.engines.sqlite_scope import Scope, Sql, joined
from search.engines.sqlite_tables import GUARDED, partitions
from search.engines.sqlite_writing import DAY_BITS
from search.number_hits import AskedNumber
from search.query_plan import FEW
from search.ranking import RANKED

#: Characters of a text that ranking looks at; a document with more keeps the full text's own weight.
LOOKED_AT = 16_000
#: So many more documents of one day are looked at to find their order among themselves.
_SAME_DAY = 5_000
#: What a row is: the state of the answer, a hit by number, by title, a weighed one, one of the rest; a count.
STATE, NUMBERED, TITLED, WEIGHED, REST, COUNTS = range(6)
#: The name under which the number of gone documents is counted; no facet is called so.
GONE_ROWS = "#gone"
NO_ROWS = Sql("")
#: Weights of the columns title, body, attachments, numbers, marks.
_WEIGHTS = "2.0, 1.0, 1.0, 1.0, 0.0"


@dataclass(frozen=True, slots=True)
class Words:
    """Expressions for the words of a query, e.g. `Words('("dat dai" OR …)', weighed='"dat dai"')`.

    Shape: `full` is what matches; `weighed` is the part of it that is rare enough to be weighed, the rest
    follows newest first. `titled` are those of the rest that are looked at for their titles. `weighing` is what
    the weighed ones are weighed by, where that is more than what they match by.
    """

    full: str = ""
    weighed: str = ""
    titled: str = ""
    weighing: str = ""

    @property
    def rest(self) -> str:
        """What matches and is not weighed."""
        if self.weighed == self.full:
            return ""
        return match.without(self.full, self.weighed) if self.weighed else self.full


@dataclass(frozen=True, slots=True)
class Reading:
    """A query against a generation, e.g. `Reading("a3f09c12", query, Words('"dat dai"')).statement()`.

    Shape: `wide` takes the place of `strict` when `is_few`; with None the statement finds out itself.
    """

    generation: str
    query: SearchQuery
    strict: Words
    wide: Words = field(default_factory=Words)
    number: AskedNumber | None = None
    is_few: bool | None = False

    def statement(self) -> Sql:
        """One statement for the rows of the page, those that decide their order, and the counts of all that match."""
        return self._with_few(joined(" UNION ALL ", [self._state(), *self._hits(), *self._counts()]))

    def _hits(self) -> list[Sql]:
        if self.query.order == RELEVANCE and self.strict.full:
            return [each for scope in self._scopes() for each in self._relevant(scope)]
        return [self._dated(scope) for scope in self._scopes()]

    def _counts(self) -> list[Sql]:
        """The marks of all matching rows, up to those that are counted, and how many are left out as gone."""
        wanted = ["", *(name for name in self.query.facets if self.query.chosen.get(name))]
        lists = [self._marks(scope) for but in wanted for scope in self._scopes(but)]
        return lists if self._scopes()[0].keeps_gone else lists + [self._gone(scope) for scope in self._scopes()]

    def _scopes(self, but: str = "") -> list[Scope]:
        return [Scope(partition, self.query, but) for partition in partitions(self.generation)]

    @property
    def _wanted(self) -> int:
        """Rows of a list that are enough for the page, though some of them may be found by their titles too."""
        return RANKED + max(RANKED, self.query.offset + self.query.limit)

    def _state(self) -> Sql:
        current = "(SELECT name FROM search_generation WHERE engine = 'sqlite' AND role = 'current')"
        return Sql(f"SELECT {STATE}, 0, 0, 0, 0.0, {current}{', NULL' * 18}")

    def _with_few(self, statement: Sql) -> Sql:
        if self.is_few is not None:
            return statement
        counted = [
            Sql(f"(SELECT count(*) FROM (SELECT 1 {rows.text} LIMIT {FEW}))", rows.values)
            for scope in self._scopes()
            for rows in [scope.unfiltered(Sql("%s", (scope.readable(self.strict.full),)))]
        ]
        few = joined(" + ", counted)
        head = Sql(f"WITH few(number) AS MATERIALIZED (SELECT {few.text}) ", few.values)
        return joined("", [head, statement])

    def _matched(self, scope: Scope, strict: str, wide: str, with_number: bool = False) -> Sql:
        """The right side of MATCH: the strict expression, the wide one, or whichever the count decides."""
        number = self.number if with_number else None
        return self._either(*(scope.expression(words, number) if words else match.NOTHING for words in (strict, wide)))

    def _either(self, strict: str, wide: str) -> Sql:
        if self.is_few is None:
            return Sql(f"(CASE WHEN (SELECT number FROM few) < {FEW} THEN %s ELSE %s END)", (wide, strict))
        return Sql("%s", (wide if self.is_few else strict,))

    def _relevant(self, scope: Scope) -> list[Sql]:
        lists = [self._numbered(scope, self.number)] if self.number else []
        for source in (WEIGHED, REST, TITLED):
            strict, wide = (self._listed(words, source) for words in (self.strict, self.wide))
            if strict or (wide and self.is_few is not False):
                matched = self._matched(scope, strict, wide)
                if source == WEIGHED and scope.may_weigh:
                    lists.append(self._weighed(scope, self._weighed_rows(scope, matched, wide)))
                else:
                    lists.append(self._newest(scope, scope.rows(matched), source))
        return lists

    def _weighed_rows(self, scope: Scope, matched: Sql, wide: str) -> Sql:
        """Rows that match, found by all that they are weighed by: only what finds a row counts in its weight."""
        if not self.strict.weighing:
            return scope.rows(matched)
        rows, words = scope.rows(self._matched(scope, self.strict.weighing, wide)), scope.partition.words
        # The plus keeps the database from asking the full text once for each row.
        beside = f" AND +{words}.rowid IN (SELECT rowid FROM {words} WHERE {words} MATCH {matched.text})"
        return Sql(rows.text + beside, (*rows.values, *matched.values))

    def _listed(self, words: Words, source: int) -> str:
        """The expression for one of the lists, without what is found by its number already."""
        expression = {WEIGHED: words.weighed, REST: words.rest, TITLED: words.titled}[source]
        return (
            match.without(expression, match.numbered(self.number.parts)) if expression and self.number else expression
        )

    def _weighed(self, scope: Scope, rows: Sql) -> Sql:
        words = scope.partition.words
        inner = (
            f"SELECT {words}.rowid AS id, bm25({words}, {_WEIGHTS}) AS score {rows.text}"
            f" ORDER BY score, {words}.rowid DESC LIMIT %s"
        )
        return self._shown(scope, WEIGHED, Sql(inner, (*rows.values, self._wanted)))

    def _newest(self, scope: Scope, rows: Sql, source: int) -> Sql:
        words = scope.partition.words
        inner = f"SELECT {words}.rowid AS id, 0.0 AS score {rows.text} ORDER BY {words}.rowid DESC LIMIT %s"
        wanted = RANKED if source == TITLED else self._wanted
        return self._shown(scope, source, Sql(inner, (*rows.values, wanted)))

    def _numbered(self, scope: Scope, number: AskedNumber) -> Sql:
        found = scope.rows(Sql("%s", (scope.within(match.numbered(number.parts)),)), keeps_gone=True)
        inner = (
            "SELECT n.id, 0.0 AS score FROM"
            f" (SELECT {scope.partition.words}.rowid AS id {found.text}) found"
            f" CROSS JOIN {scope.partition.documents} n ON n.id = found.id"
            " ORDER BY coalesce(n.issued_on BETWEEN %s AND %s, 0) DESC,"
            " n.exact_number = %s DESC, n.sorted_number = %s DESC, n.id DESC LIMIT %s"
        )
        days = [day.toordinal() for day in number.days] if number.days else [0, 0]
        values = (*found.values, *days, number.exact_text, number.sorted_text, self._wanted)
        return self._shown(scope, NUMBERED, Sql(inner, values))

    def _dated(self, scope: Scope) -> Sql:
        """Rows by date. Ids know the day; all of the last day are taken, to be put in order afterwards."""
        words, is_oldest = scope.partition.words, self.query.order == OLDEST
        matched = self._matched(scope, self.strict.full or match.everything(), self.wide.full, with_number=True)
        rows = scope.rows(matched, self.number)
        way, bound = ("", "<") if is_oldest else ("DESC", ">=")
        nth = f"SELECT {words}.rowid {rows.text} ORDER BY {words}.rowid {way} LIMIT 1 OFFSET %s"
        edge = _year_end_sql(nth) if is_oldest else f"coalesce(({nth}), 0) >> {DAY_BITS} << {DAY_BITS}"
        inner = (
            f"SELECT {words}.rowid AS id, 0.0 AS score {rows.text} AND {words}.rowid {bound} ({edge})"
            f" ORDER BY {words}.rowid {way} LIMIT %s"
        )
        values = (*rows.values, *rows.values, self._wanted - 1, self._wanted + _SAME_DAY)
        order = "d.oldest, d.sorted_at, length(d.key), d.key"
        if not is_oldest:
            order = "d.newest DESC, d.sorted_at DESC, length(d.key) DESC, d.key DESC"
        sorted_ids = (
            f"SELECT i.id, i.score FROM ({inner}) i CROSS JOIN {scope.partition.documents} d ON d.id = i.id"
            f" ORDER BY {order} LIMIT %s"
        )
        return self._shown(scope, REST, Sql(sorted_ids, (*values, self._wanted)), with_texts=False)

    def _shown(self, scope: Scope, source: int, chosen: Sql, with_texts: bool = True) -> Sql:
        """What is shown of the chosen ids; of those that ranking will look at, their texts as well."""
        partition = scope.partition
        looked_at = f"CASE WHEN r.place <= {RANKED} THEN r.id END" if with_texts else "NULL"
        cut = f"1, {LOOKED_AT}"
        text = (
            f"SELECT {source}, {int(partition.part == GUARDED)}, r.place, r.id, r.score,"
            " d.key, d.title, d.url, d.number, d.kind, d.exact_number, d.sorted_number,"
            " d.newest, d.oldest, d.sorted_at, d.issued_on, d.gone_from, d.length,"
            f" w.title, substr(w.body, {cut}), substr(w.attachments, {cut}), w.numbers, a.title, substr(a.body, {cut})"
            f" FROM (SELECT id, score, row_number() OVER () AS place FROM ({chosen.text})) r"
            f" JOIN {partition.documents} d ON d.id = r.id"
            f" LEFT JOIN {partition.accents} a ON a.id = {looked_at}"
            f" LEFT JOIN {partition.words} w ON w.rowid = {looked_at}"
        )
        return Sql(text, chosen.values)

    def _marks(self, scope: Scope) -> Sql:
        held = self._either(*(scope.expression(words.full, self.number) for words in (self.strict, self.wide)))
        found = scope.rows(held, self.number)
        name, facets = scope.partition.words, scope.partition.facets
        ids = f"SELECT {name}.rowid AS id {found.text} ORDER BY {name}.rowid DESC LIMIT {COUNTED + 1}"
        if not self.query.facets:
            return _count(scope.but, Sql("count(*)"), rows=Sql(f" FROM ({ids})", found.values))
        rows = Sql(f" FROM ({ids}) i CROSS JOIN {facets} f ON f.id = i.id", found.values)
        return _count(scope.but, Sql("count(*)"), "coalesce(group_concat(f.facets, ' '), '')", rows)

    def _gone(self, scope: Scope) -> Sql:
        """How many match but are left out: marked as gone when they were written, or gone since.

        What is found by its number is never left out.
        """
        name, limit, ended = scope.partition.words, f"LIMIT {COUNTED}", scope.ended()
        marked, since = (scope.rows(self._left_out(scope, is_marked), keeps_gone=True) for is_marked in (True, False))
        number = (
            f"(SELECT count(*) FROM (SELECT 1 {marked.text} {limit}))"
            f" + (SELECT count(*) FROM (SELECT 1 {since.text} AND {name}.rowid IN ({ended.text}) {limit}))"
        )
        return _count(GONE_ROWS, Sql(number, (*marked.values, *since.values, *ended.values)))

    def _left_out(self, scope: Scope, only_gone: bool) -> Sql:
        held = [scope.expression(words.full, only_gone=only_gone) for words in (self.strict, self.wide)]
        if self.number:
            held = [match.without(each, match.numbered(self.number.parts)) for each in held]
        return self._either(*held)


def _year_end_sql(nth: str) -> str:
    days = year_end(0)
    return f"((coalesce(({nth}), {1 << 50}) >> {DAY_BITS}) / {days} + 1) * {days} << {DAY_BITS}"


def _count(name: str, number: Sql, held: str = "''", rows: Sql = NO_ROWS) -> Sql:
    """A count as a row: in place of a hit's place the number, of its key the name, of its title the marks held."""
    text = f"SELECT {COUNTS}, 0, {number.text}, 0, 0.0, %s, {held}{', NULL' * 17}{rows.text}"
    return Sql(text, (*number.values, name, *rows.values))
