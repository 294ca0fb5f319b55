"""What the question page and the check-your-answers page show. Templates know no rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from grievance.countries import country_names, country_options
from grievance.intake.forms import QuestionForm, Raw
from grievance.intake.steps import STEPS, Step, before, number


@dataclass(frozen=True, slots=True)
class Option:
    """One row to choose."""

    value: str
    words: str | Promise
    hint: str | Promise
    id: str
    chosen: bool


@dataclass(frozen=True, slots=True, repr=False)
class Field:
    """One field as it stands on the page."""

    name: str
    kind: str
    label: str | Promise
    hint: str | Promise
    value: str
    options: tuple[Option, ...] | SafeString
    errors: tuple[str, ...]
    # Where a link from the error summary leads.
    target: str
    leads: bool
    described_by: str


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """One page of the intake."""

    step: Step
    fields: tuple[Field, ...]
    number: int
    last: int
    previous: Step | None

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(field to go to, sentence) for the summary on top."""
        return [(field.target, error) for field in self.fields for error in field.errors]


@dataclass(frozen=True, slots=True, repr=False)
class Answered:
    """One row of the check-your-answers page."""

    step: Step
    question: str | Promise
    lines: tuple[str | Promise, ...]
    own_words: tuple[str, ...]
    is_finished: bool


def question(step: Step, typed: Raw, *, judge: bool) -> Question:
    """Show a step with what was typed; with `judge`, also with what is wrong about it."""
    form = step.form(typed)
    errors: dict[str, list[str]] = (
        {name: [str(one) for one in found] for name, found in form.errors.items()} if judge else {}
    )
    fields = tuple(
        _field(form, name, typed.get(name, ""), tuple(errors.get(name, ())), leads=place == 0)
        for place, name in enumerate(form.fields)
    )
    return Question(step, fields, number(step), len(STEPS), before(step))


def answered(step: Step, form: QuestionForm) -> Answered:
    """Show a step's answers in words. An unfinished step shows no answers."""
    if not form.is_valid():
        return Answered(step, form.question, (), (), is_finished=False)
    lines: list[str | Promise] = []
    own_words: list[str] = []
    fields: dict[str, Any] = form.fields
    for name, field in fields.items():
        said = form.cleaned_data[name]
        if field.kind in {"choice", "several"}:
            chosen = said if isinstance(said, list) else [said]
            lines.extend(words for value, words in field.choices if value in chosen)
        elif field.kind == "country" and said:
            lines.append(country_names(get_language() or "en")[said])
        elif said:
            own_words.append(said)
    return Answered(step, form.question, tuple(lines), tuple(own_words), is_finished=True)


def _field(
    form: QuestionForm, name: str, typed: str | list[str], errors: tuple[str, ...], *, leads: bool
) -> Field:
    field: Any = form.fields[name]
    options = _options(field, name, typed)
    hint = form.hint if leads else field.help_text
    described = [f"{name}-hint"] if hint else []
    if errors:
        described.append(f"{name}-error")
    return Field(
        name=name,
        kind=field.kind,
        label=form.question if leads else field.label,
        hint=hint,
        value=typed if isinstance(typed, str) else "",
        options=options,
        errors=errors,
        target=options[0].id if isinstance(options, tuple) and options else name,
        leads=leads,
        described_by=" ".join(described),
    )


def _options(field: Any, name: str, typed: str | list[str]) -> tuple[Option, ...] | SafeString:
    chosen = typed if isinstance(typed, list) else [typed]
    if field.kind == "country":
        return country_options(get_language() or "en", chosen[0] if chosen else "")
    if field.kind in {"choice", "several"}:
        return tuple(_rows(field, name, chosen))
    return ()


def _rows(field: Any, name: str, chosen: list[str]) -> Iterator[Option]:
    for value, words in field.choices:
        hint = field.hints.get(value, "")
        yield Option(value, words, hint, f"{name}-{value}", value in chosen)
