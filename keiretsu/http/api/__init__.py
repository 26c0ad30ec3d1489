"""The JSON API: every question at an address, described by OpenAPI, and the whole graph in pages."""
