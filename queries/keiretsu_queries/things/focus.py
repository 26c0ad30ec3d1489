"""One side of a thing: the claims that were asked for, the best first, and what they come to in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from keiretsu_graph.names import fold
from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Deal, Observation, Occurrence, Statement, Tie, parts_of, topic_of
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS
from keiretsu_queries.lines import Line
from keiretsu_queries.standing import stands
from keiretsu_queries.subjects import group_of
from keiretsu_queries.wording import Names, name, scope_words, value_words, when_words, words_of
from keiretsu_queries.words.topics import Topic

_NAMED = 8  # names in one line
_GROUPS = 2  # topics in one line
_VALUES = 3  # figures in one line
_UNDATED = 10**6
_SHORT, _LONG = 4, 7  # letters of a word


def speaking_of(view: View, claims: Iterable[AnyClaim], text: str, entity: str) -> list[AnyClaim]:
    """Return the claims that name a thing or a unit of it, or that say some words.

    Args:
        view: The graph.
        claims: Claims about an entity.
        text: A name of a thing, exactly; otherwise words that must all stand in what a claim says.
        entity: The entity that the claims are about.
    """
    listed = list(claims)
    exact = [found.entity for found in view.names(text, limit=4, exact=True)]
    ids = {end for one in dict.fromkeys(exact) for end in group_of(view, one)} - {entity}
    named = {entity.id: entity for entity in view.entities({part.entity for c in listed for part in parts_of(c)})
             .values()}  # fmt: skip
    words = [[fold(name.text) for name in view.entities([one])[one].names] + [fold(one)] for one in exact]
    alternatives = [alias for names in words for alias in names] or [fold(text)]
    return [
        claim
        for claim in listed
        if any(part.entity in ids for part in parts_of(claim)) or _says(claim, alternatives, named, entity)
    ]


def _says(claim: AnyClaim, alternatives: Sequence[str], names: Names, entity: str) -> bool:
    said = f" {_plain(f'{claim.text} {words_of(claim, names, entity)}')} "
    return any(all(f" {_stem(word)}" in said for word in _plain(text).split()) for text in alternatives)


def _stem(word: str) -> str:
    """Return the beginning of a word that its other forms share: "restaurants" and "restaurant", "efficient" too."""
    return word[:-2] if len(word) > _LONG and word.isalpha() else word.removesuffix("s") if len(word) > _SHORT else word


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() or letter in ".%" else " " for letter in fold(text)).split())


def best_first(lines: Iterable[Line], topic: Topic, entity: str) -> list[Line]:
    """Return lines in the order in which they answer: facts, then forecasts and opinions, then what was put aside.

    Within these, what was asked for first; what certainly passes the clocks before what possibly does; what goes on
    before what is over; the newest before older ones; whole values before parts and changes.
    """
    return sorted(lines, key=lambda row: _rank(row, topic, entity))


def _rank(row: Line, topic: Topic, entity: str) -> tuple[object, ...]:
    claim = row.claim
    when = date_of(claim)
    day = (when.latest or when.earliest) if when else None
    place = topic.place(claim, entity)
    scoped = isinstance(claim, Observation) and (claim.measure == "change", bool(scope_words(claim.scope, {})))
    return (
        _tier(claim), len(topic.aims) if place is None else place, _unsure(row), _over(claim),
        topic_of(claim) if isinstance(claim, Observation) else "", -(day.toordinal() if day else 0), scoped or (),
        claim.key,
    )  # fmt: skip


def _tier(claim: AnyClaim) -> int:
    """Return how far a claim is from a fact: 0 a fact, 1 a forecast, opinion or denial, 2 put aside."""
    return 0 if claim.factual else 1 if stands(claim) else 2


def _unsure(row: Line) -> int:
    """Return whether a claim certainly passes the clocks (0), possibly (1), or carries no date to say so (2)."""
    return 0 if row.doubt is None else 2 if "undated" in row.doubt else 1


def _over(claim: AnyClaim) -> int:
    """Return whether a tie goes on as far as is known (0), is of an unknown time (1), or is over (2)."""
    if not isinstance(claim, Statement):
        return 0
    if claim.held.undated or claim.held.day is not None or claim.held.start is None:
        return 2 if claim.held.end is not None and claim.held.day is None else 1
    return 2 if claim.held.end is not None else 0


def gist(lines: Sequence[Line], names: Names, entity: Entity) -> str | None:
    """Return what lines come to in one line, those of the best sort alone: "has the chair Joe Tsai, since ...".

    Args:
        lines: The best first (`best_first`).
        names: The entities that they name.
        entity: The thing that they are about.
    """
    if not lines:
        return None
    best = _tier(lines[0].claim)
    own = [row for row in lines if _tier(row.claim) == best]
    sure = min(_unsure(row) for row in own)
    going = [row for row in own if _unsure(row) == sure]
    if not any(_unsure(row) for row in own):  # asked without a day, what is over is not what is so
        going = [row for row in own if _over(row.claim) < 2] or own
    parts: list[str] = []
    for label, group in groupby(going, key=lambda row: _label(row.claim, names, entity.id)):
        rows = list(group)
        said = _values(rows, names) if isinstance(rows[0].claim, Observation) else _others(rows, names, entity.id)
        parts.append(f"{label} {said}".strip())
    mark = (
        "  [possibly]"
        if best == 0 and sure
        else ""
        if best == 0
        else f"  [{lines[0].claim.modality}]"
        if best == 1
        else "  [put aside]"
    )
    more = f"; and {len(parts) - _GROUPS} more below" if len(parts) > _GROUPS else ""
    return "; ".join(parts[:_GROUPS]) + more + mark


def goes_on(claim: AnyClaim) -> bool:
    """Say whether a claim is a fact that is not known to be over."""
    return claim.factual and _over(claim) < 2


def counted_label(claim: AnyClaim, names: Names, entity: str) -> str:
    """Return what a claim about an entity is counted under: "has the director", "acquisition"."""
    return _label(claim, names, entity).rstrip(":")


def _label(claim: AnyClaim, names: Names, entity: str) -> str:
    match claim:
        case Statement() if not RELATIONS[claim.relation].tie:
            return claim.text
        case Statement():
            row = RELATIONS[claim.relation]
            return row.inverse_label if entity == claim.object and entity != claim.subject else row.label
        case Deal():
            return f"{DEAL_KINDS[claim.kind].label}:"
        case Occurrence():
            return f"{OCCURRENCE_KINDS[claim.kind].label}:"
        case Observation():
            metric = METRICS[claim.metric].label if claim.metric in METRICS else name(names, claim.metric)
            return metric if entity == claim.about else f"{name(names, claim.about)}: {metric}"


def _others(rows: Sequence[Line], names: Names, entity: str) -> str:
    """Return who or what lines name beside a thing; where there is one, when and with what."""
    if isinstance(first := rows[0].claim, Statement) and not RELATIONS[first.relation].tie:
        return ""
    ends: dict[str, Line] = {}
    for row in rows:
        ends.setdefault(_other(row, names, entity), row)
    if len(ends) > 2:
        return _listed([end for end in ends if end])
    joint = " and " if not any(words for row in ends.values() for words in _details(row, names)) else ", and "
    return joint.join(", ".join(words for words in (end, *_details(row, names)) if words) for end, row in ends.items())


def _other(row: Line, names: Names, entity: str) -> str:
    """Return who or what a line names beside a thing, with what those add who say it again."""
    claim = row.claim
    if isinstance(claim, Statement):
        other = claim.object if claim.subject == entity else claim.subject
        if claim.object is None:
            return "none"
        return name(names, other or "") if entity in (claim.subject, claim.object) else words_of(claim, names)
    parts = [part for said in (claim, *row.restated) for part in parts_of(said)]
    ends = dict.fromkeys(part.entity for part in parts if part.entity != entity and not part.role.startswith("scope:"))
    return " with ".join(name(names, end) for end in ends)


def _details(row: Line, names: Names) -> Iterator[str]:
    """Yield the scope, sums, time and standing of a line that stands alone."""
    claim = row.claim
    if scoped := scope_words(claim.scope, names):
        yield scoped
    if isinstance(claim, Deal):
        yield from (str(sum_) for sum_ in (claim.share, claim.amount) if sum_)
        yield from ([f"for {claim.purpose}"] if claim.purpose else [])
    yield when_words(min((claim, *row.restated), key=_width))
    if isinstance(claim, Deal) and claim.status:
        yield claim.status.replace("_", " ")
    if row.conflicts:
        yield "disputed"


def _width(claim: AnyClaim) -> int:
    """Return how many days the date of a claim may be: the one that is dated best tells when."""
    when = date_of(claim)
    if when is None or when.earliest is None or when.latest is None:
        return _UNDATED
    return (when.latest - when.earliest).days


def _values(rows: Sequence[Line], names: Names) -> str:
    """Return the newest values of a metric; of one time and scope those that differ."""
    told: dict[str, list[str]] = {}
    for row in rows:
        claim = row.claim
        if isinstance(claim, Observation):
            asides = [words for words in (scope_words(claim.scope, names), when_words(claim)) if words]
            told.setdefault(", ".join(asides), []).append(value_words(claim))
    said = [" or ".join(dict.fromkeys(values)) + (f" ({aside})" if aside else "") for aside, values in told.items()]
    more = f"; and {len(said) - _VALUES} more below" if len(said) > _VALUES else ""
    disputed = ", disputed" if any(row.conflicts for row in rows[:_VALUES]) else ""
    return "; ".join(said[:_VALUES]) + more + disputed


def gist_of_ties(ties: Sequence[Tie], names: Names, entity: str) -> str:
    """Return what ties come to that follow from claims, in one line."""
    ends: dict[str, dict[str, None]] = {}
    for tie in ties:
        inverse = entity == tie.object and entity != tie.subject
        label = RELATIONS[tie.relation].inverse_label if inverse else RELATIONS[tie.relation].label
        ends.setdefault(label, {})[name(names, tie.subject if inverse else tie.object)] = None
    return "; ".join(f"{label} {_listed(list(own))}" for label, own in list(ends.items())[:_GROUPS])


def _listed(ends: Sequence[str]) -> str:
    more = f" and {len(ends) - _NAMED} more" if len(ends) > _NAMED else ""
    return ", ".join(ends[:_NAMED]) + more
