"""Keiretsu: a graph of companies, products and partnerships that can be trusted."""
