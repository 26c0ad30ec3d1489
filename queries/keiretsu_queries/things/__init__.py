"""One thing and its like: what is known of it, who works with it, what is there of a kind."""
