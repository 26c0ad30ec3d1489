"""Matching names against the graph, for OpenRefine and others.

Source: Reconciliation Service API 0.2, W3C Entity Reconciliation Community Group.
"""
