"""Counts the instructions of what the scoreboards measure, by callgrind (valgrind); without peers.

    cargo build --release -p gradual-peers
    python3 benches/peers/count.py target/release/speed [--only ackley] > now.tsv
    python3 benches/peers/count.py target/release/structured > now-structured.tsv
    python3 benches/peers/count.py --compare before.tsv now.tsv

A line is task, candidate and instructions of one call; --compare prints those that changed by more than 1 %.
"""

import math
import pathlib
import re
import subprocess
import sys
import tempfile


def count(program, options):
    with tempfile.TemporaryDirectory() as folder:
        callgrind = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={folder}/out"]
        command = [*callgrind, program, "--quick", "--count", *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        parts = sorted(pathlib.Path(folder).glob("out.*"), key=lambda file: int(file.suffix[1:]))
        for part in parts:
            text = part.read_text(errors="replace")
            task, candidate, points = re.search(r"Client Request: (.*)", text)[1].split("\t")
            total = int(re.search(r"^totals: (\d+)", text, re.M)[1])
            print(f"{task}\t{candidate}\t{total / float(points):.0f}", flush=True)


def read(file):
    lines = (line.rstrip("\n").split("\t") for line in open(file))
    return {(task, candidate): float(total) for task, candidate, total in lines}


def compare(before, now):
    before, now = read(before), read(now)
    both = [row for row in before if row in now]
    ratios = {row: now[row] / before[row] for row in both}
    for row, ratio in sorted(ratios.items(), key=lambda item: -item[1]):
        if abs(ratio - 1) > 0.01:
            print(f"{ratio:.3f}\t{before[row]:.0f}\t{now[row]:.0f}\t{row[0]}: {row[1]}")
    mean = math.exp(sum(map(math.log, ratios.values())) / len(ratios))
    print(f"{len(both)} rows, geometric mean {mean:.3f}")


if sys.argv[1] == "--compare":
    compare(*sys.argv[2:])
else:
    count(sys.argv[1], sys.argv[2:])
