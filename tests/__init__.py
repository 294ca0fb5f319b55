"""Tests as promises: promises/ by person, rules/ without a database, house/ about the structure."""
