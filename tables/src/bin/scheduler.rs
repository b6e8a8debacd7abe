//! Ballista's scheduler, which knows the losses of this program.
//!
//!     scheduler [PORT, otherwise 50050]

use std::error::Error;
use std::sync::Arc;

use ballista_core::utils::{default_config_producer, default_session_builder};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion::execution::session_state::SessionStateBuilder;
use gradual_tables::peaks;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::args().nth(1).map_or(Ok(50050), |port| port.parse())?;
    let config = SchedulerConfig { bind_port: port, ..Default::default() };
    let sessions = Arc::new(|config| {
        let mut functions = default_session_builder(config)?;
        let known = functions.aggregate_functions().clone();
        let losses = [peaks::newton().aggregate(), peaks::gauss_newton().aggregate()].map(Arc::new);
        functions = SessionStateBuilder::new_from_existing(functions)
            .with_aggregate_functions(known.into_values().chain(losses).collect())
            .build();
        Ok(functions)
    });
    let cluster =
        BallistaCluster::new_memory("localhost", sessions, Arc::new(default_config_producer));
    Ok(start_server(cluster, ([127, 0, 0, 1], port).into(), Arc::new(config)).await?)
}
