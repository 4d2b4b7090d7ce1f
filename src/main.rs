//! The program. Everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    // One TLS provider for every connection, chosen before the first is made; a second choice would be refused and changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime.block_on(loket::cli::main()),
        Err(error) => {
            eprintln!("the program cannot start its tasks: {error}; check the limits on processes and open files");
            ExitCode::FAILURE
        }
    }
}
