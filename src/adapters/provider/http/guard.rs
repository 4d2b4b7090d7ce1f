//! Keeps an address in the configuration from leading Loket, with its credentials, into the own network or to the machine it runs
//! on: a name counts by what it resolves to at the moment of the call.

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Looks names up and refuses those that lead inside, unless they are expected to.
#[derive(Clone, Debug)]
pub struct Guard {
    allow: Vec<String>,
}

/// A name leads inside.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{host} lies within the own network")]
pub struct Inside {
    /// The name.
    pub host: String,
}

impl Guard {
    /// A guard that lets these hosts lie inside.
    pub fn new(allow: &[String]) -> Self {
        Self { allow: allow.iter().map(|host| bare(host)).collect() }
    }

    /// Whether a host was named as one that may lie inside.
    pub fn knows(&self, host: &str) -> bool {
        self.allow.contains(&bare(host))
    }

    /// Whether an address holds a number instead of a name, and one that leads inside.
    pub fn refuses_literal(&self, url: &Url) -> bool {
        let host = bare(url.host_str().unwrap_or_default());
        host.parse().is_ok_and(|address| is_inside(address) && !self.knows(&host))
    }

    fn check(&self, host: &str, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Inside> {
        let inside = found.iter().any(|address| is_inside(address.ip()));
        if inside && !self.knows(host) { Err(Inside { host: host.to_owned() }) } else { Ok(found) }
    }
}

/// Lower case, without the dot at the end or the brackets around a number.
fn bare(host: &str) -> String {
    host.trim().trim_end_matches('.').trim_start_matches('[').trim_end_matches(']').to_lowercase()
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let addresses: Addrs = Box::new(guard.check(name.as_str(), found)?.into_iter());
            Ok(addresses)
        })
    }
}

/// Whether an address is not on the public network: this machine, a private network, the link, a carrier's own network, the
/// metadata service of a cloud (which lies among these), or nothing that one connection goes to.
pub fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four_inside(four),
        IpAddr::V6(six) => six_inside(six),
    }
}

fn four_inside(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || a == 0
        // Carrier-grade NAT (RFC 6598), protocol assignments (RFC 6890), benchmarks (RFC 2544).
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && (b == 18 || b == 19))
        // Multicast, reserved and broadcast.
        || a >= 224
}

fn six_inside(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    address.is_unspecified()
        || address.is_loopback()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        // Site-local, long out of use and still routed here and there.
        || parts[0] & 0xffc0 == 0xfec0
        || within(&parts).is_some_and(four_inside)
}

/// The older address that a newer one stands for: mapped, compatible, translated (RFC 6052) or tunnelled (RFC 3056).
fn within(parts: &[u16; 8]) -> Option<Ipv4Addr> {
    let (high, low) = match parts {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => (*high, *low),
        _ => return None,
    };
    let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
    Some(Ipv4Addr::new(a, b, c, d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_inside_is_known_in_every_spelling() {
        for inside in [
            "127.0.0.1",
            "127.8.9.1",
            "0.0.0.0",
            "10.0.0.1",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "224.0.0.1",
            "255.255.255.255",
            "198.19.0.1",
            "192.0.0.8",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "fec0::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:10.1.2.3",
            "::ffff:100.64.0.1",
            "::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "::ffff:0:10.0.0.1",
        ] {
            assert!(is_inside(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "100.63.0.1",
            "100.128.0.1",
            "172.32.0.1",
            "172.15.0.1",
            "192.0.2.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::",
        ] {
            assert!(!is_inside(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn a_number_in_an_address_is_refused_unless_it_is_named() {
        let refuses = |allow: &[&str], url: &str| {
            let allow: Vec<String> = allow.iter().map(|host| (*host).to_owned()).collect();
            Guard::new(&allow).refuses_literal(&Url::parse(url).unwrap())
        };
        for url in [
            "https://127.0.0.1:8080",
            "https://2130706433",
            "https://0x7f.1",
            "https://[::1]/x",
            "https://[::ffff:169.254.169.254]",
        ] {
            assert!(refuses(&[], url), "{url}");
        }
        assert!(!refuses(&["127.0.0.1"], "https://127.0.0.1:8080") && !refuses(&["::1"], "https://[::1]"));
        assert!(!refuses(&["[::1]"], "https://[::1]") && !refuses(&[], "https://1.1.1.1"));
        assert!(!refuses(&[], "https://rt.example.org"), "a name is looked up when it is called");
    }

    #[test]
    fn one_address_inside_is_enough_and_a_name_is_allowed_in_any_spelling() {
        let found = || vec!["1.1.1.1:0".parse().unwrap(), "10.0.0.1:0".parse().unwrap()];
        assert_eq!(Guard::new(&[]).check("rt.example.org", found()), Err(Inside { host: "rt.example.org".into() }));
        assert!(Guard::new(&["RT.example.org.".to_owned()]).check("rt.example.org", found()).is_ok());
        assert!(Guard::new(&["example.org".to_owned()]).check("rt.example.org", found()).is_err());
    }
}
