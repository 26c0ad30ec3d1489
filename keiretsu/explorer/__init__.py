"""The explorer: a graph as one page that needs no server and no network, where every tie opens its evidence."""

from keiretsu.explorer.page import page

__all__ = ["page"]
