"""A page as a person gets it: its words, its forms, what leads where. Knows HTML and nothing else.

Enough of a reader for well-formed pages of our own; it needs no script, as our readers don't.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.http import HttpResponse

_VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "path", "circle", "rect", "col"})


@dataclass(eq=False)
class Node:
    """One element with its attributes and what it contains."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    def all(self, *tags: str, **attrs: str) -> list[Node]:
        """Every element below with one of these tags (any, if none is named) and attributes.

        A class is asked for as `class_`, and found among several.
        """
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [node for node in self._below() if node._fits(tags, wanted)]

    def one(self, *tags: str, **attrs: str) -> Node:
        """The first such element. Raises AssertionError where the page has none."""
        found = self.all(*tags, **attrs)
        assert found, f"The page has no {' or '.join(tags) or 'element'} {attrs or ''}"
        return found[0]

    @property
    def text(self) -> str:
        """The words inside, with single spaces."""
        return " ".join("".join(self._words()).split())

    @property
    def raw(self) -> str:
        """The words inside exactly as they stand."""
        return "".join(self._words())

    def _fits(self, tags: tuple[str, ...], wanted: dict[str, str]) -> bool:
        if tags and self.tag not in tags:
            return False
        return all(
            value in self.attrs.get(name, "").split()
            if name == "class"
            else self.attrs.get(name) == value
            for name, value in wanted.items()
        )

    def _below(self) -> Iterator[Node]:
        for node in self.inside:
            if isinstance(node, Node):
                yield node
                yield from node._below()

    def _words(self) -> Iterator[str]:
        for node in self.inside:
            yield node if isinstance(node, str) else "".join(node._words())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def read(html: str) -> Node:
    """Return the root of a page's elements."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: where its link leads, and its sentence."""

    target: str
    sentence: str


class Page:
    """An answered request, read."""

    def __init__(self, response: HttpResponse, url: str) -> None:
        self.response = response
        self.url = url
        self.status = response.status_code
        self.html = response.content.decode()
        self.root = read(self.html)

    @property
    def path(self) -> str:
        """The page's address without the query."""
        return urlsplit(self.url).path

    @property
    def words(self) -> str:
        """Everything inside the page's main part."""
        return self.root.one("main").text

    @property
    def lang(self) -> str:
        """The language that the page says it is in."""
        return self.root.one("html").attrs["lang"]

    @property
    def direction(self) -> str:
        """ltr or rtl."""
        return self.root.one("html").attrs["dir"]

    @property
    def heading(self) -> str:
        """The words of the first heading."""
        return self.root.one("h1").text

    @property
    def problems(self) -> list[Problem]:
        """The lines of the error summary on top."""
        return [
            Problem(link.attrs["href"].removeprefix("#"), link.text)
            for box in self.root.all("div", class_="bad")
            for link in box.all("a")
        ]

    def beside(self, name: str) -> str:
        """The error that stands beside a field and is announced with it; empty where none is."""
        shown = self.root.all(id=f"{name}-error")
        if not shown:
            return ""
        told = [node for node in self.root.all() if f"{name}-error" in described(node)]
        assert told, f"Nothing of the page is described by the error of {name}."
        return shown[0].text

    def value(self, name: str) -> str:
        """What stands in a text field or is chosen in a group of radio buttons or a list."""
        for node in self.root.all("textarea", "select", "input", name=name):
            if node.tag == "textarea":
                # A browser drops one line break right after the start tag.
                return node.raw.removeprefix("\n")
            if node.tag == "select":
                chosen = [one for one in node.all("option") if "selected" in one.attrs]
                return chosen[0].attrs.get("value", "") if chosen else ""
            if node.attrs.get("type") not in {"radio", "checkbox"} or "checked" in node.attrs:
                return node.attrs.get("value", "")
        return ""

    def choices(self, name: str) -> list[str]:
        """The values that can be chosen for a field."""
        return [node.attrs["value"] for node in self.root.all("input", name=name)]

    def links(self) -> list[str]:
        """Every address that the page leads to or loads from."""
        return [
            node.attrs[name]
            for node in self.root.all()
            for name in ("href", "src", "action", "formaction", "data", "poster", "srcset")
            if name in node.attrs
        ]

    def form(self, action: str = "") -> Node:
        """The form whose action ends so; the first one where nothing is said."""
        for node in self.root.all("form"):
            if not action or node.attrs.get("action", self.path).endswith(action):
                return node
        raise AssertionError(f"The page has no form for {action or 'anything'}.")


def described(node: Node) -> list[str]:
    """The ids of what is read out together with this element."""
    return node.attrs.get("aria-describedby", "").split()


def filled(form: Node) -> dict[str, list[str]]:
    """What a browser would send for this form if nothing were changed, buttons apart."""
    values: dict[str, list[str]] = {}
    for node in form.all("input", "textarea", "select"):
        name, kind = node.attrs.get("name", ""), node.attrs.get("type", "text")
        if not name:
            continue
        if node.tag == "textarea":
            values.setdefault(name, []).append(node.raw.removeprefix("\n"))
        elif node.tag == "select":
            chosen = [one for one in node.all("option") if "selected" in one.attrs]
            values.setdefault(name, []).extend(one.attrs.get("value", "") for one in chosen[:1])
        elif kind not in {"radio", "checkbox"} or "checked" in node.attrs:
            values.setdefault(name, []).append(node.attrs.get("value", ""))
    return values
