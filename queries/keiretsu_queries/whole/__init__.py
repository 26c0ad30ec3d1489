"""The graph as a whole: what is central, which groups it falls into, what holds it together."""
