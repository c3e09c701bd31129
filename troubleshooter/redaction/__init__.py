"""Keeps secrets out of every text that leaves the product."""
