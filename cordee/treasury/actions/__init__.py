"""Every write of the treasury: one function, one act, one transaction, one journal entry."""
