"""Every write of the people app, by what it is about."""
