"""Bars: what adds to a total or takes from it, drawn to scale in blocks or as a picture in the page."""

# A full bar, in centibans and in blocks: a hundred centibans are ten times as likely.
_FULL = 100
_BLOCKS = 10
_FOR, _AGAINST = "█", "░"
_COLOURS = {True: "#2e6b34", False: "#b00020"}
_WIDTH, _HEIGHT = 100, 10


def bar_text(centibans: int) -> str:
    """A bar of blocks and its number, always of one width: full blocks for, light ones against."""
    size = min(_BLOCKS, -(-abs(centibans) * _BLOCKS // _FULL))
    return f"{(_FOR if centibans > 0 else _AGAINST) * size:<{_BLOCKS}} {centibans:+4d}  "


def bar_svg(centibans: int) -> str:
    """A bar as inline SVG: to the right for, to the left against; its label says the number."""
    size = min(_FULL, abs(centibans)) * _WIDTH // _FULL
    left = _WIDTH if centibans >= 0 else _WIDTH - size
    colour = _COLOURS[centibans >= 0]
    middle = f'<rect x="{_WIDTH}" y="0" width="1" height="{_HEIGHT}" fill="#808080"/>'
    drawn = f'<rect x="{left}" y="1" width="{size}" height="{_HEIGHT - 2}" fill="{colour}"/>'
    box = f'<svg viewBox="0 0 {2 * _WIDTH} {_HEIGHT}" width="{2 * _WIDTH}" height="{_HEIGHT}" role="img"'
    return f'{box} aria-label="{centibans:+d}">{drawn}{middle}</svg> {centibans:+d} '
