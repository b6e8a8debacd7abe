//! What figures are of: the processor, and the compilers.

use std::collections::BTreeSet;
use std::fs;

use crate::peers::cpp;

/// The processor and what everything was compiled with.
pub fn describe() -> String {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = processor(&fs::read_to_string("/proc/cpuinfo").unwrap_or_default());
    let features: Vec<&str> = [
        (cfg!(target_feature = "avx2"), "AVX2"),
        (cfg!(target_feature = "fma"), "FMA"),
        (cfg!(target_feature = "avx512f"), "AVX-512"),
    ]
    .iter()
    .filter_map(|&(compiled, name)| compiled.then_some(name))
    .collect();
    let target = match features[..] {
        [] => "the default target".to_owned(),
        _ => format!("a target with {}", features.join(", ")),
    };
    format!(
        "Machine: {processor}, {processors} processors for this program. {}, {target}.\n{}",
        cpp::RUSTC,
        cpp::describe()
    )
}

/// Maker, name, family and model of the processors that Linux lists.
fn processor(list: &str) -> String {
    let kinds: BTreeSet<String> = list
        .split("\n\n")
        .filter_map(|processor| {
            let field = |name: &str| {
                let mut lines = processor.lines().filter_map(|line| line.split_once(':'));
                Some(lines.find(|(key, _)| key.trim() == name)?.1.trim())
            };
            let (family, model) = (field("cpu family")?, field("model")?);
            Some(format!("{} (family {family}, model {model})", field("model name")?))
        })
        .collect();
    match kinds.is_empty() {
        true => format!("{}, of which no more is known", std::env::consts::ARCH),
        false => kinds.into_iter().collect::<Vec<_>>().join("; "),
    }
}

#[cfg(test)]
mod tests {
    use super::processor;

    #[test]
    fn each_kind_of_processor_is_named_once() {
        let one = "processor\t: 0\nvendor_id\t: Maker\ncpu family\t: 26\nmodel\t\t: 17\nmodel name\t: Maker Fast 9\n";
        let other = one.replace("Fast 9", "Slow 1").replace("17", "3");
        assert_eq!(processor(&format!("{one}\n{one}")), "Maker Fast 9 (family 26, model 17)");
        let both = processor(&format!("{one}\n{one}\n{other}\n"));
        assert_eq!(both, "Maker Fast 9 (family 26, model 17); Maker Slow 1 (family 26, model 3)");
        assert!(processor("").contains("no more is known"));
    }
}
