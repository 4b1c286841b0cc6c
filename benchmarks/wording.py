"""Numbers as the page and the plots write them."""


def short(number: float) -> str:
    """Three figures, and no exponent: 0.0123, 4.56, 12,300."""
    return f"{float(f'{number:.3g}'):,.0f}" if number >= 100 else f"{number:.3g}"


def times(ratio: float) -> str:
    """A ratio with two figures: 1.4 times, 23 times, 4,100 times."""
    return f"{float(f'{ratio:.2g}'):,.0f} times" if ratio >= 100 else f"{ratio:.2g} times"
