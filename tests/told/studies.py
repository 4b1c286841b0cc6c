"""What studies measured, read back: every figure with its interval."""

from dermarules.rules import Accuracy
from tests.told.held import Held, need
from tests.told.outline import Line
from tests.told.words import read, word

_FIGURES = ("sensitivity", "specificity", "lr_positive", "lr_negative")


def study_line(held: Held, line: Line, study: Accuracy) -> None:
    """What a study measured, with every figure that it gives."""
    head = word("why.study").partition("{figures}")[0].replace("{target}", study.target.replace("_", " "))
    tail = f" ({study.population})"
    need(line.text.startswith(head) and line.text.endswith(tail), f"it was measured for {study.target}")
    figures = line.text.removeprefix(head).removesuffix(tail)
    said = [
        (key, told["value"]) for part in figures.split(", ") for key in _FIGURES if (told := read(f"why.{key}", part))
    ]
    known = [(key, value) for key in _FIGURES if (value := getattr(study, key)) is not None]
    need([key for key, _ in said] == [key for key, _ in known], f"its figures are {known}")
    for (_, figure), (key, value) in zip(said, known, strict=True):
        limits = study.figures.get(f"{key}_ci")
        within = read("why.interval", figure) or {"value": figure}
        need(float(within["value"]) == float(f"{value:g}"), f"{key} is {value}")
        stated = tuple(float(within[name]) for name in ("low", "high") if name in within)
        need(
            stated == (tuple(float(f"{x:g}") for x in limits) if isinstance(limits, tuple) else ()), f"{key}: {limits}"
        )
    patients = [told["n"] for part in figures.split(", ") if (told := read("why.n", part))]
    need(patients == ([str(study.n)] if study.n else []), f"{study.n} patients")
    need(len(figures.split(", ")) == len(said) + len(patients) or figures == word("why.no_figure"), "another figure")
    held.grounds(line, [f"accuracy/{study.id}"], drafts=[f"accuracy/{study.id}"])
