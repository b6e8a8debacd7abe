//! One of Ballista's executors, which knows the losses of this program.
//!
//!     executor [PORT, otherwise 50051 and the one after it] [THE SCHEDULER'S PORT, otherwise 50050]

use std::error::Error;
use std::sync::Arc;

use ballista_core::registry::BallistaFunctionRegistry;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use gradual_tables::peaks;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let ports: Vec<u16> =
        std::env::args().skip(1).map(|port| port.parse()).collect::<Result<_, _>>()?;
    let port = ports.first().copied().unwrap_or(50051);
    let work_dir = std::env::temp_dir().join(format!("gradual-executor-{port}"));
    std::fs::create_dir_all(&work_dir)?;
    let mut functions = BallistaFunctionRegistry::default();
    for loss in [peaks::newton(), peaks::gauss_newton()] {
        functions.aggregate_functions.insert(loss.name().into(), Arc::new(loss.aggregate()));
    }
    let config = ExecutorProcessConfig {
        port,
        grpc_port: port + 1,
        scheduler_port: ports.get(1).copied().unwrap_or(50050),
        scheduler_connect_timeout_seconds: 30,
        work_dir: Some(work_dir.to_string_lossy().into()),
        override_function_registry: Some(Arc::new(functions)),
        ..Default::default()
    };
    Ok(start_executor_process(Arc::new(config)).await?)
}
