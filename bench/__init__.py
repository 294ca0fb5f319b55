"""Measurements of Redress: ratios within one run, on services of its own, on loopback only.

`python -m bench` prints them; `--write` puts them into docs/performance.md. What is measured, and
how, is told there.
"""
