"""Lets people in only as far as the plan has come, so that every fault meets a crowd."""

import threading


class Gate:
    """`begun` counts who came in; nobody gets more than `slack` past what is `open_until`."""

    def __init__(self, slack: int) -> None:
        self._slack = slack
        self._open_until = slack
        self._begun = 0
        self._shut = False
        self._change = threading.Condition()

    @property
    def begun(self) -> int:
        """How many came in so far."""
        return self._begun

    def enter(self) -> bool:
        """Wait to be let in; False once the gate is shut for good."""
        with self._change:
            self._change.wait_for(lambda: self._shut or self._begun < self._open_until)
            self._begun += not self._shut
            return not self._shut

    def open_to(self, number: int) -> None:
        """Let people in up to this number, and a few more."""
        with self._change:
            self._open_until = max(self._open_until, number + self._slack)
            self._change.notify_all()

    def shut(self) -> None:
        """Let nobody in any more."""
        with self._change:
            self._shut = True
            self._change.notify_all()
