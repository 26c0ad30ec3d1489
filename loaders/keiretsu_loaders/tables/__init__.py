"""Tables as facts: any table with a small mapping becomes entities and claims, with every problem at its cell."""
