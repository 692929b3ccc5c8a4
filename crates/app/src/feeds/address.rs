//! Which addresses may be reached: public unicast ones, and what the operator allows by name.
//!
//! Sources: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and later).
//! An IPv6 address that carries an IPv4 one (mapped, NAT64, 6to4, ISATAP) is judged by that one.

use crate::config::EgressRules;
use reqwest::Url;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why a request is not made; one sentence's end each.
pub type Why = &'static str;

/// The host of a URL, as rules and resolvers write it: no brackets, no final dot.
pub fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    host.trim_start_matches('[')
        .trim_end_matches(']')
        .trim_end_matches('.')
        .to_ascii_lowercase()
}

/// Whether the operator allows this host or address although it may be private.
pub fn is_allowed(rules: &EgressRules, host: &str) -> bool {
    let address: Option<IpAddr> = host.parse().ok();
    rules.allow_private.iter().any(|allowed| {
        let allowed = allowed.trim_end_matches('.');
        allowed.eq_ignore_ascii_case(host) || (address.is_some() && allowed.parse().ok() == address)
    })
}

/// What can be said about a URL before its name is looked up.
pub fn check_url(rules: &EgressRules, url: &Url) -> Result<(), Why> {
    let host = host_of(url);
    if host.is_empty() {
        return Err("it names no host");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a user or password stands in the address");
    }
    let allowed = is_allowed(rules, &host);
    match (url.scheme(), url.port_or_known_default()) {
        ("https" | "http", Some(_)) if allowed => {}
        ("https", Some(443)) => {}
        ("https", _) => return Err("only port 443 is open to hosts that are not allowed by name"),
        ("http", _) => return Err("http is open only to hosts that are allowed by name"),
        _ => return Err("it is neither https nor http"),
    }
    match host.parse() {
        Ok(address) if !allowed => check_address(address),
        _ => Ok(()),
    }
}

/// Whether an address of a looked-up name may be connected to.
pub fn check_resolved(rules: &EgressRules, host: &str, address: IpAddr) -> Result<(), Why> {
    if is_allowed(rules, host) || is_allowed(rules, &address.to_string()) {
        Ok(())
    } else {
        check_address(address)
    }
}

/// Whether an address is a public unicast one.
pub fn check_address(address: IpAddr) -> Result<(), Why> {
    match address {
        IpAddr::V4(v4) => check_v4(v4),
        IpAddr::V6(v6) => check_v6(v6),
    }
}

fn check_v4(address: Ipv4Addr) -> Result<(), Why> {
    let [a, b, c, _] = address.octets();
    match (a, b, c) {
        (0, ..) => Err("it is an address of this very network (0.0.0.0/8)"),
        (127, ..) => Err("it is a loopback address"),
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => Err("it is a private address"),
        (100, 64..=127, _) => Err("it is a carrier's shared address (100.64.0.0/10)"),
        (169, 254, _) => Err("it is a link-local address"),
        (192, 0, 0) => Err("it is a protocol assignment (192.0.0.0/24)"),
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => Err("it is an address for examples"),
        (192, 88, 99) => Err("it is the 6to4 relay address"),
        (198, 18..=19, _) => Err("it is an address for benchmarks"),
        (224..=239, ..) => Err("it is a multicast address"),
        (240..=255, ..) => Err("it is a reserved or broadcast address"),
        _ => Ok(()),
    }
}

fn check_v6(address: Ipv6Addr) -> Result<(), Why> {
    if let Some(inner) = carried_v4(address) {
        return check_v4(inner);
    }
    let s = address.segments();
    match s {
        [0, 0, 0, 0, 0, 0, 0, 0] => Err("it is the unspecified address"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Err("it is a loopback address"),
        [0x2001, 0, ..] => Err("it is a Teredo address, which hides another"),
        [0x2001, second, ..] if second < 0x200 => Err("it is a protocol assignment (2001::/23)"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Err("it is an address for examples"),
        [first, ..] if first & 0xfe00 == 0xfc00 => Err("it is a unique local address"),
        [first, ..] if first & 0xff80 == 0xfe80 => Err("it is a link-local or site-local address"),
        [first, ..] if first & 0xff00 == 0xff00 => Err("it is a multicast address"),
        [first, ..] if first & 0xe000 == 0x2000 => Ok(()),
        _ => Err("it lies outside the public range (2000::/3)"),
    }
}

/// The IPv4 address inside an IPv6 one, for the forms that a network translates.
fn carried_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = address.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match s {
        // Mapped (RFC 4291 §2.5.5.2) and NAT64 with the well-known prefix (RFC 6052).
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(v4(high, low))
        }
        // 6to4 (RFC 3056).
        [0x2002, high, low, ..] => Some(v4(high, low)),
        // ISATAP (RFC 5214 §6.1).
        [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => Some(v4(high, low)),
        _ => None,
    }
}
