"""Redress on one machine with nothing but Python: embedded PostgreSQL and Redis, and `make run`.

Nothing here is imported in production.
"""
