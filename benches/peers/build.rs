//! Compiles the peers in C++ where a compiler and the headers are, and tells `src/peers/cpp.rs` what there is. The
//! scoreboard is as it is without them.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

/// Names for the tables, and commands.
const COMPILERS: [(&str, &str); 2] = [("clang", "clang++"), ("g++", "g++")];

/// Files under `cpp/`.
const SOURCES: [&str; 2] = ["ceres", "hand"];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=cpp");
    println!("cargo:rerun-if-env-changed=CARGO_ENCODED_RUSTFLAGS");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let flags = flags();
    let (made, missing) = compile(&out, &flags);
    fs::write(out.join("cpp.rs"), table(&made, &missing, &flags)).expect("a file in OUT_DIR");
}

/// The functions that are in a library now, and why others are not.
fn compile(out: &Path, flags: &[String]) -> (Vec<String>, Vec<String>) {
    let linux = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux");
    if !linux || env::var("HOST") != env::var("TARGET") {
        return (Vec::new(), vec!["that is for Linux, on itself".to_owned()]);
    }
    let jobs: Vec<Job> = COMPILERS
        .iter()
        .flat_map(|&compiler| SOURCES.map(|source| Job::start(out, flags, compiler, source)))
        .collect();
    let (mut made, mut missing) = (Vec::new(), Vec::new());
    for job in jobs {
        match job.finish() {
            Ok(entries) => made.push(entries),
            Err(why) => missing.push(why),
        }
    }
    if !made.is_empty() && !archive(out, &made) {
        missing.extend(made.drain(..).map(|name| format!("{name}: ar does not work")));
    }
    (made, missing)
}

/// What rustc compiles with, as far as it matters here.
fn flags() -> Vec<String> {
    let mut flags: Vec<String> = ["-std=c++17", "-O3", "-DNDEBUG"].map(str::to_owned).to_vec();
    let rust = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let mut cpu = rust
        .split('\x1f')
        .filter_map(|flag| flag.trim_start_matches("-C").trim().strip_prefix("target-cpu="));
    flags.extend(cpu.next_back().map(|cpu| format!("-march={cpu}")));
    flags
}

/// A compiler at work on a source.
struct Job {
    /// The function that the source exports.
    entries: String,
    what: String,
    child: std::io::Result<Child>,
}

impl Job {
    fn start(out: &Path, flags: &[String], (name, command): (&str, &str), source: &str) -> Self {
        let entries = format!("gradual_peers_{source}_{}", name.replace("++", "pp"));
        let mut compiler = Command::new(command);
        compiler.args(flags).args(["-fPIC", "-isystem", "/usr/include/eigen3"]);
        // Two compilers' templates of one name would be one function in the program.
        for namespace in ["ceres", "Eigen"] {
            compiler.arg(format!("-D{namespace}={namespace}_of_{entries}"));
        }
        compiler.arg(format!("-DENTRIES={entries}")).arg(format!("-DCOMPILER=\"{name}\""));
        compiler.arg("-c").arg(format!("cpp/{source}.cc"));
        compiler.arg("-o").arg(out.join(&entries).with_extension("o"));
        let child = compiler.stdin(Stdio::null()).stderr(Stdio::piped()).spawn();
        Self { entries, what: format!("{source}.cc by {name}"), child }
    }

    /// The function that is there now, or why it is not.
    fn finish(self) -> Result<String, String> {
        let output = self.child.and_then(Child::wait_with_output);
        let output = output.map_err(|why| format!("{}: {why}", self.what))?;
        if output.status.success() {
            return Ok(self.entries);
        }
        let messages = String::from_utf8_lossy(&output.stderr);
        let error = messages.lines().find(|line| line.contains("error")).unwrap_or("it fails");
        Err(format!("{}: {error}", self.what))
    }
}

/// Puts the objects into a library for the linker.
fn archive(out: &Path, made: &[String]) -> bool {
    let library = out.join("libgradual_peers.a");
    let _ = fs::remove_file(&library);
    let objects = made.iter().map(|entries| out.join(entries).with_extension("o"));
    let done = Command::new("ar").arg("crs").arg(&library).args(objects).status();
    if !done.is_ok_and(|status| status.success()) {
        return false;
    }
    println!("cargo:rustc-link-search=native={}", out.display());
    println!("cargo:rustc-link-lib=static=gradual_peers");
    println!("cargo:rustc-link-lib=dylib=stdc++");
    true
}

/// The first line of what a command says of its version.
fn version(command: &str) -> Option<String> {
    let output = Command::new(command).arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).lines().next()?.to_owned())
}

/// The module that `src/peers/cpp.rs` includes.
fn table(made: &[String], missing: &[String], flags: &[String]) -> String {
    let versions: Vec<String> =
        COMPILERS.iter().filter_map(|&(_, command)| version(command)).collect();
    let rustc = version(&env::var("RUSTC").unwrap_or("rustc".to_owned())).unwrap_or_default();
    let declared: String = made
        .iter()
        .map(|name| {
            format!(
                "    fn {name}(entries: *mut *const Entry, about: *mut *const c_char) -> usize;\n"
            )
        })
        .collect();
    format!(
        "unsafe extern \"C\" {{\n{declared}}}\n\
         const LIBRARIES: &[Library] = &[{}];\n\
         const MISSING: &[&str] = &{missing:?};\n\
         const VERSIONS: &[&str] = &{versions:?};\n\
         const FLAGS: &str = {:?};\n\
         /// The compiler of everything else.\n\
         pub const RUSTC: &str = {rustc:?};\n",
        made.join(", "),
        flags.join(" "),
    )
}
