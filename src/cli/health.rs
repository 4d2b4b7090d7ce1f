//! `loket health`: asks a running Loket whether it is alive, for container and service managers.

use super::{Stop, load};
use crate::config::Folder;
use crate::render::Voice;
use clap::Args as ClapArgs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Who asks for health wants to know now.
const LIMIT: Duration = Duration::from_secs(3);
/// More than the first line of an answer is not read.
const FIRST_LINE: u64 = 256;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Where Loket listens, such as 127.0.0.1:8080; what loket.toml says when it is left out.
    #[arg(long)]
    address: Option<String>,
}

pub(super) async fn health(config: Option<PathBuf>, args: &Args, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let address = match (&args.address, config) {
        (Some(given), _) => {
            given.parse().map_err(|_| Stop::wrong(voice.say("health-no-address").own("given", given).text()))?
        }
        (None, Some(folder)) => {
            let listen = load(&Folder::on_disk(folder), voice)?.process.listen;
            listen.ok_or_else(|| Stop::wrong(voice.say("health-not-listening").text()))?
        }
        (None, None) => return Err(Stop::wrong(voice.say("no-folder").text())),
    };
    let address = within_reach(address);
    match tokio::time::timeout(LIMIT, ask(address)).await {
        Ok(Ok(true)) => Ok(ExitCode::SUCCESS),
        Ok(Ok(false)) => Err(Stop::failed(voice.say("health-unwell").own("address", address.to_string()).text())),
        Ok(Err(_)) | Err(_) => Err(Stop::failed(voice.say("health-silent").own("address", address.to_string()).text())),
    }
}

/// Who listens everywhere is asked here.
fn within_reach(address: SocketAddr) -> SocketAddr {
    let here = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(here, address.port())
}

/// Whether it answers that it is well.
async fn ask(address: SocketAddr) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(address).await?;
    let call = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(call.as_bytes()).await?;
    let mut said = Vec::new();
    stream.take(FIRST_LINE).read_to_end(&mut said).await?;
    Ok(String::from_utf8_lossy(&said).split_whitespace().nth(1).is_some_and(|status| status.starts_with('2')))
}
