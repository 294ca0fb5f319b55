"""Evidence that stays: stamped history, append-only rows, and the privileges that prove both.

`history` (who changed which field, when and why), `append_only` (rows written once),
`tracked` (querysets that cannot slip past the history), `privileges` (what each database role
may do). Import from those modules.
"""
