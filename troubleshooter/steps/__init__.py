"""Implements the steps of the scenarios."""
