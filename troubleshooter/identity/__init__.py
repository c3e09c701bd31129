"""Decides whose avatar a picture is. Pure."""
