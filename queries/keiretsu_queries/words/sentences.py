"""What is asked of a thing, as an English sentence: "Who is chief executive of Alibaba Group?"."""

from __future__ import annotations

from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.relations import GROUPS, RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS, ROLES
from keiretsu_queries.words.kinds import plural
from keiretsu_queries.words.topics import ALL, Aim, Topic

_SHAPES = {"statement": "ties", "deal": "deals", "observation": "figures", "occurrence": "events"}
_MOST = 3  # topics that are named beside the first


def sentence_of(topic: Topic, name: str, about: str | None = None) -> str:
    """Return the question that a topic asks of a thing.

    Args:
        topic: What is asked for; the first of it makes the sentence, the others are named behind it.
        name: What the thing is called.
        about: What it must speak of.
    """
    if topic is ALL:
        return f"What is said of {name}{f' that names or says {about!r}' if about else ''}?"
    first, *others = topic.aims
    beside = list(dict.fromkeys(words for aim in others if (words := _label(aim)) != _label(first)))
    said = _sentence(first, name)
    if about:
        said = f"{said.removesuffix('?')}, with regard to {about}?"
    if not beside:
        return said
    more = f" and {len(beside) - _MOST} more" if len(beside) > _MOST else ""
    return f"{said} Beside it: {', '.join(beside[:_MOST])}{more}."


def _sentence(aim: Aim, name: str) -> str:
    match aim.shape:
        case "statement" if len(aim.topics) == 1:
            return _tie_sentence(aim, name)
        case "observation" if len(aim.topics) == 1:
            return f"What is the {_label(aim)} of {name}?"
        case "deal" | "occurrence" if aim.role:
            return f"Of which {plural(_label(aim))} is {name} the {ROLES[aim.role].label}?"
        case "deal" | "occurrence" if aim.topics:
            return f"What is known of any {_label(aim)} of {name}?"
        case _:
            return f"Which {_label(aim)} of {name} are known?"


def _tie_sentence(aim: Aim, name: str) -> str:
    relation = RELATIONS[next(iter(aim.topics))]
    if True in aim.sides:
        return f"{_asks(relation.range)} is it that {name} {relation.label}?"
    return f"{_asks(relation.domain)} {relation.label} {name}?"


def _asks(kinds: tuple[str, ...]) -> str:
    """Return what one asks for: "Who" where people and others who act may stand there, "What" for the rest."""
    return "Who" if set(kinds) <= {"agent", "person"} else "What"


def _label(aim: Aim) -> str:
    """Return in a few words what is asked for."""
    if not aim.topics:
        return _SHAPES[aim.shape]
    if aim.shape == "statement" and len(aim.topics) > 1:
        groups = {RELATIONS[name].group for name in aim.topics}
        return f"ties under {' and '.join(GROUPS[group] for group in GROUPS if group in groups)}"
    topic = min(aim.topics)
    if aim.shape == "statement":
        row = RELATIONS[topic]
        return row.label if True in aim.sides else row.inverse_label
    labels = {**{row.name: row.label for row in DEAL_KINDS.values()},
              **{row.name: row.label for row in OCCURRENCE_KINDS.values()}}  # fmt: skip
    if aim.shape == "observation":
        return METRICS[topic].label if topic in METRICS else topic.replace("-", " ")
    return labels[topic] if len(aim.topics) == 1 else _SHAPES[aim.shape].removesuffix("s")


def phrase_of(topic: Topic, name: str, things: str | None = None) -> str:
    """Return a phrase for what a topic of a thing leads to: "the companies of which it holds: develops Qwen".

    Args:
        topic: What leads to the things.
        name: What the thing is called that it begins with.
        things: A word for them, in the plural.
    """
    aim = topic.aims[0]
    lead = f"the {things or 'things'}"
    if aim.shape != "statement" or len(aim.topics) != 1:
        label = _label(aim)
        return f"{lead} in any {label} of {name}" + (f" as {ROLES[aim.role].label}" if aim.role else "")
    relation = RELATIONS[next(iter(aim.topics))]
    if True in aim.sides:
        return f"{lead} that {name} {relation.label}"
    return f"{lead} of which each {relation.label} {name}"
