"""`bin/bench`: what a page, a mark and a claim cost, in time, queries, bytes and memory.

The launcher (`bin/launcher/bench.py`) makes the databases and starts the servers; each module here measures one
thing in a process of its own, on the database its environment names, and prints it as JSON.
"""
