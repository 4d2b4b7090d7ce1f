//! The certificates by which servers are trusted: those of the system, and the authority that the configuration names.

use crate::domain::Trouble;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::fmt::Display;

/// The file of an authority.
pub(super) fn pem(path: &str) -> Result<Vec<u8>, Trouble> {
    std::fs::read(path).map_err(|error| useless(path, &error))
}

/// What is wrong with an authority.
pub(super) fn useless(path: &str, said: &dyn Display) -> Trouble {
    Trouble::Authority { path: path.to_owned(), said: said.to_string() }
}

/// Whom to trust: the system's authorities and the one in that file.
pub(super) fn roots(authority: Option<&str>) -> Result<RootCertStore, Trouble> {
    let mut roots = RootCertStore::empty();
    // What the system has and cannot be read is passed over: another certificate may be the one that is needed.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = authority {
        let pem = pem(path)?;
        let mut found = 0;
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            let certificate = certificate.map_err(|error| useless(path, &error))?;
            roots.add(certificate).map_err(|error| useless(path, &error))?;
            found += 1;
        }
        if found == 0 {
            return Err(useless(path, &"no certificate in it"));
        }
    }
    Ok(roots)
}
