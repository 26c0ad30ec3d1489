"""Malformed and hostile variants of the small dataset that `init` writes, as tables.

A row says in which file which words are replaced by which, and what `check` must say of it at that line; None where
it must be accepted. Tables hold what is wrong, one sort of fault each; tests/loaders runs them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from keiretsu_loaders import check, template
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.evidence import digest

ABOUT, THINGS, VIEWS = "keiretsu.yaml", "entities/things.yaml", "views.yaml"
CLAIMS, TEXT = "claims/gazette-2025-03-04.yaml", "sources/gazette-2025-03-04.txt"


class Variant(NamedTuple):
    """One change to the dataset, and what must be said of it."""

    file: str
    old: str
    new: str
    says: str | None  # a part of the message; None: nothing is wrong
    below: int = 0  # how many lines beneath the first changed line the problem stands

    def apply(self, folder: Path) -> int:
        """Make the change; return the line at which it must be told."""
        path = folder / self.file
        text = path.read_text(encoding="utf-8")
        start = text.index(self.old)
        changed = text[:start] + self.new + text[start + len(self.old) :]
        path.write_bytes(changed.encode("utf-8", "surrogatepass"))
        return text.count("\n", 0, start) + 1 + self.below


def problems(folder: Path) -> tuple[Problem, ...]:
    """Return what `check` says of a folder."""
    return check(folder).problems


def each(
    file: str, old: str, says: str | None, values: Iterable[str], pattern: str = "{}", below: int = 0
) -> list[Variant]:
    """Return one variant for each value that is put where the old words stand."""
    return [Variant(file, old, pattern.replace("{}", value), says, below) for value in values]


SYNTAX = [
    Variant(THINGS, "name: Quay Systems", "name: [Quay Systems", "not YAML", 1),
    Variant(THINGS, "name: Quay Systems", "name: Quay: Systems", "colon"),
    Variant(THINGS, "name: Quay Systems", "name: @Quay", "quotes"),
    Variant(THINGS, "name: Quay Systems", "name: `Quay`", "quotes"),
    Variant(THINGS, "name: Quay Systems", "name: %Quay", "quotes"),
    Variant(THINGS, "name: Quay Systems", "name: 'Quay", "quotation mark"),
    Variant(THINGS, "name: Quay Systems", 'name: "Quay \\q"', "backslash"),
    Variant(THINGS, "name: Quay Systems", 'name: "\\ud800"', "backslash"),
    Variant(THINGS, "    name: Quay Systems", "\tname: Quay Systems", "spaces"),
    Variant(THINGS, "    name: Quay Systems", "      name: Quay Systems", "not YAML"),
    Variant(THINGS, "name: Quay Systems", "name: Quay Systems\n    name: Quay", "stands twice", 1),
    Variant(THINGS, "name: Quay Systems", "name: Quay Systems\n    'name': Quay", "stands twice", 1),
    Variant(THINGS, "name: Quay Systems", "name:", "a value is wanted"),
    Variant(THINGS, "name: Quay Systems", "name: ~", "a value is wanted"),
    Variant(THINGS, "name: Quay Systems", "name: null", "a value is wanted"),
    Variant(THINGS, "name: Quay Systems", "name: NULL", "a value is wanted"),
    Variant(THINGS, "name: Quay Systems", "name: Quay\n    ~: x", "a key is wanted", 1),
    Variant(THINGS, "name: Quay Systems", "name: Quay\n    ? [a]\n    : x", "a key is a word", 1),
    Variant(THINGS, "name: Quay Systems", "name: Quay\n    ? {a: b}\n    : x", "a key is a word", 1),
    Variant(THINGS, "name: Quay Systems", "name: &x Quay", "anchors"),
    Variant(THINGS, "name: Quay Systems", "name: *x", "anchors"),
    Variant(THINGS, "name: Quay Systems", "name: Quay\n    <<: {name: x}", "merge keys", 1),
    Variant(THINGS, "entities:", "---\nentities: []\n---\nentities:", "one document", 2),
    Variant(THINGS, "entities:", "%YAML 1.1\n---\nentities:", "directives"),
    Variant(THINGS, "entities:", "%TAG !e! tag:example.org,2025:\n---\nentities:", "directives"),
    Variant(THINGS, "entities:", "%FOO\n---\nentities:", "directives"),
    Variant(THINGS, "entities:", "---\nentities:", None),
    Variant(ABOUT, "name: harbour", "- name: harbour", "not YAML", 1),
    Variant(ABOUT, "description: A", "descr\u0000iption: A", "U+0000"),
    Variant(ABOUT, "description: A", "description: \x1b[31mA", "U+001B"),
    Variant(ABOUT, "description: A", "description: \u202eA", "U+202E"),
    Variant(ABOUT, "description: A", "description: \x85A", "U+0085"),
    Variant(ABOUT, "description: A", "description: \uffffA", "U+FFFF"),
    Variant(ABOUT, "description: A", "description: \u2028A", "U+2028"),
    Variant(ABOUT, "description: A", "description: A\ud800", "not UTF-8"),
    Variant(ABOUT, "name: harbour", "\ufeffname: harbour", None),
]

TAGS = each(
    THINGS, "name: Quay Systems", "tags such as",
    (
        "!!python/object/apply:os.system [id]", "!!python/name:os.system x", "!!python/object/new:str [x]",
        "!!python/tuple [x]", "!!binary aGFja2Vk", "!!str Quay", "!!int 5", "!!float 5", "!!bool yes", "!!null x",
        "!!timestamp 2025-01-01", "!!set {a, b}", "!!omap [a: b]", "!!map {}", "!!seq []", "!quay x", "! x",
        "!<tag:yaml.org,2002:str> x", "!!js/function x", "!ruby/object:Gem x",
    ),
    "name: {}",
)  # fmt: skip

STRUCTURE = [
    Variant(ABOUT, "name: harbour\n", "", "'name' is missing"),
    Variant(ABOUT, "name: harbour\n", "nmae: harbour\n", "did you mean 'name'?"),
    Variant(ABOUT, "name: harbour\n", "name: harbour\nversion: 1\n", "unknown key 'version'", 1),
    Variant(THINGS, "entities:", "entity:", "did you mean 'entities'?"),
    Variant(THINGS, "  - id: quay-systems\n    kind", "  - kind", "'id' is missing"),
    Variant(THINGS, "  - id: quay-systems\n", "  - id: quay-systems\n    colour: red\n", "unknown key 'colour'", 1),
    Variant(THINGS, "  - id: quay-systems\n", "  - x\n  - id: quay-systems\n", "a mapping is wanted here, not a text"),
    Variant(THINGS, "  - id: quay-systems\n", "  - []\n  - id: quay-systems\n", "a mapping is wanted here, not a list"),
    Variant(THINGS, "  - id: quay-systems\n", "  - {}\n  - id: quay-systems\n", "'id' is missing"),
    Variant(THINGS, "    kind: platform\n", "", "'kind' is missing", -1),
    Variant(THINGS, "kind: platform", "kidn: platform", "did you mean 'kind'?"),
    Variant(THINGS, "aliases: {en: [Harbour]}", "aliases: [Harbour]", "a mapping is wanted here, not a list"),
    Variant(THINGS, "aliases: {en: [Harbour]}", "aliases: {en: {a: b}}", "a list is wanted here, not a mapping"),
    Variant(THINGS, "aliases: {en: [Harbour]}", "aliases: {en: [[Harbour]]}", "a text is wanted here, not a list"),
    Variant(THINGS, "aliases: {en: [Harbour]}", "aliases: {english: [Harbour]}", "a language tag"),
    Variant(THINGS, "aliases: {en: [Harbour]}", "aliases: {en: Harbour}", None),
    Variant(CLAIMS, "claims:\n  - id", "claim:\n  - id", "did you mean 'claims'?"),
    Variant(CLAIMS, "source:\n  id", "sources:\n  id", "did you mean 'source'?"),
    Variant(CLAIMS, "recorded: 2025-03-05\n", "", "'recorded' is missing", -14),
    Variant(CLAIMS, "  title: Harbour", "  titel: Harbour", "did you mean 'title'?"),
    Variant(CLAIMS, "statement: [quay-systems, develops, pier-cloud]", "statment: []", "did you mean 'statement'?"),
    Variant(CLAIMS, "statement: [quay-systems, develops, pier-cloud]", "statement: [a, develops]", "at least 3"),
    Variant(CLAIMS, "statement: [quay-systems, develops, pier-cloud]", "statement: [a, b, c, d]", "at most 3"),
    Variant(CLAIMS, "statement: [quay-systems, develops, pier-cloud]", "statement: a develops b", "a list is wanted"),
    Variant(CLAIMS, "statement: [quay-systems, develops, pier-cloud]", "none: true", "a claim is one of", -1),
    Variant(CLAIMS, "kind: adoption", "kind: [adoption]", "a text is wanted here, not a list"),
    Variant(CLAIMS, "kind: adoption", "kind: {adoption: x}", "a text is wanted here, not a mapping"),
    Variant(CLAIMS, "quotable: true", "quotable: yes", "true or false"),
    Variant(CLAIMS, "quotable: true", "quotable: [true]", "true or false"),
    Variant(CLAIMS, "expect: {claims: {min: 5}}", "expect: {claims: {min: five}}", "a whole number"),
    Variant(CLAIMS, "expect: {claims: {min: 5}}", "expect: {claims: {min: [5]}}", "a whole number"),
    Variant(CLAIMS, "expect: {claims: {min: 5}}", "expect: {claims: {min: -5}}", "a whole number"),
    Variant(CLAIMS, "expect: {claims: {min: 5}}", "expect: {claims: {min: 6}}", "promises at least 6"),
    Variant(CLAIMS, "expect: {claims: {min: 5}}", "expect: {claims: {max: 4}}", "promises at most 4"),
    Variant(CLAIMS, "expect: {claims: {min: 5}}", "expect: {claims: {min: 6, max: 5}}", "cannot both hold"),
    Variant(CLAIMS, "expect: {claims: {min: 5}}", "expect: {claims: 5}", "a mapping is wanted here, not a text"),
    Variant(CLAIMS, "speaker: harbour-foods", "speaker: [harbour-foods]", "a text is wanted here, not a list"),
    Variant(CLAIMS, "    text: Quay Systems makes Pier Cloud.\n", "", "'text' is missing", -2),
    Variant(CLAIMS, "text: Quay Systems makes Pier Cloud.", "text: |\n      Quay Systems\n      makes it.", None),
]  # fmt: skip

NAMES_REFUSED = each(
    THINGS, "name: Basin Data", "not admitted",
    (
        "Basin\\0Data", "Basin\\aData", "Basin\\tData", "Basin\\nData", "Basin\\rData", "Basin\\e[31mData",
        "Basin\\x7fData", "Basin\\x9bData", "Basin\\u0085Data", "Basin\\u00adData", "Basin\\u061cData",
        "Basin\\u180eData", "Basin\\u200bData", "Basin\\u200cData", "Basin\\u200dData", "Basin\\u200eData",
        "Basin\\u200fData", "Basin\\u2028Data", "Basin\\u2029Data", "Basin\\u202aData", "Basin\\u202bData",
        "Basin\\u202cData", "Basin\\u202dData", "Basin\\u202eData", "Basin\\u2060Data", "Basin\\u2066Data",
        "Basin\\u2067Data", "Basin\\u2069Data", "Basin\\u3164Data", "Basin\\uffa0Data", "Basin\\ue000Data",
        "Basin\\ufdd0Data", "Basin\\ufeffData", "Basin\\ufff9Data", "Basin\\ufffeData", "Basin\\uffffData",
        "Basin\\U000e0001Data", "Basin\\U000e0041Data", "Basin\\U0001ffffData", "Basin\\U000f0000Data",
    ),
    'name: "{}"',
)  # fmt: skip

NAMES_ODD = [
    Variant(THINGS, "name: Basin Data", "name: ''", "a text is wanted"),
    Variant(THINGS, "name: Basin Data", "name: '   '", "a text is wanted"),
    Variant(THINGS, "name: Basin Data", 'name: "\\u3000"', "a text is wanted"),
    Variant(THINGS, "name: Basin Data", "name: ' Basin'", "white space"),
    Variant(THINGS, "name: Basin Data", "name: 'Basin '", "white space"),
    Variant(THINGS, "name: Basin Data", "name: " + "B" * 301, "at most 300"),
    Variant(THINGS, "name: Basin Data", "name: " + "B" * 100_000, "at most 300"),
    Variant(THINGS, "name: Basin Data", 'name: "Cafe\\u0301"', "normal form C"),
    Variant(THINGS, "name: Basin Data", "name: B\u0430sin Data", "lookalike"),
    Variant(THINGS, "name: Basin Data", "name: Basin D\u0430ta", "lookalike"),
    Variant(THINGS, "name: Basin Data", "name: \u0391pple", "lookalike"),
    Variant(THINGS, "aliases: {en: [Harbour]}", "aliases: {en: [Harbour, Harbour]}", "stands twice"),
    Variant(THINGS, "aliases: {en: [Harbour]}", "aliases: {en: [H\u0430rbour]}", "lookalike"),
    Variant(THINGS, "aliases: {en: [Harbour]}", 'aliases: {en: ["Har\\u200bbour"]}', "not admitted"),
    Variant(THINGS, "aliases: {en: [Harbour]}", "aliases: {zz-zz: [Harbour]}", "a language tag"),
    *each(THINGS, "name: Basin Data", None, (
        "阿里巴巴", "Société Générale", "AT&T", "O'Reilly", "NO", "true", "360", "1.50", "010", "2025-01-01", "C++",
        "Яндекс", "Ελλάδα", "شركة", "חברה", '"می\u200cخواهم"', "Björk & Søn", "7-Eleven", "Yahoo!", "<b>Basin</b>",
        "'{{ basin }}'", "'; DROP TABLE things; --'", '"=HYPERLINK(1)"', "Basin 数据", "Nestlé S.A.", "'null'",
        "🚀 Rocket", "'[/]'", "</script>", "../../etc/passwd", "${HOME}", "ＢＡＳＩＮ",
    ), "name: {}"),
]  # fmt: skip

IDS = [
    *each(THINGS, "id: basin-data", "an id is", (
        "Basin-Data", "basin_data", "basin data", "basin.data", "../basin", "/etc/passwd", "-basin", "basin-", "b--d",
        "bäsin", "базин", "'basin\u2010data'", "'basin\u200b'", "http://x", "<basin>", "'basin\"'", "C:\\basin", "''",
        "'*'", "'%2e%2e'",
    ), "id: {}"),
    Variant(THINGS, "id: basin-data", "id: " + "b" * 81, "at most 80"),
    Variant(THINGS, "id: basin-data", "id: none", "choose another id"),
    Variant(THINGS, "id: basin-data", "id: quay-systems", "already at"),
    Variant(THINGS, "id: basin-data", "id: [basin]", "a text is wanted"),
    Variant(CLAIMS, "id: pier-rival", "id: harbour-sales", "already at"),
    Variant(CLAIMS, "id: pier-rival", "id: Pier Rival", "an id is"),
    Variant(CLAIMS, "id: gazette-2025-03-04", "id: Gazette 2025", "an id is"),
    Variant(ABOUT, "name: harbour", "name: Harbour Foods", "such as 'harbour-foods'"),
    *each(THINGS, "name: Basin Data", "unknown identifier", (
        "{crunchbase: x}", "{LEI: x}", "{'': x}", "{wikidatas: Q1}",
    ),"name: Basin Data\n    identifiers: {}", 1),
    *each(THINGS, "name: Basin Data", "", (
        "{wikidata: 1359568}", "{wikidata: Q0}", "{wikidata: q42}", "{lei: 5493001NTNQJDH60PM03}", "{lei: x}",
        "{isin: US0378331006}", "{isin: us0378331005}", "{cik: 1577552}", "{cik: '٠٠٠١٥٧٧٥٥٢'}", "{ticker: BABA}",
        "{ticker: 'NYSE:'}", "{ticker: [a]}",
    ), "name: Basin Data\n    identifiers: {}", 1),
    *each(THINGS, "name: Basin Data", None, (
        "{wikidata: Q1359568}", "{lei: 5493001NTNQJDH60PM02}", "{isin: US0378331005}", "{cik: 0001577552}",
        "{ticker: 'NYSE:BABA'}", "{ticker: 'HKEX:9988'}",
    ), "name: Basin Data\n    identifiers: {}", 1),
]  # fmt: skip

REFERENCES = [
    Variant(CLAIMS, "competitor_of, basin-data]", "competitor_of, basin-date]", "did you mean 'basin-data'?"),
    Variant(CLAIMS, "competitor_of, basin-data]", "competitor_of, Basin Data]", "did you mean 'basin-data'?"),
    Variant(CLAIMS, "competitor_of, basin-data]", "competitor_of, Harbour]", "did you mean 'harbour-foods'?"),
    Variant(CLAIMS, "competitor_of, basin-data]", "competitor_of, zzz]", "unknown entity 'zzz'"),
    Variant(CLAIMS, "competitor_of, basin-data]", "competitor_of, ../../etc]", "unknown entity"),
    Variant(CLAIMS, "competitor_of, basin-data]", "competitor_of, quay-systems]", "stands at both ends"),
    Variant(CLAIMS, "competitor_of, basin-data]", "competes_with, basin-data]", "unknown relation"),
    Variant(CLAIMS, "competitor_of, basin-data]", "competitorof, basin-data]", "did you mean 'competitor_of'?"),
    Variant(CLAIMS, "[quay-systems, develops, pier-cloud]", "[pier-cloud, developed_by, quay-systems]", "swap"),
    Variant(CLAIMS, "[quay-systems, develops, pier-cloud]", "[pier-cloud, develops, quay-systems]", "wanted here"),
    Variant(CLAIMS, "[quay-systems, develops, pier-cloud]", "[quay-systems, develops, revenue]", "wanted here"),
    Variant(CLAIMS, "[quay-systems, develops, pier-cloud]", "[quay-systems, located_in, basin-data]", "wanted here"),
    Variant(CLAIMS, "[quay-systems, develops, pier-cloud]", "[quay-systems, develops, none]", None),
    Variant(CLAIMS, "[quay-systems, develops, pier-cloud]", "[none, develops, pier-cloud]", "unknown entity 'none'"),
    Variant(CLAIMS, "customer: harbour-foods", "customer: pier-cloud", "wanted here"),
    Variant(CLAIMS, "customer: harbour-foods", "customer: nobody", "unknown entity"),
    Variant(CLAIMS, "customer: harbour-foods", "customer: []", "at least one"),
    Variant(CLAIMS, "customer: harbour-foods", "customer: [harbour-foods, harbour-foods]", "stands twice"),
    Variant(CLAIMS, "customer: harbour-foods", "customer: quay-systems", "alone on every side"),
    Variant(CLAIMS, "customer: harbour-foods", "custmer: harbour-foods", "did you mean 'customer'?"),
    Variant(CLAIMS, "customer: harbour-foods", "sponsor: harbour-foods", "there is no 'sponsor' here"),
    Variant(CLAIMS, "customer: harbour-foods, ", "", "needs a 'customer'"),
    Variant(CLAIMS, "product: pier-cloud}", "product: basin-data}", "wanted here"),
    Variant(CLAIMS, "parties: {customer", "parties: {} # {customer", "at least one party"),
    Variant(CLAIMS, "kind: adoption", "kind: adopton", "did you mean 'adoption'?"),
    Variant(CLAIMS, "kind: adoption", "kind: marriage", "unknown kind of deal"),
    Variant(CLAIMS, "status: announced", "status: rumoured", "unknown status"),
    Variant(CLAIMS, "kind: article", "kind: artcle", "did you mean 'article'?"),
    Variant(CLAIMS, "modality: reported", "modality: rumoured", "unknown modality"),
    Variant(CLAIMS, "modality: reported", "modality: Reported", "did you mean 'reported'?"),
    Variant(CLAIMS, "modality: reported", "rank: best", "unknown rank"),
    Variant(CLAIMS, "publisher: harbour-gazette", "publisher: pier-cloud", "wanted here"),
    Variant(CLAIMS, "publisher: harbour-gazette", "publisher: gazette", "unknown entity"),
    Variant(CLAIMS, "publisher: harbour-gazette", "author: gazette", "unknown entity"),
    Variant(CLAIMS, "{speaker: harbour-gazette", "{speaker: nobody", "unknown entity"),
    Variant(CLAIMS, "{speaker: harbour-gazette", "{speaker: pier-cloud", "wanted here"),
    Variant(CLAIMS, "speaker: harbour-foods", "speaker: harbor-foods", "did you mean 'harbour-foods'?"),
    Variant(CLAIMS, "relayed_by: harbour-gazette", "relayed_by: pier-cloud", "wanted here"),
    Variant(CLAIMS, "modality: reported", "restates: harbour-pier", "itself"),
    Variant(CLAIMS, "modality: reported", "restates: harbour-piers", "no claim 'harbour-piers'"),
    Variant(CLAIMS, "modality: reported", "scope: {product: basin-data}", "wanted here"),
    Variant(CLAIMS, "modality: reported", "scope: {place: nowhere}", "unknown entity"),
    Variant(CLAIMS, "modality: reported", "scope: {excludes: [nowhere]}", "unknown entity"),
    Variant(CLAIMS, "modality: reported", "scope: {excludes: basin-data}", None),
    *each(THINGS, "kind: platform", "unknown kind", ("platfrom", "thing", "agent", "source", "Platform", "''", "x y"),
          "kind: {}"),
    Variant(THINGS, "kind: platform", "kind: metric", "dimension", -1),
    Variant(THINGS, "kind: platform", "kind: platform\n    dimension: money", "dimension", -1),
]  # fmt: skip

GROWTH = "change: 12%, base: year_before, direction: up, period: 2024"
SALES = "value: 48.5 million EUR"

FIGURES = [
    *each(CLAIMS, SALES, "", (
        "''", "EUR", "48.5", "48.5 million", "million EUR", "EUR 48.5", "$48.5", "€48.5 million", "nan EUR", "inf EUR",
        "-inf EUR", "1e400 EUR", "1e5 EUR", "0x10 EUR", "1_000 EUR", "010 EUR", "1,2,3 EUR", "1,0000 EUR", "1.2.3 EUR",
        "--5 EUR", "+-5 EUR", "'٤٨ EUR'", "'４８ EUR'", "forty EUR", "48,5 million EUR", "48. EUR", ".5 EUR",
        "over over 5 EUR", "48.5 milion EUR", "48.5 million million EUR", "48.5 million EUR EUR", "48.5 million EUR!",
        "9" * 5_000 + " EUR", "9" * 29 + " trillion EUR", "[48.5 million EUR]", "{number: 48.5}", "true", "'= EUR'",
        "12%", "12 users", "5 times",
    ), "value: {}"),
    *each(CLAIMS, SALES, "unknown", ("5 XYZ", "5 usd", "5 EURO", "5 XXX", "5 XTS", "5 BTC", "5 DEM", "5 euros"),
          "value: {}"),
    *each(CLAIMS, SALES, None, (
        "48.5 million EUR", "about 48.5 million EUR", "'48,500,000 EUR'", "over 48.5 million CNY", "-2.50 million USD",
        "'>= 48 million JPY'", "0 EUR", "0.05 EUR", "48.5 million RMB", "+5 EUR",
    ), "value: {}"),
    Variant(CLAIMS, "change: 12%", "change: 12 EUR", "a change is in"),
    Variant(CLAIMS, "change: 12%", "change: 12", "no unit"),
    Variant(CLAIMS, "change: 12%", "change: 12%%", "unknown unit"),
    Variant(CLAIMS, "base: year_before, ", "", "a change needs a 'base'"),
    Variant(CLAIMS, "base: year_before", "base: last_year", "unknown base"),
    Variant(CLAIMS, "direction: up", "direction: upwards", "is wanted here"),
    Variant(CLAIMS, SALES, SALES + ", change: 5%", "not both", 0),
    Variant(CLAIMS, SALES, SALES + ", base: year_before", "'base' belongs to"),
    Variant(CLAIMS, SALES + ", ", "", "needs a 'value'"),
    Variant(CLAIMS, "of: harbour-foods", "of: harbor-foods", "did you mean 'harbour-foods'?"),
    Variant(CLAIMS, "metric: revenue", "metric: revenues", "did you mean 'revenue'?"),
    Variant(CLAIMS, "metric: revenue", "metric: harbour-foods", "wanted here"),
    Variant(CLAIMS, "metric: revenue, " + SALES, "metric: daily-active-users, value: -5 users", "no fewer than none"),
    Variant(CLAIMS, "metric: revenue, " + SALES, "metric: daily-active-users, value: 5 EUR", "not given in EUR"),
    Variant(CLAIMS, "metric: revenue, " + SALES, "metric: daily-active-users, value: 5 million users", None),
]  # fmt: skip

DATES = [
    *each(CLAIMS, "from: 2025-03-03", "", (
        "2025-02-30", "2025-02-29", "2025-13-01", "2025-00-10", "2025-01-00", "2025-3-3", "03/03/2025", "3.3.2025",
        "March 2025", "yesterday", "''", "'٢٠٢٥'", "20250303", "25-03-03", "0000-01-01", "9999-12-31", "12025-01-01",
        "-2025", "2025-03-03/2025-03-01", "2025-03-04T25:00:00", "1e4", "nan", "..", "../..", "/", "2025/2026/2027",
        "Y-17E7", "2025-W10", "2025-060", "[2025-03-03]", "{day: 2025-03-03}", "{date: 2025-03-03, year: 2025}",
        "{stated: in March}", "{date: 2025-03-03, inferred: maybe}", "X" * 61, "(" * 50,
    ), "from: {}"),
    *each(CLAIMS, "from: 2025-03-03", None, (
        "2025-03-03", "2025-03", "2025", "2025?", "2025-03~", "2025-03-01/2025-03-03", "2025-03-01/..", "../2025-03-03",
        "2025-XX", "{date: 2025-03-03, stated: early March, inferred: true}", "2024-02-29", "2025-21", "'2025-03-03'",
    ), "from: {}"),
    Variant(CLAIMS, "from: 2025-03-03", "from: 2025-03-03\n    to: 2025-03-02", "is before", 1),
    Variant(CLAIMS, "from: 2025-03-03", "from: 2025-03\n    to: 2025-03-02", None),
    Variant(CLAIMS, "from: 2025-03-03", "retracted: 2025-03", "a full date"),
    Variant(CLAIMS, "from: 2025-03-03", "retracted: 2025-02-30", "no day"),
    Variant(CLAIMS, "from: 2025-03-03", "retracted: 2025-03-01", "before the source came out"),
    Variant(CLAIMS, "published: 2025-03-04", "published: 2025-03-32", "no day"),
    Variant(CLAIMS, "recorded: 2025-03-05", "recorded: 2025-03-03", "before the source came out"),
    Variant(CLAIMS, "recorded: 2025-03-05", "recorded: 2025-03", "a full date"),
    Variant(CLAIMS, "recorded: 2025-03-05", "recorded: now", "is not a date"),
    *each(CLAIMS, "direction: up, period: 2024", "", (
        "2024-Q5", "Q3", "FY24", "FY2024 Q5", "FY2024", "last year", "2024-13", "2024-02-30", "[2024]", "{year: 2024}",
        "{period: 2024, kind: decade}",
    ), "direction: up, period: {}"),
    *each(CLAIMS, "direction: up, period: 2024", None, (
        "2024-Q4", "2024-12", "2024-01/2024-06", "{period: 2024, stated: last year, inferred: true}",
        "{period: 2024-12-31, kind: instant}",
    ), "direction: up, period: {}"),
    *each(THINGS, "name: Harbour Foods", "the last day of a month", ("02-29", "13-31", "12-30", "2025-12-31", "Dec",
          "''"), "name: Harbour Foods\n    fiscal_year_end: {}", 1),
]  # fmt: skip

ADDRESSES = [
    *each(CLAIMS, "url: https://example.org/2025/03/04/harbour-foods", "", (
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "'data:text/html,x'", "file:///etc/passwd", "ftp://example.org",
        "//example.org", "example.org", "/etc/passwd", "http://", "'https:///x'", "https://user:secret@example.org",
        "https://exa mple.org", "'https://example.org/<script>'", "'https://example.org/\"x'", "https://example.org:99999",
        "https://[::1", "'https://example.org/%zz'", "'https://example.org/{x}'", "https://example.org\\@evil.example",
        "'https://example.org/\u200b'", "https://example.org/" + "x" * 3_000, "[https://example.org]", "''",
        "mailto:a@example.org", "vbscript:x", "' https://example.org'",
    ), "url: {}"),
    *each(CLAIMS, "url: https://example.org/2025/03/04/harbour-foods", None, (
        "https://example.org", "http://example.org:8080/a?b=c#d", "https://xn--bcher-kva.example/", "https://[::1]/x",
        "https://example.org/%E4%B8%8A", "https://example.org/上海",
    ), "url: {}"),
]  # fmt: skip


def _place(words: str) -> str:
    """Return how the place of some words is written in the file of claims."""
    start = template.TEXT.index(words)
    return f"at: {start}-{start + len(words)}\n        sha256: {digest(words)}\n        quote: {words}"


DEAL = _place(
    "Harbour Foods said that it will run its ordering system on Pier Cloud, the platform of Quay Systems"
)  # the first place
QUOTE = "quote: Pier Cloud is developed by Quay Systems"
MEANT = "\n    ".join(
    ("text:", "file: gazette-2025-03-04.txt", f"characters: {len(template.TEXT)}", f"sha256: {digest(template.TEXT)}")
)

EVIDENCE = [
    *each(CLAIMS, QUOTE, "", (
        "Pier Cloud is develop by Quay Systems", "pier cloud is developed by Quay Systems",
        "Pier Cloud  is developed by Quay Systems", "Pier Cloud … Quay Systems", "Pier Cloud is developed by Quay",
        "Pier\u00a0Cloud is developed by Quay Systems", "Pier Cloud is developed by Quay Systems.", " ", "",
        "Quay Systems expects more such customers this year", "Pier Cloud is developed by Basin Data",
        "P\u0456er Cloud is developed by Quay Systems", "Pier Cloud is developed by Quay Systems " + "x" * 3_000,
    ), "quote: '{}'"),
    Variant(CLAIMS, QUOTE, "quote: [Pier Cloud]", "a text is wanted"),
    Variant(CLAIMS, QUOTE, "qoute: x", "did you mean 'quote'?"),
    Variant(CLAIMS, QUOTE, "note: x", "unknown key 'note'"),
    Variant(CLAIMS, "\n        " + QUOTE, "", None),
    Variant(CLAIMS, "quotable: true", "quotable: false", "are not kept", 23),
    Variant(CLAIMS, DEAL, DEAL + "\n        x: y", "unknown key 'x'", 3),
    *each(CLAIMS, DEAL, "", ("5-2", "5-5", "5", "-5-6", "5-x", "5:6", "1e1-20", "'٥-٦'", "0-99999999999", "[1, 2]",
          "0-99999"), "{at: {}, sha256: " + "0" * 64 + "}"),
    *each(CLAIMS, DEAL, "64 lower-case", ("0" * 63, "0" * 65, "G" * 64, "A" * 64, "''", "sha256"),
          "{at: 0-5, sha256: {}}"),
    Variant(CLAIMS, DEAL, "{at: 0-5, sha256: " + "0" * 64 + "}", "not the one meant"),
    Variant(CLAIMS, DEAL, "{at: 0-5}", "needs both"),
    Variant(CLAIMS, DEAL, "{}", "evidence needs"),
    Variant(CLAIMS, f"- {DEAL}", "- x", "a mapping is wanted"),
    Variant(CLAIMS, f"- {DEAL}", "[]", "evidence is missing"),
    Variant(CLAIMS, DEAL, "{quote: 'Harbour Foods said'}", None),
    Variant(CLAIMS, DEAL, "{quote: 'Harbour Foods denied'}", "not in the text"),
    Variant(CLAIMS, f"  {MEANT}\n", "", "names no 'text'", 16),
    *each(CLAIMS, "file: gazette-2025-03-04.txt", "without folders", (
        "../gazette.txt", "/etc/passwd", "sources/gazette-2025-03-04.txt", "C:gazette.txt", ".hidden", "..",
        "'..\\gazette.txt'", "~/.ssh/id_rsa" , "file:///etc/passwd",
    ), "file: {}"),
    Variant(CLAIMS, "file: gazette-2025-03-04.txt", "file: gazette-2025-03-05.txt", "did you mean"),
    Variant(CLAIMS, "file: gazette-2025-03-04.txt", 'file: "gazette\\0.txt"', "not admitted"),
    Variant(CLAIMS, "file: gazette-2025-03-04.txt", "file: [x]", "a text is wanted"),
    *each(CLAIMS, "characters: ", "a whole number", ("-5", "1e3", "five", "1_0", "9" * 5_000, "0x10", "''"),
          "characters: {} # "),
    Variant(CLAIMS, "characters: ", "characters: 9", "characters, not 9"),
    Variant(CLAIMS, "language: en", "language: english", "a language tag"),
    Variant(CLAIMS, "language: en", "language: zh-Hans", None),
]  # fmt: skip

TEXTS = [
    Variant(TEXT, "Pier Cloud is developed", "Pier Cloud was developed", ""),
    Variant(TEXT, "Pier Cloud is developed", "Pier\ud800Cloud is developed", "not UTF-8"),
    Variant(TEXT, "Harbour Foods moves", "By our staff. Harbour Foods moves", None),
    Variant(TEXT, "Harbour Foods moves", "\ufeffHarbour Foods moves", None),
    Variant(TEXT, "did not comment.", "did not comment.\nMore.", None),
]

_SHOW, _ASK = "show: [quay-systems, basin-data, pier-cloud]", """ask: path "Harbour Foods" "Basin Data\""""
VIEWED = [
    Variant(VIEWS, "id: pier-cloud", "id: Pier Cloud", "such as 'pier-cloud'"),
    Variant(VIEWS, "title: Who", "titel: Who", "unknown key 'titel'; did you mean 'title'"),
    *each(VIEWS, "Who uses Pier Cloud", None, [
        "<script>alert(1)</script>", "javascript:alert(1)", "'</title><svg onload=alert(1)>'", "谁在用 Pier Cloud",
        "x" * 300,
    ]),
    *each(VIEWS, "Who uses Pier Cloud", "not admitted", ["a\u202eb", "a\u2066b", "a\x00b", "a\x1bb"]),
    Variant(VIEWS, "Who uses Pier Cloud", "x" * 10_000, "at most 300 characters"),
    Variant(VIEWS, "Quay Systems makes it, Harbour Foods takes it up.", "x" * 10_000, "at most 2000 characters"),
    Variant(VIEWS, "around: pier-cloud", "around: pier-clout", "'pier-clout'; did you mean 'pier-cloud'"),
    Variant(VIEWS, "around: pier-cloud", "around: {entity: pier-clout, depth: 2}", "did you mean 'pier-cloud'"),
    Variant(VIEWS, "around: pier-cloud", "around: {entity: pier-cloud, depth: 2}", None),
    Variant(VIEWS, "around: pier-cloud", "around: {depth: 2}", "'entity' is missing"),
    *each(VIEWS, "around: pier-cloud", "1 to 4", ["0", "5", "999999999"], "around: {entity: pier-cloud, depth: {}}"),
    *each(VIEWS, "around: pier-cloud", "a whole number", ["-1", "1.5", "deep", "٢"],
          "around: {entity: pier-cloud, depth: {}}"),
    Variant(VIEWS, "around: pier-cloud", "around: [pier-cloud]", "a mapping is wanted"),
    Variant(VIEWS, "around: pier-cloud", "around: Pier Cloud", "such as 'pier-cloud'"),
    Variant(VIEWS, _SHOW, "show: [quay-systems, basin-dat]", "unknown entity 'basin-dat'; did you mean 'basin-data'"),
    Variant(VIEWS, _SHOW, "show: quay-systems", None),
    Variant(VIEWS, _SHOW, "show: [quay-systems, quay-systems]", None),
    Variant(VIEWS, _SHOW, "show: []", None),
    Variant(VIEWS, _SHOW, "show: [../../etc/passwd, quay-systems]", "lower-case"),
    Variant(VIEWS, _SHOW, "show: [[quay-systems]]", "a text is wanted"),
    Variant(VIEWS, _SHOW, "show: [basin-data, pier-cloud]", "'quay-systems' is chosen and not in view", 1),
    Variant(VIEWS, _SHOW, f"{_SHOW}\n        around: pier-cloud", "not both", -2),
    Variant(VIEWS, "chosen: quay-systems", "chosen: {claim: pier-makr}", "did you mean 'pier-maker'"),
    Variant(VIEWS, "chosen: quay-systems", "chosen: {claim: pier-maker}", None),
    Variant(VIEWS, "chosen: quay-systems", "chosen: {claim: pier-maker, entity: quay-systems}", "one 'entity' or one"),
    Variant(VIEWS, "chosen: quay-systems", "chosen: {}", "one 'entity' or one"),
    Variant(VIEWS, "chosen: quay-systems", "chosen: quay-sistems", "did you mean 'quay-systems'"),
    Variant(VIEWS, "claims: [pier-maker, pier-rival]", "claims: [pier-maker, pier-rifal]", "did you mean 'pier-rival'"),
    Variant(VIEWS, "claims: [pier-maker, pier-rival]", "claims: pier-maker", None),
    *each(VIEWS, "chosen: quay-systems", "a full date", ["2025", "2025-02"], "as_of: {}"),
    *each(VIEWS, "chosen: quay-systems", None, ["as_of: 2025-03-01", "known_by: 2025-03-04"]),
    *each(VIEWS, "chosen: quay-systems", "2025-02-30", ["2025-02-30"], "known_by: {}"),
    Variant(VIEWS, "chosen: quay-systems", "hide: {families: [persn]}", "unknown family of kinds 'persn'"),
    Variant(VIEWS, "chosen: quay-systems", "hide: {groups: remark}", "did you mean 'remarks'"),
    Variant(VIEWS, "chosen: quay-systems", "hide: {modalities: [opinon]}", "did you mean 'opinion'"),
    Variant(VIEWS, "chosen: quay-systems", "hide: {relations: [developed_by]}", "write 'develops'"),
    Variant(VIEWS, "chosen: quay-systems", "hide: {roles: [custmer]}", "did you mean 'customer'"),
    Variant(VIEWS, "chosen: quay-systems", "hide: {kinds: [compny]}", "did you mean 'company'"),
    Variant(VIEWS, "chosen: quay-systems", "hide: {speakers: [harbour-gazete]}", "did you mean 'harbour-gazette'"),
    Variant(VIEWS, "chosen: quay-systems", "hide: {sources: [gazette]}", "no source 'gazette'"),
    Variant(VIEWS, "chosen: quay-systems", "hide: {family: person}", "unknown key 'family'; did you mean 'families'"),
    Variant(VIEWS, "chosen: quay-systems",
            "hide: {families: person, groups: [people], modalities: opinion, sources: gazette-2025-03-04}", None),
    Variant(VIEWS, "chosen: quay-systems", "reveal: {groups: [remarks]}", None),
    *each(VIEWS, _ASK, "as on the command line", ["'--help'", "'; rm -rf /'", "'$(id)'", "'<script>'"], "ask: {}"),
    Variant(VIEWS, _ASK, "ask: keiretsu path NBA Bosch", "without 'keiretsu'"),
    Variant(VIEWS, _ASK, "ask: path 'NBA", "a quotation mark is not closed"),
    Variant(VIEWS, "views:", "views: x\nwievs:", "a list is wanted here"),
    Variant(VIEWS, "views:", "more: x\nviews:", "unknown key 'more'"),
    Variant(VIEWS, "views:", "- views:", "a mapping is wanted"),
]  # fmt: skip

TABLES = {
    "syntax": SYNTAX, "tags": TAGS, "structure": STRUCTURE, "names-refused": NAMES_REFUSED, "names": NAMES_ODD,
    "ids": IDS, "references": REFERENCES, "figures": FIGURES, "dates": DATES, "addresses": ADDRESSES,
    "evidence": EVIDENCE, "views": VIEWED,
}  # fmt: skip
