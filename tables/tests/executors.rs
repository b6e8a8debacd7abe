//! The same fit by Ballista: a scheduler and two executors, each a program of its own.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use gradual_tables::peaks::{self, START};
use gradual_tables::{Engine, Table, fit};

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(program: &str, ports: &[u16]) -> Running {
    let mut command = Command::new(program);
    command.args(ports.iter().map(u16::to_string)).stdin(Stdio::null()).stdout(Stdio::null());
    let running = Running(command.spawn().unwrap());
    let clock = Instant::now();
    while TcpStream::connect(("127.0.0.1", ports[0])).is_err() {
        assert!(clock.elapsed() < Duration::from_secs(60), "{program} does not listen");
        std::thread::sleep(Duration::from_millis(50));
    }
    running
}

/// A port of which the next one is free too.
fn free_ports() -> u16 {
    (0..100)
        .map(|_| TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port())
        .find(|port| *port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok())
        .expect("two free ports")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_executors_find_the_embedded_engines_parameters_to_the_bit() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("executors");
    let _ = fs::remove_dir_all(&folder);
    peaks::write(&folder, 100_000, 6).unwrap();
    let (table, loss) = (Table::open(&folder).unwrap(), peaks::newton());
    let embedded = Engine::embedded(&table, &loss, 2).await.unwrap();
    let embedded = fit(&embedded, START, |_| ()).await.unwrap();

    let port = free_ports();
    let _scheduler = start(env!("CARGO_BIN_EXE_scheduler"), &[port]);
    let _executors = [0, 1].map(|_| start(env!("CARGO_BIN_EXE_executor"), &[free_ports(), port]));
    let remote = Engine::remote(&format!("df://localhost:{port}"), &table, &loss, 4).await.unwrap();
    let remote = fit(&remote, START, |_| ()).await.unwrap();

    assert_eq!(remote.parameters.map(f64::to_bits), embedded.parameters.map(f64::to_bits));
    assert_eq!((remote.rows, remote.steps), (embedded.rows, embedded.steps));
}
