//! The programs on one, two and three ranks.

use std::path::Path;
use std::process::{Command, Output};

fn run(ranks: usize, program: &str, arguments: &[&str], fail: &str) -> Output {
    Command::new("timeout")
        .args(["120", "mpirun", "--oversubscribe", "-n", &ranks.to_string(), program])
        .args(arguments)
        .env("FAIL", fail)
        // Open MPI asks for these where it runs as root, as in a container.
        .envs([("OMPI_ALLOW_RUN_AS_ROOT", "1"), ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1")])
        .env("RAYON_NUM_THREADS", if ranks == 1 { "2" } else { "1" })
        .output()
        .expect("timeout and mpirun")
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The lines with the parameters' bits.
fn parameters(output: &Output) -> Vec<String> {
    let lines: Vec<_> =
        text(output).lines().filter(|line| line.contains("bits")).map(str::to_string).collect();
    assert_eq!(lines.len(), 8);
    lines
}

#[test]
fn fits_have_the_same_bits_on_any_number_of_ranks_and_find_the_truth() {
    for method in ["newton", "gauss-newton"] {
        let arguments = ["--rows", "50000", "--method", method];
        let [one, two, three] = [1, 2, 3]
            .map(|ranks| parameters(&run(ranks, env!("CARGO_BIN_EXE_fit"), &arguments, "")));
        assert_eq!(one, two);
        assert_eq!(one, three);
        for (line, truth) in one.iter().zip([2.0, 3.0, 1.0, 3.0, 6.5, 0.8, 0.5, 0.1]) {
            let words: Vec<_> = line.split_whitespace().collect();
            let [value, error] = [2, 4].map(|word| words[word].parse::<f64>().unwrap());
            assert!((value - truth).abs() < 4.0 * error, "{line}, made with {truth}");
        }
    }
}

#[test]
fn a_lost_rank_ends_the_run_and_the_state_resumes_it_to_the_same_bits_on_another_number() {
    let fit = env!("CARGO_BIN_EXE_fit");
    let whole = parameters(&run(2, fit, &["--rows", "50000"], ""));
    for fail in ["panic", "thread", "exit", "abort"] {
        let state = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("state-{fail}"));
        let _ = std::fs::remove_file(&state);
        let arguments = ["--rows", "50000", "--state", state.to_str().unwrap()];
        let lost = run(2, fit, &arguments, fail);
        assert!(!lost.status.success(), "{fail}: {lost:?}");
        assert_ne!(lost.status.code(), Some(124), "{fail}: the other ranks wait");
        assert!(state.exists(), "{fail}: two steps were done");
        assert_eq!(whole, parameters(&run(3, fit, &arguments, "")), "{fail}");
    }
}

#[test]
fn gradients_of_strips_have_the_bits_of_the_whole_sheet() {
    for ranks in 1..=3 {
        let text = text(&run(ranks, env!("CARGO_BIN_EXE_mesh"), &["--side", "40"], ""));
        assert_eq!(text.matches(": 0 of ").count(), ranks, "{text}");
    }
}

#[test]
fn strips_have_the_solution_of_the_whole_grid() {
    let largest = |ranks| {
        let text = text(&run(ranks, env!("CARGO_BIN_EXE_bratu"), &["--side", "40"], ""));
        text.split("largest u ").nth(1).unwrap().trim().parse::<f64>().unwrap()
    };
    let serial = largest(1);
    // Of the lower branch at λ = 6 between finer grids' 0.8 and 1.
    assert!((0.7..1.1).contains(&serial), "{serial}");
    for ranks in [2, 3] {
        assert!((largest(ranks) - serial).abs() < 1e-9);
    }
}

#[test]
fn a_wrong_call_ends_every_rank_with_a_message() {
    for arguments in [&["--rows", "5"][..], &["--method", "simplex"], &["--what"]] {
        let output = run(2, env!("CARGO_BIN_EXE_fit"), arguments, "");
        assert!(!output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains("rank 0: "), "{output:?}");
    }
}
