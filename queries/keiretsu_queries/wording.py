"""Claims and ties in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keiretsu_ontology.claims import BASES, AnyClaim, Deal, Observation, Occurrence, Part, Scope, Statement, Tie
from keiretsu_ontology.dates import When
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.evidence import Source
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS, ROLES

Names = Mapping[str, Entity]
ARROWS = {"up": "up", "down": "down", "flat": "unchanged"}


def name(names: Names, slug: str) -> str:
    """Return the name of an entity, or its id where it is not among the names."""
    return names[slug].name if slug in names else slug


def words_of(claim: AnyClaim, names: Names, seen_from: str | None = None) -> str:
    """Return what a claim says in a few words.

    Args:
        claim: The claim.
        names: The entities that it names.
        seen_from: The entity whose page it stands on: its own name is then left out.
    """
    match claim:
        case Statement() if RELATIONS[claim.relation].group == "remarks":
            return claim.text  # what is said of a topic is in the words, not in the tie
        case Statement():
            said = _statement(claim, names, seen_from)
        case Deal():
            said = _deal(claim, names, seen_from)
        case Observation():
            said = _observation(claim, names, seen_from)
        case Occurrence():
            said = _occurrence(claim, names, seen_from)
    return f"{said} ({scoped})" if (scoped := scope_words(claim.scope, names)) else said


def _statement(claim: Statement, names: Names, seen_from: str | None) -> str:
    relation = RELATIONS[claim.relation]
    if claim.object is None:
        return f"{relation.label}: known to be none"
    if seen_from == claim.object and seen_from != claim.subject:
        return f"{relation.inverse_label} {name(names, claim.subject)}"
    subject = "" if seen_from == claim.subject else name(names, claim.subject) + " "
    return f"{subject}{relation.label} {name(names, claim.object)}"


def _deal(claim: Deal, names: Names, seen_from: str | None) -> str:
    sums = "".join(f", {quantity}" for quantity in (claim.share, claim.amount) if quantity)
    purpose = f", for {claim.purpose}" if claim.purpose else ""
    status = f" [{claim.status.replace('_', ' ')}]" if claim.status else ""
    return f"{DEAL_KINDS[claim.kind].label}: {_parts(claim.parts, names, seen_from)}{sums}{purpose}{status}"


def _occurrence(claim: Occurrence, names: Names, seen_from: str | None) -> str:
    return f"{OCCURRENCE_KINDS[claim.kind].label}: {_parts(claim.parts, names, seen_from)}"


def _parts(parts: tuple[Part, ...], names: Names, seen_from: str | None) -> str:
    roles: dict[str, list[str]] = {}
    for part in parts:
        roles.setdefault(part.role, []).append("itself" if part.entity == seen_from else name(names, part.entity))
    ordered = sorted(roles, key=list(ROLES).index)
    return ", ".join(f"{ROLES[role].label} {' and '.join(roles[role])}" for role in ordered)


def _observation(claim: Observation, names: Names, seen_from: str | None) -> str:
    metric = METRICS[claim.metric].label if claim.metric in METRICS else name(names, claim.metric)
    if seen_from == claim.metric:
        metric = ""
    subject = "" if seen_from == claim.about else name(names, claim.about)
    return " ".join(word for word in (subject, metric, _value_beside(metric, claim)) if word)


def _value_beside(metric: str, claim: Observation) -> str:
    """Return the value of an observation without a unit that its metric says already: "downloads over 10 million"."""
    unit = claim.quantity.unit.replace("_", " ") if claim.quantity else ""
    said = value_words(claim)
    return said.removesuffix(f" {unit}") if unit and f" {metric}".endswith(f" {unit}") else said


def value_words(claim: Observation) -> str:
    """Return the value of an observation in words: "34.81 billion USD", "up 5% on the same period ...".

    Example:
        >>> from keiretsu_ontology.values import Quantity
        >>> from datetime import date
        >>> value_words(Observation(id="", key="", text="", speaker="", source="", recorded=date.min, about="x",
        ...     metric="revenue", measure="change", direction="up", base="year_before",
        ...     quantity=Quantity("5", "percent")))
        'up 5% on the same period of the year before'
    """
    if claim.measure == "value":
        parts = [str(claim.quantity or ""), ARROWS.get(claim.direction or "", "")]
    else:
        number = str(claim.quantity or "")
        signed = number if claim.direction or number[:1] in "-+" else f"changed by {number}"
        parts = [ARROWS.get(claim.direction or "", ""), signed]
    said = " ".join(part for part in parts if part)
    return f"{said} on {BASES[claim.base]}" if claim.base else said


def scope_words(scope: Scope, names: Names) -> str:
    """Return a scope in words; empty where a claim has none."""
    said = [scope.note] if scope.note else []
    for label, slug in (
        ("product", scope.product), ("in", scope.market), ("in", scope.place), ("on", scope.benchmark),
        ("with regard to", scope.counterparty),
    ):  # fmt: skip
        if slug:
            said.append(f"{label} {name(names, slug)}")
    if scope.excludes:
        said.append("without " + " and ".join(name(names, slug) for slug in scope.excludes))
    return "; ".join(said)


def tie_words(tie: Tie, names: Names, seen_from: str | None = None) -> str:
    """Return a tie in words, read from one of its ends."""
    relation = RELATIONS[tie.relation]
    if seen_from == tie.object and seen_from != tie.subject:
        return f"{relation.inverse_label} {name(names, tie.subject)}"
    subject = "" if seen_from == tie.subject else name(names, tie.subject) + " "
    return f"{subject}{relation.label} {name(names, tie.object)}"


def kinds_words(counts: Mapping[str, int], *, number: bool = True) -> str:
    """Return how many there are of each kind, in words.

    Example:
        >>> kinds_words({"company": 2, "model_family": 1}), kinds_words({"person": 3}, number=False)
        ('2 companies and 1 AI model family', 'People')
    """
    said = []
    for kind, count in counts.items():
        label = KINDS[kind].label
        many = _PLURALS.get(label) or (f"{label[:-1]}ies" if label.endswith("y") else f"{label}s")
        said.append(f"{count} {label if count == 1 else many}" if number else many[:1].upper() + many[1:])
    return listed_words(said)


def listed_words(words: Sequence[str]) -> str:
    """Return words as one lists them.

    Example:
        >>> listed_words(["North", "South", "East"]), listed_words(["North"]), listed_words([])
        ('North, South and East', 'North', '')
    """
    return " and ".join([", ".join(words[:-1]), *words[-1:]] if len(words) > 1 else words)


_PLURALS = {"person": "people"}


def when_words(claim: AnyClaim) -> str:
    """Return when a claim is or was so, as far as its source says; empty where it says nothing."""
    if isinstance(claim, Observation) and claim.period is not None:
        return _with_wording(str(claim.period), None, inferred=claim.period.inferred)
    if (day := claim.held.day) is not None:
        return f"on {date_words(day)}"
    start, end = claim.held.start, claim.held.end
    if start is not None and start == end:
        return date_words(start)
    if start is not None and end is not None and not (_is_rough(start) or _is_rough(end)):
        return f"{date_words(start)} to {date_words(end)}"
    first, last = (_bound_words(when, *words) for when, *words in ((start, "since", "began"), (end, "until", "ended")))
    return ", ".join(words for words in (first, last) if words)


def _is_rough(when: When) -> bool:
    return "/" in when.edtf


def _bound_words(when: When | None, plain: str, rough: str) -> str:
    """Return when something began or ended: "since 2025-07", "began between 2025-07-21 and 2025-07-31"."""
    return "" if when is None else f"{rough if _is_rough(when) else plain} {date_words(when)}"


def date_words(when: When) -> str:
    """Return a date with the wording of its source, and whether the year was worked out.

    Example:
        >>> date_words(When("2025-07-21/2025-07-31", None, None, "late July", inferred=True))
        'between 2025-07-21 and 2025-07-31 (late July, year inferred)'
    """
    return _with_wording(edtf_words(when.edtf), when.stated, inferred=when.inferred)


def edtf_words(edtf: str) -> str:
    """Return a date as a person reads it; every day that it admits is still in the words.

    Example:
        >>> edtf_words("2025-11-25/.."), edtf_words("2025-21"), edtf_words("202X"), edtf_words("2025-07~")
        ('on or after 2025-11-25', 'spring 2025', 'the 2020s', 'about 2025-07')
    """
    first, slash, last = edtf.partition("/")
    if slash and first not in ("", "..") and last not in ("", ".."):
        return f"between {edtf_words(first)} and {edtf_words(last)}"
    if slash:
        return f"by {edtf_words(last)}" if first in ("", "..") else f"on or after {edtf_words(first)}"
    plain = edtf.rstrip("~?%")
    year, _, part = plain.partition("-")
    if part in _SEASONS:
        plain = f"{_SEASONS[part]} {year}"
    elif part in _QUARTERS:
        plain = f"{year}-{_QUARTERS[part]}"
    elif plain.endswith("X") and not part:
        plain = f"the {plain.replace('X', '0')}s"
    return {"~": f"about {plain}", "?": f"perhaps {plain}", "%": f"perhaps about {plain}"}.get(edtf[-1:], plain)


_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_QUARTERS = {"33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4"}


def _with_wording(text: str, stated: str | None, *, inferred: bool) -> str:
    asides = [stated] if stated and stated != text else []
    asides += ["year inferred"] if inferred else []
    return f"{text} ({', '.join(asides)})" if asides else text


def voice_words(claim: AnyClaim, names: Names) -> str:
    """Return who says so: "Alibaba Group via the author ..."."""
    via = f" via {name(names, claim.relayed_by)}" if claim.relayed_by and claim.relayed_by != claim.speaker else ""
    return name(names, claim.speaker) + via


def speaker_words(claim: AnyClaim, names: Names) -> str:
    """Return who says so and how: "Alibaba Group via the author ..., reported"."""
    said = [voice_words(claim, names), claim.modality]
    said += [] if claim.rank == "normal" else [f"{claim.rank}: {claim.rank_reason}"]
    said += ["outranked"] if claim.outranked else []
    said += [f"retracted {claim.retracted}"] if claim.retracted else []
    return ", ".join(said)


def source_words(source: Source, names: Names) -> str:
    """Return a source as one cites it: id, title, publisher, date and address."""
    out = "undated" if source.published is None else source.published.stated or source.published.edtf
    about = ", ".join(part for part in (name(names, source.publisher) if source.publisher else "", out) if part)
    return f"{source.id}: {source.title} ({about})" + (f" {source.url}" if source.url else "")
