"""The only writers of remedies; called by `grievance.lifecycle` alone, inside its transaction.

They return what changed. They know no case: texts come sealed, actors as plain ids, time as `at`.
"""

from remedy.lifecycle.opening import open_remediation

__all__ = ["open_remediation"]
