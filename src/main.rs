//! The program. Everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    // One TLS provider for every connection, chosen before the first is made; a second choice would be refused and changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    // Without optimisation the desk polls through more than the usual two megabytes; what is not used takes no memory.
    runtime.worker_threads(2).thread_stack_size(4 * 1024 * 1024).enable_all();
    match runtime.build() {
        Ok(runtime) => runtime.block_on(loket::cli::main()),
        Err(error) => {
            eprintln!("the program cannot start its tasks: {error}; check the limits on processes and open files");
            ExitCode::FAILURE
        }
    }
}
