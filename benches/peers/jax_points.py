"""JAX's derivatives at many points at once, for the scoreboard, which starts this program (see src/peers/jax.rs).

It answers lines of standard input with a line each:

    task MODE ORDER FUNCTION x1 x2 ...   the task's number, or "none" where the function is not known here
    numbers TASK                         value, gradient and Hessian at the first point
    run TASK TIMES                       "done", after so many calls

MODE is forward or reverse, ORDER 1 or 2; FUNCTION has _ for spaces.
"""

import os
import sys

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
POINTS = int(sys.argv[1])


def rosenbrock(x):
    valley, distance = x[1:] - x[:-1] ** 2, x[:-1] - 1
    return jnp.sum(100 * valley**2 + distance**2)


def ackley(x):
    bowl, waves = jnp.sqrt(jnp.mean(x * x)), jnp.mean(jnp.cos(2 * np.pi * x))
    return -20 * jnp.exp(-0.2 * bowl) - jnp.exp(waves) + 20 + np.e


def helmholtz(x):
    n, i, root = x.size, np.arange(x.size), np.sqrt(2)
    b = (0.3 + 0.1 * np.sin(i)) / n
    a = 1 / (1 + i[:, None] + i[None, :]) + np.eye(n)
    bx = b @ x
    entropy = jnp.sum(x * jnp.log(x / (1 - bx)))
    return 1.3 * entropy - x @ (a @ x) / (np.sqrt(8) * bx) * jnp.log((1 + (1 + root) * bx) / (1 + (1 - root) * bx))


def lennard_jones(x):
    atoms = x.reshape(-1, 3)
    i, j = np.triu_indices(len(atoms), 1)
    cube = jnp.sum((atoms[i] - atoms[j]) ** 2, axis=1) ** -3
    return 4 * jnp.sum(cube * cube - cube)


FUNCTIONS = {
    "Rosenbrock": rosenbrock,
    "Ackley": ackley,
    "Helmholtz_energy": helmholtz,
    "Lennard-Jones,_8_atoms": lennard_jones,
}
GRADIENTS = {"forward": jax.jacfwd, "reverse": jax.grad}


def task(mode, order, function, *x):
    if function not in FUNCTIONS:
        return "none"
    f, gradient = FUNCTIONS[function], GRADIENTS[mode](FUNCTIONS[function])
    parts = [f, gradient] if order == "1" else [f, gradient, jax.jacfwd(gradient)]
    call = jax.jit(jax.vmap(lambda x: [part(x) for part in parts]))
    points = jnp.tile(jnp.array([float(x) for x in x]), (POINTS, 1))
    tasks.append((call, points))
    return len(tasks) - 1


def numbers(task):
    call, points = tasks[int(task)]
    return " ".join(repr(float(number)) for part in call(points) for number in np.ravel(part[0]))


def run(task, times):
    call, points = tasks[int(task)]
    for _ in range(int(times)):
        jax.block_until_ready(call(points))
    return "done"


tasks = []
print("JAX", jax.__version__, flush=True)
for line in sys.stdin:
    name, *arguments = line.split()
    print({"task": task, "numbers": numbers, "run": run}[name](*arguments), flush=True)
