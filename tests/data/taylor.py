#!/usr/bin/env python3
"""Taylor coefficients of functions of one variable, correctly rounded to binary64: writes taylor.csv.

Columns: kind, name, x, radius, c0, ..., c42; c_k = f^(k)(x) / k!. `radius` is the radius of convergence, `inf` for
entire functions. Each coefficient is Cauchy's integral, which knows no recurrence of power series, at two precisions
and on two circles, and is accepted only where both round to the same number; else the precisions double.

usage: taylor.py [--out FILE]       needs mpmath
"""
import argparse

from mpmath import mp, mpf

ORDER = 42
I = mp.mpc(0, 1)


def far(*points):
    """The distance from x to the nearest of the singular points."""
    return lambda x: min(abs(x - p) for p in points)


def entire(_):
    return mp.inf


def at(f, radius, *points):
    return [(f, radius, x) for x in points]


ROWS = {
    "recip": at(lambda x: 1 / x, far(0), 0.7, -3.0),
    "sqrt": at(mp.sqrt, far(0), 0.7, 5.0),
    "cbrt": at(lambda x: mp.sign(x.real) * (mp.sign(x.real) * x) ** (mpf(1) / 3), far(0), 0.7, -5.0),
    "exp": at(mp.exp, entire, 0.7, -3.0),
    "exp2": at(lambda x: mp.mpf(2) ** x, entire, 0.7),
    "exp_m1": at(mp.expm1, entire, 0.01, -2.0),
    "ln": at(mp.log, far(0), 0.7, 5.0),
    "log2": at(lambda x: mp.log(x) / mp.log(2), far(0), 0.7),
    "log10": at(lambda x: mp.log(x) / mp.log(10), far(0), 0.7),
    "ln_1p": at(mp.log1p, far(-1), 0.01, 3.0),
    "sin": at(mp.sin, entire, 0.7, 100.0),
    "cos": at(mp.cos, entire, 0.7, -4.0),
    "tan": at(mp.tan, lambda x: abs(x - mp.pi / 2), 0.7, 1.2),
    "asin": at(mp.asin, far(1, -1), 0.3, -0.8),
    "acos": at(mp.acos, far(1, -1), 0.3, 0.8),
    "atan": at(mp.atan, far(I, -I), 0.3, 1.5, -7.0),
    "sinh": at(mp.sinh, entire, 0.7),
    "cosh": at(mp.cosh, entire, 0.7),
    "tanh": at(mp.tanh, lambda x: abs(x - I * mp.pi / 2), 0.3, 1.5),
    "asinh": at(mp.asinh, far(I, -I), 0.3, -2.0),
    "acosh": at(mp.acosh, far(1, -1), 1.5, 4.0),
    "atanh": at(mp.atanh, far(1, -1), 0.3, -0.8),
    "powf2.5": at(lambda x: x ** mpf(2.5), far(0), 0.7, 5.0),
    "powf-1.5": at(lambda x: x ** mpf(-1.5), far(0), 0.7, 5.0),
    "powi-3": at(lambda x: x**-3, far(0), 0.7),
}
COMPOSED = {
    "exp(sin)": at(lambda x: mp.exp(mp.sin(x)), entire, 0.7),
    "sin(exp)": at(lambda x: mp.sin(mp.exp(x)), entire, 0.7),
    "exp(-x^2/2)": at(lambda x: mp.exp(-x * x / 2), entire, 0.7),
    "sqrt(1+x^2)": at(lambda x: mp.sqrt(1 + x * x), far(I, -I), 0.7),
    "ln(1+x^2)": at(lambda x: mp.log(1 + x * x), far(I, -I), 0.7),
    "recip(1+x^2)": at(lambda x: 1 / (1 + x * x), far(I, -I), 0.7),
    "tanh(x^2)": at(lambda x: mp.tanh(x * x), lambda x: abs(x - mp.sqrt(I * mp.pi / 2)), 0.7),
    "atan(exp)": at(lambda x: mp.atan(mp.exp(x)), lambda x: abs(x - I * mp.pi / 2), 0.3),
    "asin(sin/2)": at(lambda x: mp.asin(mp.sin(x) / 2), lambda x: abs(x - mp.asin(mpf(2))), 0.7),
    "(x^2+2)^-1.5": at(lambda x: (x * x + 2) ** mpf(-1.5), far(I * mp.sqrt(2), -I * mp.sqrt(2)), 0.7),
    "x^x": at(lambda x: x**x, far(0), 0.7, 2.0),
    "log_x(x+1)": at(lambda x: mp.log(x + 1) / mp.log(x), far(0, 1), 2.5),
    "hypot(x,1+x^2)": at(
        lambda x: mp.sqrt(x * x + (1 + x * x) ** 2),
        lambda x: min(abs(x - s * mp.sqrt((-3 + r * mp.sqrt(5)) / 2 + 0 * I)) for s in (1, -1) for r in (1, -1)),
        0.7,
    ),
    "atan2(x,1+x^2)": at(
        lambda x: mp.atan(x / (1 + x * x)),
        lambda x: min(abs(x - s * mp.sqrt((-3 + r * mp.sqrt(5)) / 2 + 0 * I)) for s in (1, -1) for r in (1, -1)),
        0.7,
    ),
}
# Straight curves s (1 + t) in small and large units, as functions of t at 0.
UNITS = {}
for s in (1e30, 1e-30, 1e300, 1e-300):
    s_ = mpf(s)
    for name, f, radius in (
        ("recip", lambda t, s=s_: 1 / (s * (1 + t)), far(-1)),
        ("sqrt", lambda t, s=s_: mp.sqrt(s * (1 + t)), far(-1)),
        ("ln", lambda t, s=s_: mp.log(s * (1 + t)), far(-1)),
        ("powf0.9", lambda t, s=s_: (s * (1 + t)) ** mpf(0.9), far(-1)),
        ("atan", lambda t, s=s_: mp.atan(s * (1 + t)), far(-1) if s > 1 else lambda _, s=s_: 1 / s),
        ("asinh", lambda t, s=s_: mp.asinh(s * (1 + t)), far(-1) if s > 1 else lambda _, s=s_: 1 / s),
    ):
        UNITS[f"{name}({s:.0e}(1+t))"] = [(f, radius, 0.0)]


def coefficients(f, x, radius, bits, points, share):
    """Cauchy's integral on a circle around x, by the trapezoidal rule: it converges as share^points."""
    mp.prec = bits
    r = share * (radius(mpf(x)) if radius is not entire else 4)
    turns = [mp.expjpi(mpf(2 * j) / points) for j in range(points)]
    values = [f(mp.mpc(x) + r * turn) for turn in turns]
    sums = []
    for k in range(ORDER + 1):
        total = mp.fsum(values[j] * mp.conj(turns[j * k % points]) for j in range(points))
        sums.append(mp.re(total) / points / r**k)
    return [float(c) for c in sums]


def rounded(f, x, radius):
    bits = 1000
    while bits < 10000:
        first = coefficients(f, x, radius, bits, 256, mpf(1) / 4)
        if first == coefficients(f, x, radius, 2 * bits, 320, mpf(1) / 5):
            return first
        bits *= 2
    raise ArithmeticError(f"no agreement at {x}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default="taylor.csv")
    out = open(parser.parse_args().out, "w")
    out.write("kind,name,x,radius," + ",".join(f"c{k}" for k in range(ORDER + 1)) + "\n")
    for kind, table in (("row", ROWS), ("composed", COMPOSED), ("units", UNITS)):
        for name, cases in table.items():
            for f, radius, x in cases:
                mp.prec = 200
                r = float(radius(mpf(x)))
                line = [kind, name.replace(",", ";"), repr(x), repr(r)]
                out.write(",".join(line + [repr(c) for c in rounded(f, x, radius)]) + "\n")
                out.flush()


main()
