"""Builds that are broken on purpose, and the tests that have to notice each of them."""
