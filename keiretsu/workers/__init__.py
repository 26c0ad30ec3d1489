"""Work on the graph in processes that can be ended: a query that runs away is stopped for certain.

A `Crew` stands in front, in the server's event loop; behind it a keeper process, forked from one that has everything
imported, opens a generation of the graph and forks workers. A worker does one job at a time and sends its bytes back.
"""
