"""Two editions of a graph, and what changed from one to the other."""
