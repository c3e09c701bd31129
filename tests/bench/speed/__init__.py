"""Measures a run of `photo-differs` against two scripts that go the same way with Playwright alone."""
