"""`make faults`: one run of the fault harness. Ends with 1 where anything is not as promised."""

import argparse
import signal
import sys
from pathlib import Path

from tests.faults import plan, report
from tests.faults.house import house
from tests.faults.mail import mail_server
from tests.faults.run import Run


def main() -> int:
    """Run, print, and with --write put the report into a document."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    parser = argparse.ArgumentParser(prog="make faults ARGS=…", description=__doc__)
    parser.add_argument("--submissions", type=int, default=2000, help="grievances to raise")
    parser.add_argument("--kills", type=int, default=100, help="processes to kill")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same faults")
    parser.add_argument(
        "--patience",
        type=float,
        default=180.0,
        help="seconds that worker and beat get to send by themselves what is due",
    )
    parser.add_argument("--write", type=Path, help="put the report into this file")
    parser.add_argument("--logs", type=Path, help="copy the logs of all processes there")
    given = parser.parse_args()
    drawn = plan.make(given.seed, submissions=given.submissions, kills=given.kills)
    with mail_server() as mail, house(mail.port, keep_logs=given.logs) as home:
        run = Run(home, mail, drawn, submissions=given.submissions, seed=given.seed)
        outcome = run.go(patience=given.patience)
        about = report.versions(home)
    command = f"make faults ARGS={' '.join(sys.argv[1:])!r}" if sys.argv[1:] else "make faults"
    told = report.markdown(outcome, command=command, seed=given.seed, about=about)
    print(told)
    if given.write:
        report.write(told, given.write)
    for violation in outcome.verdict.violations:
        print(violation, file=sys.stderr)
    return 1 if outcome.verdict.violations else 0


if __name__ == "__main__":
    sys.exit(main())
