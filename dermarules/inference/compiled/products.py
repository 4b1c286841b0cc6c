"""Few steps for many ways to prove one thing: what several ways share is asked once."""

from collections import Counter
from collections.abc import Iterable

from dermarules.inference.compiled.circuit import ALWAYS, NEVER, Circuit

Product = frozenset[int]


class Products:
    """Planes that are set where all planes of one of several sets are."""

    def __init__(self, circuit: Circuit) -> None:
        self._circuit = circuit
        self._made: dict[frozenset[Product], int] = {}

    def one_of(self, products: Iterable[Iterable[int]]) -> int:
        """Set where one of the products is; their common planes are taken out, one at a time.

        Of "n of many" this makes a table of counts, which is as small as it can be.
        """
        sets = {frozenset(product) - {ALWAYS} for product in products}
        return self._sum(frozenset(product for product in sets if NEVER not in product))

    def _sum(self, products: frozenset[Product]) -> int:
        if products not in self._made:
            self._made[products] = self._factored(products)
        return self._made[products]

    def _factored(self, products: frozenset[Product]) -> int:
        if frozenset() in products:
            return ALWAYS
        often = Counter(plane for product in products for plane in product)
        common = min(often, key=lambda plane: (-often[plane], plane), default=NEVER)
        if often[common] < 2:
            return self._circuit.one(map(self._circuit.both, products))
        rest = self._sum(frozenset(product - {common} for product in products if common in product))
        other = self._sum(frozenset(product for product in products if common not in product))
        return self._circuit.one((self._circuit.both((common, rest)), other))
