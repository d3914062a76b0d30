"""Multiplication and addition tables of finite fields and of products of them."""

from functools import lru_cache
from itertools import product

Table = tuple[tuple[int, ...], ...]
Ring = tuple[Table, Table]


def prime_powers(number: int) -> list[tuple[int, int]]:
    """(prime, exponent) of each prime power in `number`, smallest prime first."""
    found, prime = [], 2
    while number > 1:
        exponent = 0
        while number % prime == 0:
            number, exponent = number // prime, exponent + 1
        if exponent:
            found.append((prime, exponent))
        prime += 1
    return found


@lru_cache(maxsize=64)
def ring(order: int) -> Ring:
    """Addition and multiplication tables of the product of the fields GF(q), q the prime powers in `order`.

    The elements 0, 1, 2, … up to the smallest q differ from each other in every component, so that their
    differences can be divided by.
    """
    tables: Ring = (((0,),), ((0,),))
    for prime, exponent in reversed(prime_powers(order)):
        tables = _combined(_field(prime, exponent), tables)
    return tables


def smallest_field(order: int) -> int:
    return min((prime**exponent for prime, exponent in prime_powers(order)), default=1)


def _combined(first: Ring, second: Ring) -> Ring:
    a, b = len(first[0]), len(second[0])
    # Element number e stands for the pair (e, e) while it can: see the promise in `ring`.
    pairs = [(e % a, e % b) for e in range(min(a, b))]
    pairs += [pair for pair in product(range(a), range(b)) if pair not in set(pairs)]
    place = {pair: e for e, pair in enumerate(pairs)}

    def table(which: int) -> Table:
        return tuple(tuple(place[first[which][x][u], second[which][y][v]] for u, v in pairs) for x, y in pairs)

    return table(0), table(1)


def _field(prime: int, exponent: int) -> Ring:
    elements = list(product(range(prime), repeat=exponent))
    place = {element: e for e, element in enumerate(elements)}
    modulus = _irreducible(prime, exponent)
    plus = tuple(
        tuple(place[tuple((a + b) % prime for a, b in zip(x, y, strict=True))] for y in elements) for x in elements
    )
    times = tuple(tuple(place[_times(x, y, modulus, prime)] for y in elements) for x in elements)
    return plus, times


def _times(x: tuple[int, ...], y: tuple[int, ...], modulus: tuple[int, ...], prime: int) -> tuple[int, ...]:
    """Product of two polynomials (lowest power first) reduced by the monic x^n + modulus."""
    n = len(x)
    full = [0] * (2 * n - 1)
    for i, a in enumerate(x):
        for j, b in enumerate(y):
            full[i + j] += a * b
    for top in range(2 * n - 2, n - 1, -1):
        for i in range(n):
            full[top - n + i] -= full[top] * modulus[i]
    return tuple(value % prime for value in full[:n])


def _irreducible(prime: int, exponent: int) -> tuple[int, ...]:
    """The first monic polynomial of that degree whose residues have no zero divisors."""
    elements = [e for e in product(range(prime), repeat=exponent) if any(e)]
    for modulus in product(range(prime), repeat=exponent):
        if all(any(_times(x, y, modulus, prime)) for x in elements for y in elements):
            return modulus
    raise AssertionError("every finite field exists")
