#!/usr/bin/env python3
"""Reference derivatives of the special functions, by differences at high precision.

Writes `reference.csv`: fn, kind, x, f, f1, f2, f3, f8. The function may have parameters: `bessel_j:3`. The numbers are
rounded to binary64 and written as the shortest decimals that round-trip; `kind` is `ord` for ordinary random points and
`hard` for those next to zeros and singularities and at the ends of the range. All x are binary32 numbers, so that the
rows serve both precisions.

Derivative n is a central difference of the function itself, with a step of 2^-b and some (n + 6) b bits, so that no
recurrence of the program is used to test it. A row is accepted when the differences with two steps and two precisions
agree to 2^-75 of the result, in a tail too; otherwise b is doubled.

usage: reference.py [--seed N] [--ordinary N] [--out FILE] [FUNCTION ...]     (needs mpmath; gmpy2 makes it faster)
"""
import argparse
import random
import struct
import sys

from mpmath import mp, mpf
import mpmath

ORDERS = (0, 1, 2, 3, 8)
FUNCTIONS = {}


def function(name, ordinary, hard=(), parameters=((),)):
    """Registers a function with a sampler of ordinary points, and its hard points."""

    def register(f):
        for p in parameters:
            full = ":".join([name, *map(str, p)])
            FUNCTIONS[full] = ((lambda x, p=p: f(*p, x)), ordinary, hard)
        return f

    return register


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def uniform(a, b):
    return lambda r: r.uniform(a, b)


def logarithmic(a, b):
    """Between 10^a and 10^b."""
    return lambda r: 10 ** r.uniform(a, b)


def either(*samplers):
    return lambda r: r.choice(samplers)(r)


def minus(sampler):
    return lambda r: -sampler(r)


ANY = either(uniform(-8, 8), uniform(-40, 40), logarithmic(-6, 0), minus(logarithmic(-6, 0)))
ENDS = (800.0, -800.0, 90.0, -90.0, 1e-30, -1e-30)


@function("logistic", ANY, ENDS)
def _(x):
    return 1 / (1 + mp.exp(-x))


@function("ln_logistic", ANY, ENDS)
def _(x):
    return -mp.log1p(mp.exp(-x))


@function("softplus", ANY, ENDS)
def _(x):
    return mp.log1p(mp.exp(x))


@function("logit", either(uniform(0, 1), logarithmic(-6, -1)), (1e-30, 1 - 2.0**-24, 0.50001, 0.25, 0.75))
def _(x):
    return mp.log(x / (1 - x))


@function("log1mexp", either(uniform(-8, 0), uniform(-40, 0), minus(logarithmic(-6, 0))), (-1e-30, -90.0, -700.0, -0.69314))
def _(x):
    return mp.log(-mp.expm1(x))


def difference(f, x, n, b):
    """The n-th derivative at x by the central difference with step 2^-b |x|, or 2^-b beyond 1."""
    if n == 0:
        return f(x)
    h = mpf(2) ** -b * min(abs(x), 1)
    return sum((-1) ** k * mp.binomial(n, k) * f(x + (mpf(n) / 2 - k) * h) for k in range(n + 1)) / h**n


def derivative(f, x, n):
    for b in (50, 100, 200, 400, 800, 1600, 3200):
        results = []
        for step in (b, b + 10):
            mp.prec = (n + 2) * step + 4 * b
            results.append(difference(f, mpf(x), n, step))
        a, c = results
        if a == c or abs(a - c) < mpf(2) ** -75 * abs(c):
            return c
    raise ArithmeticError(f"no agreement at {x}, order {n}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ordinary", type=int, default=12)
    parser.add_argument("--out", default="reference.csv")
    parser.add_argument("functions", nargs="*")
    args = parser.parse_args()
    with open(args.out, "w") as out:
        print("fn,kind,x,f,f1,f2,f3,f8", file=out)
        for name, (f, ordinary, hard) in FUNCTIONS.items():
            if args.functions and not any(name == g or name.startswith(g + ":") for g in args.functions):
                continue
            r = random.Random(f"{args.seed} {name}")
            points = [("ord", single(ordinary(r))) for _ in range(args.ordinary)]
            points += [("hard", single(x)) for x in hard]
            for kind, x in points:
                try:
                    row = [float(derivative(f, x, n)) for n in ORDERS]
                except (ArithmeticError, ValueError, mpmath.libmp.NoConvergence) as e:
                    print(f"{name} at {x!r}: {e}", file=sys.stderr)
                    continue
                print(",".join([name, kind, *(repr(v) for v in [x, *row])]), file=out)


main()
