"""Generates many people for a tenant, pages that show them, and faults of some of them: the same for the same seed."""
