"""A graph that is served elsewhere, as if it were open here: `keiretsu.connect("http://...")`."""
