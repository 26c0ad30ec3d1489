"""From a sentence in plain English to a question of ours: names, days, words, and fixed rules over them."""
