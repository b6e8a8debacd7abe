"""Writes rotations.txt: rotations, rigid motions and vectors with their derivatives, correctly rounded.

    pip install mpmath
    python3 rotations.py > rotations.txt

Derivatives are central differences with a step of 1e-330 in arithmetic of 2,600 digits. Every number is computed
again with a step of 1e-340 and accepted only if both agree to 25 digits.
"""

from mpmath import mp, mpf, sqrt, sin, cos, atan2

mp.dps = 2600


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def cross(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def factors(v):
    """The angle, sin t/t, (1 - cos t)/t^2 and (t - sin t)/t^3."""
    t = sqrt(dot(v, v))
    if t == 0:
        return t, mpf(1), mpf(1) / 2, mpf(1) / 6
    return t, sin(t) / t, (1 - cos(t)) / t**2, (t - sin(t)) / t**3


def applied(v, a, b, x):
    """(I + a [v] + b [v]^2) x."""
    vx = cross(v, x)
    vvx = cross(v, vx)
    return [x[i] + a * vx[i] + b * vvx[i] for i in range(3)]


def rotation(v):
    _, a, b, _ = factors(v)
    columns = [applied(v, a, b, [mpf(i == j) for i in range(3)]) for j in range(3)]
    return [columns[j][i] for i in range(3) for j in range(3)]


def quaternion(v):
    t = sqrt(dot(v, v))
    f = sin(t / 2) / t if t != 0 else mpf(1) / 2
    return [cos(t / 2)] + [f * x for x in v]


def rotation_vector(q):
    w, u = q[0], q[1:]
    s = sqrt(dot(u, u))
    if w < 0:
        w, u = -w, [-x for x in u]
    f = 2 * atan2(s, w) / s if s != 0 else 2 / w
    return [f * x for x in u]


def isometry(twist):
    rho, v = twist[:3], twist[3:]
    _, _, b, c = factors(v)
    return applied(v, b, c, rho)


def twist(motion):
    t, v = motion[:3], rotation_vector(motion[3:])
    angle, a, b, _ = factors(v)
    d = (1 - a / (2 * b)) / angle**2 if angle != 0 else mpf(1) / 12
    return applied(v, mpf(-1) / 2, d, t)


def norm(v):
    return [sqrt(dot(v, v))]


def normalize(v):
    n = sqrt(dot(v, v))
    return [x / n for x in v]


def angle_between(ab):
    a, b = ab[:3], ab[3:]
    c = cross(a, b)
    return [atan2(sqrt(dot(c, c)), dot(a, b))]


def derivatives(f, x, h):
    n = len(x)

    def at(*steps):
        y = list(x)
        for i, s in steps:
            y[i] += s * h
        return f(y)

    value = f(x)
    first, second = [], []
    for i in range(n):
        first.append([(p - m) / (2 * h) for p, m in zip(at((i, 1)), at((i, -1)))])
    for i in range(n):
        for j in range(i, n):
            if i == j:
                terms = zip(at((i, 1)), value, at((i, -1)))
                second.append([(p - 2 * c + m) / h**2 for p, c, m in terms])
            else:
                terms = zip(*[at((i, a), (j, b)) for a in (1, -1) for b in (1, -1)])
                second.append([(pp - pm - mp_ + mm) / (4 * h**2) for pp, pm, mp_, mm in terms])
    return [value] + first + second


def rounded(x):
    x = float(x)
    if abs(x) < 1e-306:
        return "0"
    return repr(x).replace(".0e", "e").removesuffix(".0")


def row(name, f, x):
    x = [mpf(float(c)) for c in x]
    one = derivatives(f, x, mpf(10) ** -330)
    two = derivatives(f, x, mpf(10) ** -340)
    for a, b in zip(one, two):
        for p, q in zip(a, b):
            assert abs(p - q) <= mpf(10) ** -25 * max(abs(p), mpf(10) ** -310), (name, x)
    # Output by output: value, first derivatives, upper triangle of the second ones.
    numbers = [rounded(part[k]) for k in range(len(one[0])) for part in one]
    print(name, " ".join(rounded(c) for c in x), " ".join(numbers), sep=" | ")


PI = mp.pi
ANGLES = [mpf(0), mpf("1e-300"), mpf("1e-160"), mpf("1e-16"), mpf("1e-8"), mpf("1e-3"), mpf("0.3"),
          mpf(1), mpf(2), mpf(3), PI - mpf("1e-4"), PI - mpf("1e-8")]
FEW = [mpf(0), mpf("1e-300"), mpf("1e-8"), mpf("0.1"), mpf(2), PI - mpf("1e-8")]
AXES = [[mpf(1), mpf(0), mpf(0)], normalize([mpf(1), mpf(2), mpf(-3)]), normalize([mpf("1e-5"), mpf(1), mpf("-1e-3")])]

for axis in AXES:
    for angle in ANGLES:
        v = [angle * x for x in axis]
        q = [cos(angle / 2)] + [sin(angle / 2) * x for x in axis]
        row("rotation", rotation, v)
        row("quaternion", quaternion, v)
        row("rotation_vector", rotation_vector, q)
for axis in AXES[:2]:
    for angle in FEW:
        v = [angle * x for x in axis]
        q = [cos(angle / 2)] + [sin(angle / 2) * x for x in axis]
        row("isometry", isometry, [mpf("0.7"), mpf("-1.2"), mpf("2.3")] + v)
        row("twist", twist, [mpf("0.7"), mpf("-1.2"), mpf("2.3")] + q)
for axis in AXES:
    row("norm", norm, axis)
    row("normalize", normalize, [3 * x for x in axis])
for angle in [a for a in ANGLES if a != 0]:
    x, y = AXES[1], normalize(cross(AXES[1], AXES[0]))
    row("angle_between", angle_between, AXES[0] + [cos(angle), sin(angle), mpf(0)])
    if angle > mpf("1e-10"):
        row("angle_between", angle_between, x + [cos(angle) * a + sin(angle) * b for a, b in zip(x, y)])
