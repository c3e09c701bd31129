"""Contains the frozen records, enums and messages. No I/O."""
