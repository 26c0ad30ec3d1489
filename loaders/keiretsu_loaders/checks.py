"""All rules over a dataset, in the order in which they are tried: a rule joins by one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from keiretsu_loaders.claim_checks import roles_are_filled, speakers_are_agents, statements_fit_their_relation
from keiretsu_loaders.entity_checks import (
    identifiers_are_of_one_thing,
    identifiers_have_their_form,
    ids_are_unique,
    merged_ids_are_gone,
    names_are_given_once,
    sources_name_known_entities,
)
from keiretsu_loaders.evidence_checks import evidence_is_in_the_text, texts_are_the_ones_meant
from keiretsu_loaders.facts import Facts
from keiretsu_loaders.figure_checks import deals_have_sums_and_shares, figures_fit_their_metric
from keiretsu_loaders.order_checks import (
    conflicts_have_sides,
    nothing_is_part_of_itself,
    promises_are_kept,
    restatements_lead_to_a_claim,
    scopes_name_known_things,
    times_run_forwards,
)
from keiretsu_loaders.view_checks import views_have_ids_of_their_own, views_name_known_things, what_is_chosen_is_in_view
from keiretsu_ontology.errors import Problem

Rule = Callable[[Facts], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    ids_are_unique,
    merged_ids_are_gone,
    identifiers_have_their_form,
    identifiers_are_of_one_thing,
    names_are_given_once,
    sources_name_known_entities,
    speakers_are_agents,
    statements_fit_their_relation,
    roles_are_filled,
    figures_fit_their_metric,
    deals_have_sums_and_shares,
    scopes_name_known_things,
    times_run_forwards,
    restatements_lead_to_a_claim,
    conflicts_have_sides,
    nothing_is_part_of_itself,
    promises_are_kept,
    texts_are_the_ones_meant,
    evidence_is_in_the_text,
    views_have_ids_of_their_own,
    views_name_known_things,
    what_is_chosen_is_in_view,
)
