"""Frozen records, enums and messages. No I/O."""
