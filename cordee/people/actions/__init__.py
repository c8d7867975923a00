"""Every write about people, groups and what binds them."""
