"""Writes what the scoreboards print into docs/performance.md, between its marks.

    cargo run --release -p gradual-peers > default.md
    cargo run --release -p gradual-peers --bin structured > structured.md
    (the same with RUSTFLAGS="-C target-cpu=native": native.md, structured-native.md)
    python3 benches/peers/page.py default.md native.md structured.md structured-native.md
"""

import pathlib
import re
import sys

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "performance.md"
FORWARD = ["num-dual", "num-dual by reference", "num-dual dynamic", "hyperdual", "hyperjet", "echidna", "autodiff", "multicalc"]
GROUPS = [FORWARD, ["Ceres Jet, clang", "Ceres Jet, g++"], ["echidna reverse", "echidna tape", "echidna tape ×8"], ["finite differences"]]
GLANCE = [
    ("Rosenbrock", "value + gradient", [2, 8, 16, 100]),
    ("Ackley", "value + gradient", [8, 16]),
    ("Helmholtz energy", "value + gradient", [8, 16, 32]),
    ("Lennard-Jones, 8 atoms", "value + gradient", [24]),
    ("Network 2-8-1", "value + gradient", [33]),
    ("Bundle adjustment", "values + Jacobian", [12]),
    ("Rosenbrock", "value + gradient + Hessian", [2, 8, 100]),
    ("Ackley", "value + gradient + Hessian", [8]),
    ("Helmholtz energy", "value + gradient + Hessian", [8, 30]),
    ("Lennard-Jones, 8 atoms", "value + gradient + Hessian", [24]),
    ("Network 2-8-1", "value + gradient + Hessian", [33]),
]


def split(line):
    """The cells of a line of a table."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def rows(board):
    """The ratios of each row by the names of the columns."""
    found, title, names = {}, None, []
    for line in board.splitlines():
        cells = split(line)
        if line.startswith("### "):
            title = line[4:]
        elif line.startswith("| n |"):
            names = cells
        elif line.startswith("| ") and cells[0].isdigit() and names:
            found[title, int(cells[0])] = {name: float(cell) for name, cell in zip(names, cells) if cell}
    return found


def least(row, names):
    """The fastest of these, with its name where it could be another one."""
    there = [name for name in names if name in row]
    if not there:
        return "–"
    fastest = min(there, key=row.get)
    ratio = f"{row[fastest]:.3g}"
    return f"{ratio} {fastest}" if len(names) > 1 and names is not GROUPS[2] else ratio


def glance(boards):
    lines = ["| task | n | target | fastest forward mode in Rust | Ceres' Jet | reverse mode, tape | finite differences |"]
    lines.append("|---|---:|---|---:|---:|---:|---:|")
    for function, order, sizes in GLANCE:
        for n in sizes:
            for target, board in boards.items():
                row = rows(board).get((f"{function}: {order}", n), {})
                task = f"{function}, {order.split()[-1]}"
                cells = [least(row, names) for names in GROUPS]
                lines.append(f"| {task} | {n} | {target} | {' | '.join(cells)} |")
    for target, board in boards.items():
        lines += ["", f"On the {target} target {board.strip().splitlines()[-1]}."]
    return "\n".join(lines)


def both(default, native):
    """The tables of structured problems, with the ratios of the native target as one more column."""
    ratios, title, lines = {}, None, []
    for line in native.splitlines():
        title = line if line.startswith("## ") else title
        if line.startswith("| ") and line.count("|") == 5:
            ratios[title, split(line)[0]] = split(line)[-1]
    for line in default.splitlines():
        title = line if line.startswith("## ") else title
        if line == "| | µs | plain evaluations | times gradual |":
            line += " native |"
        elif line == "|---|---:|---:|---:|":
            line += "---:|"
        elif line.startswith("| ") and line.count("|") == 5:
            line += f" {ratios.get((title, split(line)[0]), '')} |"
        lines.append(line)
    return "\n".join(lines)


def write(page, name, text):
    marks = f"<!-- {name}: by benches/peers/page.py -->", f"<!-- end of {name} -->"
    pattern = re.compile(re.escape(marks[0]) + ".*?" + re.escape(marks[1]), re.DOTALL)
    assert len(pattern.findall(page)) == 1, f"the page has no marks of {name}"
    return pattern.sub(lambda _: f"{marks[0]}\n\n{text.strip()}\n\n{marks[1]}", page)


def up(text):
    """One level higher, without the first heading."""
    return re.sub(r"^#(#+ )", r"\1", text, flags=re.MULTILINE)


default, native, structured, structured_native = (pathlib.Path(name).read_text() for name in sys.argv[1:])
page = PAGE.read_text()
page = write(page, "glance", glance({"default": default, "native": native}))
page = write(page, "structured", both(structured, structured_native).split("\n", 1)[1])
page = write(page, "default", up(default))
page = write(page, "native", up(native))
PAGE.write_text(page)
