"""Every write of the living cadre’s own rows."""
