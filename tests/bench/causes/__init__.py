"""Measures how often the cause of a fault is the first diagnosis."""
