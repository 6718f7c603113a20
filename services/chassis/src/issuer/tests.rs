//! One key a folder, for its owner only; and no one from elsewhere.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use jiff::{SignedDuration, Timestamp};

use super::{DevelopmentIssuer, Error, check_loopback};
use crate::caller::Caller;

pub(crate) fn adviser() -> Caller {
    Caller { organisation: "rvdk".into(), region: "midden".into(), role: "adviseur".into(), person: "p-4711".into() }
}

#[test]
fn a_folder_keeps_its_key_and_shows_it_to_no_one_else() {
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("var");
    let first = DevelopmentIssuer::open(&below).unwrap();
    let second = DevelopmentIssuer::open(&below).unwrap();

    let now = Timestamp::UNIX_EPOCH;
    let token = first.issue(&adviser(), now, SignedDuration::from_hours(1)).unwrap();
    assert_eq!(second.verifier().verify(&token, now), Ok(adviser()));

    let mode = fs::metadata(below.join("issuer.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(fs::read_dir(&below).unwrap().count(), 1, "something was left beside the key");
}

#[test]
fn all_who_open_a_new_folder_at_once_get_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let keys: Vec<_> = std::thread::scope(|scope| {
        let open = || DevelopmentIssuer::open(folder.path()).unwrap().public;
        let all: Vec<_> = (0..16).map(|_| scope.spawn(open)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(keys.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_file_that_is_no_key_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("issuer.key");
    fs::write(&path, "not a key").unwrap();
    assert!(matches!(DevelopmentIssuer::open(folder.path()), Err(Error::NotAKey(_))));
    assert_eq!(fs::read(&path).unwrap(), b"not a key");
}

#[test]
fn only_loopback_is_accepted() {
    for loopback in ["127.0.0.1:7401", "127.1.2.3:1", "[::1]:7401", "[::ffff:127.0.0.1]:7401"] {
        assert!(check_loopback(loopback.parse().unwrap()).is_ok(), "{loopback}");
    }
    for elsewhere in ["0.0.0.0:7401", "[::]:7401", "192.0.2.1:7401", "[2001:db8::1]:7401"] {
        assert!(check_loopback(elsewhere.parse().unwrap()).is_err(), "{elsewhere}");
    }
    assert_eq!(
        check_loopback("0.0.0.0:7401".parse().unwrap()).unwrap_err().to_string(),
        "0.0.0.0:7401 is reachable from other machines; tokens of the development issuer are accepted \
         on loopback only, so listen on 127.0.0.1 or [::1]"
    );
}
