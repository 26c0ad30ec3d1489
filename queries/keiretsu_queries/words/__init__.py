"""From a word that a person types to what it means in the ontology."""
