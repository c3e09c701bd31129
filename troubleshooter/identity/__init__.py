"""Whose avatar a picture is. Pure."""
