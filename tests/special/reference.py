#!/usr/bin/env python3
"""Reference derivatives of the special functions, by differences at high precision.

Writes `reference.csv`: fn, kind, x, f, f1, f2, f3, f8, k, k1, k2, k3, k8. The function may have parameters: `bessel_j:3`.
The numbers are rounded to binary64 and written as the shortest decimals that round-trip; `kind` is `ord` for ordinary
random points and `hard` for those next to zeros and singularities and at the ends of the range. All x are binary32
numbers, so that the rows serve both precisions. k, ... are the condition numbers |x f'/f| of the function and of its
derivatives, or 1 if they are smaller: so many ulps does the exact result change where x does by one.

Derivative n is a central difference of the function itself, with a step of 2^-b and some (n + 6) b bits, so that no
recurrence of the program is used to test it. A row is accepted when the differences with two steps and two precisions
agree to 2^-75 of the result, in a tail too; otherwise b is doubled.

usage: reference.py [--seed N] [--ordinary N] [--out FILE] [FUNCTION ...]     (needs mpmath; gmpy2 makes it faster)
"""
import argparse
import random
import statistics
import struct
import sys

from mpmath import mp, mpf
import mpmath

ORDERS = (0, 1, 2, 3, 8)


def condition(x, d, n):
    """|x f'/f| of derivative n, at least 1, to two digits; 1 where the derivative is zero for good."""
    return float("%.1e" % max(1.0, abs(x * d[n + 1] / d[n]))) if d[n] != 0 else 1.0


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


@function("erf", either(uniform(-3, 3), uniform(-6, 6), logarithmic(-6, 0)), (1e-30, -1e-30, 9.0, -9.0, 0.70710677, 26.0))
def _(x):
    return mp.erf(x)


@function("erfc", either(uniform(-3, 3), uniform(0, 9), logarithmic(-6, 0)), (1e-30, -9.0, 26.0, 27.5, 0.70710677))
def _(x):
    return mp.erfc(x)


@function("erfcx", either(uniform(-3, 3), uniform(0, 30), logarithmic(-6, 0)), (0.49, 0.51, 1e-30, 1e10, -26.0, 1e30))
def _(x):
    if x < 1000:
        return mp.exp(x * x) * mp.erfc(x)
    # DLMF 7.9.2
    return mp.hyperu(mpf(1) / 2, mpf(1) / 2, x * x) / mp.sqrt(mp.pi)


def inverse(f, slope, y0, x):
    """y with f(y) = x by Newton's method in relative form."""
    y = mpf(y0)
    for _ in range(60):
        step = (f(y) - x) / slope(y)
        y -= step
        if step == 0 or abs(step) < mpf(2) ** (-mp.prec + 8) * abs(y):
            break
    return y


def quantile(p):
    cdf = lambda y: mp.erfc(-y / mp.sqrt(2)) / 2
    y0 = statistics.NormalDist().inv_cdf(float(p))
    return inverse(cdf, mp.npdf, y0, p)


@function("erf_inv", either(uniform(-1, 1), logarithmic(-6, -1)), (1e-30, 0.5, -0.5, 0.99999, 1 - 2.0**-24))
def _(x):
    if x > 0.5:
        return -quantile((1 - x) / 2) / mp.sqrt(2)
    y = mp.sqrt(mp.pi) / 2 * x if abs(x) < 1e-3 else quantile((1 + x) / 2) / mp.sqrt(2)
    return inverse(mp.erf, lambda y: 2 / mp.sqrt(mp.pi) * mp.exp(-y * y), y, x)


@function("erfc_inv", either(uniform(0, 2), logarithmic(-30, -1)), (1e-37, 1.0001, 0.9999, 1.99999))
def _(x):
    return -quantile(x / 2) / mp.sqrt(2)


@function("norm_quantile", either(uniform(0, 1), logarithmic(-30, -1)), (1e-37, 0.50001, 0.49999, 1 - 2.0**-24, 0.25, 0.75))
def _(p):
    return quantile(p)


@function("norm_pdf", uniform(-9, 9), (1e-30, -37.0, 13.0))
def _(x):
    return mp.npdf(x)


@function("norm_cdf", either(uniform(-9, 9), uniform(-3, 3)), (1e-30, -37.0, -13.0, 13.0))
def _(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


@function("norm_ln_cdf", either(uniform(-9, 6), uniform(-3, 3), uniform(-100, 0)), (1e-30, -37.0, -1000.0, -1.01, -0.99, 13.0))
def _(x):
    return mp.log(mp.erfc(-x / mp.sqrt(2)) / 2)


POSITIVE = either(uniform(0.1, 10), uniform(0.1, 100), logarithmic(-3, 0))
AXIS = either(POSITIVE, uniform(-10, 0))


@function("gamma", either(uniform(0.1, 10), uniform(-10, 0), uniform(0.1, 33)), (1e-20, -1e-20, 1.4616321, 170.0, -30.5))
def _(x):
    return mp.gamma(x)


@function("ln_gamma", AXIS, (1e-20, 1e10, 1.0001, 1.9999, 1.4616321, -0.5, -50.25))
def _(x):
    return mp.re(mp.loggamma(x))


@function("digamma", AXIS, (1e-20, 1e10, 1.4616321, -0.504083, -30.5))
def _(x):
    return mp.digamma(x)


@function("polygamma", AXIS, (1e-3, 1e10, -30.5), ((1,), (2,), (5,)))
def _(n, x):
    return mp.polygamma(n, x)


@function("ln_factorial", either(uniform(0, 10), uniform(0, 100), logarithmic(-6, 0)), (1e-20, 1e10, -0.5))
def _(x):
    return mp.re(mp.loggamma(x + 1))


@function("ln_beta", either(uniform(0.1, 10), uniform(0.1, 100)), (1e-3, 1e4), ((0.5,), (3.0,)))
def _(a, x):
    return mp.re(mp.loggamma(a) + mp.loggamma(x) - mp.loggamma(a + x))


@function("beta", either(uniform(0.1, 10), uniform(0.1, 100)), (1e-3, 1e4), ((0.5,), (3.0,)))
def _(a, x):
    return mp.beta(a, x)


@function("ln_binomial_n", uniform(4.5, 60), (1e4,), ((3.0,),))
def _(k, x):
    return mp.re(mp.loggamma(x + 1) - mp.loggamma(k + 1) - mp.loggamma(x - k + 1))


@function("ln_binomial_k", uniform(0.1, 19.5), (1e-3,), ((20.0,),))
def _(n, x):
    return mp.re(mp.loggamma(n + 1) - mp.loggamma(x + 1) - mp.loggamma(n - x + 1))


@function("gamma_p", either(uniform(0, 10), uniform(0, 40)), (1e-10,), ((0.5,), (3.0,), (20.0,)))
def _(a, x):
    return mp.gammainc(a, 0, x, regularized=True)


@function("gamma_q", either(uniform(0, 10), uniform(0, 40)), (1e-10, 300.0), ((0.5,), (3.0,), (20.0,)))
def _(a, x):
    return mp.gammainc(a, x, mp.inf, regularized=True)


@function("beta_reg", uniform(0, 1), (1e-10, 1 - 2.0**-20), ((0.5, 0.5), (2.0, 3.0), (10.0, 4.5)))
def _(a, b, x):
    return mp.betainc(a, b, 0, x, regularized=True)


WAVES = either(uniform(-20, 20), uniform(0, 5), uniform(0, 100))
ORDERS_OF_BESSEL = ((0,), (1,), (2,), (5,))


def bessel_series(n, x, sign):
    """J (sign -1) or I (sign 1) by DLMF 10.2.2 and 10.25.2, with bits for what cancels."""
    with mp.workprec(mp.prec + 40 + int(3 * abs(x)) * (sign < 0)):
        square, k = sign * x * x / 4, 0
        term = (x / 2) ** n / mp.factorial(n)
        total = mpf(0)
        while abs(term) > mpf(2) ** -(mp.prec + 5) * abs(total) or k < abs(x):
            total += term
            k += 1
            term *= square / (k * (n + k))
        return total


def second_kind(n, x, sign):
    """-π/2 Y (sign -1) or K (sign 1) by DLMF 10.8.1 and 10.31.1, with bits for what cancels."""
    with mp.workprec(mp.prec + 60 + int(3 * x)):
        square, half = sign * x * x / 4, x / 2
        finite = sum(mp.factorial(n - k - 1) / mp.factorial(k) * (-square) ** k for k in range(n)) / half**n / 2
        psi = -2 * mp.euler + mp.harmonic(n)
        term, k = half**n / mp.factorial(n) / 2, 0
        log, total = 2 * mp.log(half), mpf(0)
        while k < x or abs(term) > mpf(2) ** -(mp.prec + 5) * abs(total):
            total += term * (psi - log)
            k += 1
            term *= square / (k * (n + k))
            psi += mpf(1) / k + mpf(1) / (n + k)
        return finite + (total if sign < 0 else (-1) ** n * total)


@function("bessel_j", WAVES, (1e-6, 1e4, 2.4048255, 3.8317059, 25.0), ORDERS_OF_BESSEL)
def _(n, x):
    return bessel_series(n, x, -1) if abs(x) < 300 else mp.besselj(n, x)


@function("bessel_y", either(uniform(0.1, 20), uniform(0.1, 100)), (1e-6, 1e4, 0.8935769), ORDERS_OF_BESSEL)
def _(n, x):
    return -2 / mp.pi * second_kind(n, x, -1) if x < 300 else mp.bessely(n, x)


@function("bessel_i", either(uniform(-20, 20), uniform(0, 5), uniform(0, 80)), (1e-6, 600.0), ORDERS_OF_BESSEL)
def _(n, x):
    return bessel_series(n, x, 1)


@function("bessel_k", either(uniform(0.1, 20), uniform(0.1, 80)), (1e-6, 600.0), ORDERS_OF_BESSEL)
def _(n, x):
    return second_kind(n, x, 1)


@function("bessel_i_scaled", either(uniform(-20, 20), uniform(0, 5), uniform(0, 80)), (1e-6, 600.0, 1e4), ORDERS_OF_BESSEL)
def _(n, x):
    return mp.exp(-abs(x)) * bessel_series(n, x, 1)


@function("bessel_k_scaled", either(uniform(0.1, 20), uniform(0.1, 80)), (1e-6, 600.0), ORDERS_OF_BESSEL)
def _(n, x):
    return mp.exp(x) * second_kind(n, x, 1)


@function("spherical_j", WAVES, (1e-6, 1e-3, 1e4), ((0,), (1,), (3,)))
def _(n, x):
    r = mp.sqrt(mp.pi / (2 * abs(x))) * mp.besselj(n + mpf(1) / 2, abs(x))
    return -r if x < 0 and n % 2 else r


@function("lambert_w0", either(uniform(-0.36, 10), logarithmic(-6, 4)), (1e-30, -0.367, -0.36787, 1e30))
def _(x):
    return mp.re(mp.lambertw(x))


@function("lambert_wm1", uniform(-0.36, 0), (-0.367, -0.36787, -1e-30))
def _(x):
    return mp.re(mp.lambertw(x, -1))


@function("legendre_p", uniform(-1, 1), (1e-6, 0.999999, -0.999999), ((2,), (7,), (20,)))
def _(n, x):
    return mp.legendre(n, x)


def difference(f, x, n, b):
    """The n-th derivative at x by the central difference with step 2^-b |x|, or 2^-b beyond 1."""
    if n == 0:
        return f(x)
    h = mpf(2) ** -b * min(abs(x), 1)
    return sum((-1) ** k * mp.binomial(n, k) * f(x + (mpf(n) / 2 - k) * h) for k in range(n + 1)) / h**n


def derivative(f, x, n):
    for b in (50, 100, 200, 400, 800, 1600):
        results = []
        for step in (b, b + 10):
            mp.prec = (n + 2) * step + 4 * b
            results.append(difference(f, mpf(x), n, step))
        a, c = results
        if c != 0 and abs(a - c) < mpf(2) ** -75 * abs(c):
            return c
    if c == 0:
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
        print("fn,kind,x,f,f1,f2,f3,f8,k,k1,k2,k3,k8", file=out)
        for name, (f, ordinary, hard) in FUNCTIONS.items():
            if args.functions and not any(name == g or name.startswith(g + ":") for g in args.functions):
                continue
            r = random.Random(f"{args.seed} {name}")
            points = [("ord", single(ordinary(r))) for _ in range(args.ordinary)]
            points += [("hard", single(x)) for x in hard]
            for kind, x in points:
                try:
                    d = {n: derivative(f, x, n) for n in (0, 1, 2, 3, 4, 8, 9)}
                    row = [float(d[n]) for n in ORDERS] + [condition(x, d, n) for n in ORDERS]
                except (ArithmeticError, ValueError, mpmath.libmp.NoConvergence) as e:
                    print(f"{name} at {x!r}: {e}", file=sys.stderr)
                    continue
                print(",".join([name, kind, *(f"{v!r}".removesuffix(".0") for v in [x, *row])]), file=out)


main()
