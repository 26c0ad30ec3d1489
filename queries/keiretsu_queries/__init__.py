"""Questions over a view of the graph, each with an answer that shows what it rests on."""
