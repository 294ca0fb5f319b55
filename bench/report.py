"""Puts results into words and tables, ratios first, and into docs/performance.md."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.latency import FIRST, Times
from bench.load import VISITORS
from bench.results import FLOOR, Results, intake_against_floor, per_request, share, total
from bench.weights import Weight

SENDING = "POST send"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_KIB = 1024


def markdown(found: Results) -> str:
    """Return the whole report."""
    parts = [_made(found), _targets(found), _intake(found), _desk(found)]
    parts += [_pages(found), _statements(found), _memory(found)]
    return "\n\n".join(parts)


def write(found: Results, document: Path) -> None:
    """Put the report between the markers of the document. Raises ValueError without markers."""
    text = document.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{document.name} has no markers for the figures.")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    document.write_text(f"{before}{BEGIN}\n{markdown(found)}\n{END}{after}", encoding="utf-8")


def _made(found: Results) -> str:
    about = found.machine
    fills = ", ".join(f"{size:,}: {seconds:.0f} s" for size, seconds in found.filled_in.items())
    return (
        f"Made on {found.made_on} by `{found.command}` on {about['cores']} cores "
        f"({about['processor']}, {about['system']}), Python {about['python']}, "
        f"Django {about['django']}, PostgreSQL {about['postgresql']}, Redis {about['redis']}. "
        f"Load average at the start {found.load_before:.1f}, at the end {found.load_after:.1f}: "
        "other processes shared the cores, so absolute figures are of this run only. "
        f"Time to fill by COPY, from one size to the next: {fills}."
    )


def _targets(found: Results) -> str:
    rows = [[*row[:3], "yes" if row[3] else "**no**"] for row in _judged(found)]
    return "### Targets\n\n" + _table(["what", "target", "found", "met"], rows)


def _judged(found: Results) -> Iterator[tuple[str, str, str, bool]]:
    for size in found.sizes:
        ratio = intake_against_floor(found.rounds, str(size))
        yield (
            f"intake at {size:,} cases, requests per second against the floor",
            ">= 0.25",
            f"{ratio.requests.middle:.2f}",
            ratio.requests.middle >= 0.25,
        )
    yield from _judged_desk(found)
    yield from _judged_pages(found)
    asking = [{**size["intake"], SENDING: 0} for size in found.statements.values()]
    most = max(count for pages in asking for count in pages.values())
    yield "SQL per page of the intake, at most, sending apart", "<= 6", str(most), most <= 6
    transactions = max(size["transactions"][SENDING] for size in found.statements.values())
    yield "transactions that sending takes", "1", str(transactions), transactions == 1
    for page, limit in (("queue", 8), ("case", 12)):
        counts = {size["desk"][page] for size in found.statements.values()}
        shown = " or ".join(map(str, sorted(counts)))
        title = "queue of 50" if page == "queue" else "case page with 200 events"
        yield f"SQL of the {title}", f"<= {limit}", shown, max(counts) <= limit
    most_memory = max(each["pss"] for each in found.workers)
    yield "memory of a web worker (PSS)", "<= 90 MB", f"{most_memory:.0f} MB", most_memory <= 90


def _judged_desk(found: Results) -> Iterator[tuple[str, str, str, bool]]:
    filled = [size for size in found.sizes if size]
    for larger in filled[1:]:
        limit = 1.5 if larger >= 1_000_000 else 1.2
        ratio = _queue(found, larger, FIRST).p95 / _queue(found, filled[0], FIRST).p95
        what = f"queue, p95 at {larger:,} by p95 at {filled[0]:,}"
        yield what, f"<= {limit}", f"{ratio:.2f}", ratio <= limit
    if found.floor_detail is not None:
        for size in found.sizes:
            ratio = found.case_pages[str(size)].p50 / found.floor_detail.p50
            what = f"case page with 200 events at {size:,}, p50 by the floor's detail page"
            yield what, "<= 8", f"{ratio:.1f}", ratio <= 8


def _judged_pages(found: Results) -> Iterator[tuple[str, str, str, bool]]:
    for language, pages in found.weights.items():
        first = pages[0]
        size = first.html_and_style / _KIB
        what = f"first page ({language}), HTML and CSS compressed"
        yield what, "<= 14 KiB", f"{size:.1f} KiB", size <= 14
        yield f"first page ({language}), requests", "<= 4", str(first.requests), first.requests <= 4
    heaviest = max((page for pages in found.weights.values() for page in pages), key=_uncompressed)
    size = _uncompressed(heaviest) / _KIB
    what = f"heaviest public page ({heaviest.path}), nothing but files compressed"
    yield what, "<= 50 KiB", f"{size:.1f} KiB", size <= 50


def _intake(found: Results) -> str:
    head = ["cases before", "requests/s by the floor's", "submissions/s by the floor's"]
    head += ["processor time of a request: the floor's by ours"]
    rows = []
    for size in found.sizes:
        ratio = intake_against_floor(found.rounds, str(size))
        rows.append(
            [f"{size:,}"]
            + [
                f"{each.middle:.2f} ({each.least:.2f} to {each.most:.2f})"
                for each in (ratio.requests, ratio.submissions)
            ]
            + [f"{ratio.processor:.2f}"]
        )
    return (
        "### Intake against the floor\n\n"
        f"{VISITORS} visitors at a time, {len(found.rounds)} rounds in which all servers took "
        "turns; the middle round, in brackets the extremes. 1 would be the floor itself. A "
        f"submission of the floor is {_length(found, FLOOR)} requests, one of ours "
        f"{_length(found, str(found.sizes[0]))}.\n\n"
        + _table(head, rows)
        + "\n\nWhat lies behind:\n\n"
        + _table(
            ["server", "submissions", "submissions/s", "requests/s"]
            + ["ms of processor per request", "web", "PostgreSQL", "client"],
            [_behind(found, name) for name in [FLOOR, *map(str, found.sizes)]],
        )
        + "\n\nThe last three columns share out the processor time; the client's share slows the "
        "floor more than it slows us, which flatters our ratio. The column of processor time "
        "leaves the client out, and with it what other processes took."
    )


def _behind(found: Results, name: str) -> list[str]:
    slots = total(found.rounds, name)
    seconds = sum(slot.seconds for slot in slots)
    parts = [f"{share(slots, part):.0%}" for part in ("web", "database", "client")]
    return [
        name if name == FLOOR else f"{int(name):,} cases",
        str(sum(slot.journeys for slot in slots)),
        f"{sum(slot.requests for slot in slots) / seconds / _length(found, name):.1f}",
        f"{sum(slot.requests for slot in slots) / seconds:.0f}",
        f"{per_request(slots):.2f}",
        *parts,
    ]


def _length(found: Results, name: str) -> int:
    return max(slot.length for slot in total(found.rounds, name))


def _desk(found: Results) -> str:
    sizes = [size for size in found.sizes if size]
    counts = ", ".join(f"{found.open_cases[size]:,} of {size:,}" for size in sizes)
    rows = []
    for view in dict.fromkeys(name.partition("|")[2] for name in found.queue):
        times = [_queue(found, size, view) for size in sizes]
        cells = [f"{each.p50:.0f} / {each.p95:.0f}" for each in times]
        ratios = [f"{times[-1].p50 / times[0].p50:.2f}", f"{times[-1].p95 / times[0].p95:.2f}"]
        rows.append([view, *cells, *ratios])
    first = found.queue[f"{sizes[0]}|{FIRST}"]
    fewest = min(len(times.milliseconds) for times in found.queue.values())
    costs = [f"{found.queue_processor[str(size)]:.1f}" for size in sizes]
    head = ["view of the queue", *[f"{size:,}: p50 / p95 ms" for size in sizes]]
    head += ["largest by smallest, p50", "p95"]
    text = (
        f"### The desk\n\nOpen cases: {counts}. One signed-in person, "
        f"{len(first.milliseconds)} requests of the first page and "
        f"at least {fewest} of each other, the databases taking turns request by request. The "
        "first page is measured twice: what its two lines differ by is noise.\n\n"
        + _table(head, rows)
        + "\n\nProcessor time of web server and PostgreSQL for the first page, without waiting: "
        f"{', '.join(f'{cost} ms at {size:,}' for cost, size in zip(costs, sizes, strict=True))}."
    )
    if found.floor_detail is not None:
        rows = [["the floor's detail page", f"{found.floor_detail.p50:.1f}", "1"]]
        for size in found.sizes:
            ours = found.case_pages[str(size)].p50
            by_floor = ours / found.floor_detail.p50
            rows.append([f"ours at {size:,} cases", f"{ours:.1f}", f"{by_floor:.1f}"])
        text += "\n\nA case page with 200 events, 78 of them messages that are opened:\n\n"
        text += _table(["page", "p50 ms", "by the floor's"], rows)
        least, ours = (found.case_processor[name] for name in (FLOOR, str(found.sizes[-1])))
        text += (
            f"\n\nIn processor time of web server and PostgreSQL, without waiting: {ours:.1f} ms "
            f"by {least:.1f} ms, {ours / least:.0f} times the floor's."
        )
    return text


def _queue(found: Results, size: int, view: str) -> Times:
    return found.queue[f"{size}|{view}"]


def _uncompressed(page: Weight) -> int:
    return page.html + page.style + page.other


def _pages(found: Results) -> str:
    languages = list(found.weights)
    by_name: dict[str, list[Weight]] = {}
    for pages in found.weights.values():
        for page in pages:
            by_name.setdefault("/…/" + page.path.split("/", 2)[2], []).append(page)
    rows = [
        [
            f"`{name}`",
            " / ".join(f"{page.html / _KIB:.1f}" for page in pages),
            " / ".join(f"{page.html_compressed / _KIB:.1f}" for page in pages),
            f"{max(page.total for page in pages) / _KIB:.1f}",
            f"{max(_uncompressed(page) for page in pages) / _KIB:.1f}",
            str(max(page.requests for page in pages)),
        ]
        for name, pages in by_name.items()
    ]
    head = ["page", f"HTML, KiB ({' / '.join(languages)})", "HTML compressed, KiB"]
    head += ["all compressed, KiB", "all, HTML as sent, KiB", "requests"]
    return (
        "### Weight of the public pages\n\nEverything a browser without a cache loads. The "
        "server sends style, script and mark compressed and pages as they are: compressing pages "
        "is the proxy's work, and the figures for it are gzip's, level 6. Whoever types the bare "
        "host name is sent on to a language first, which is one request more.\n\n"
        + _table(head, rows)
    )


def _statements(found: Results) -> str:
    sizes = list(found.statements)
    rows = []
    for part in ("intake", "desk"):
        for page in found.statements[sizes[0]][part]:
            counts = [str(found.statements[size][part][page]) for size in sizes]
            rows.append([f"{part}: {page}", *counts])
    return (
        "### SQL\n\nQuestions and writes of each page; BEGIN, COMMIT and savepoints are not "
        "counted. Sending writes the whole case: account, person, clock, event, history and "
        "notice; the design asks one transaction of it and sets no number.\n\n"
        + _table(["page", *[f"at {size:,} cases" for size in sizes]], rows)
    )


def _memory(found: Results) -> str:
    rows = [
        [str(number + 1), *[f"{each[kind]:.0f}" for kind in ("pss", "private", "rss")]]
        for number, each in enumerate(found.workers)
    ]
    return (
        "### Memory\n\nThe web workers at the largest size, after "
        f"{found.requests_before_memory:,} requests to them and with the other servers "
        "stopped, in megabytes. Proportional: shared pages are divided among those who share "
        "them.\n\n" + _table(["worker", "proportional", "private", "resident"], rows)
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [list(head), ["---"] * len(head), *[list(row) for row in rows]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
