//! Scenarios against nodes that run, each as a process of its own, over TCP.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;
use zsm::Kind;
use zsm_node::NAMES;

use crate::program::{House, four_free_ports, run, serving};

/// A list of offices on four ports from this one on.
fn offices(folder: &Path, first_port: u16) -> PathBuf {
    let line = |(port, kind): (u16, Kind)| format!("{} = \"http://127.0.0.1:{port}\"\n", kind.slug());
    let path = folder.join("offices.toml");
    std::fs::write(&path, (first_port..).zip(NAMES).map(line).collect::<String>()).unwrap();
    path
}

fn scenario(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name).display().to_string()
}

fn play(offices: &Path, folder: &Path, more: &[&str]) -> Output {
    let against = ["play", "--against", offices.to_str().unwrap(), "--folder", folder.to_str().unwrap()];
    run(&[&against[..], more].concat())
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), b"\n", output.stderr.as_slice()].concat()).into_owned()
}

#[test]
fn scenarios_go_as_they_are_told_against_a_node_that_runs_however_often() {
    let house = House::open();
    let folder = house.folder();
    let offices = offices(&folder, house.first_port());
    let [whole, leap, region, shop, outage] = [
        "36-op-elk-moment.yaml",
        "05-schrikkeldag.yaml",
        "37-onbekende-regio.yaml",
        "01-minderjarige-winkeldiefstal.yaml",
        "29-kantoor-valt-uit.yaml",
    ]
    .map(scenario);
    let files = [whole.as_str(), &leap, &region, &shop, &outage];
    for _ in 0..2 {
        let played = play(&offices, &folder, &files);
        let told = said(&played);
        assert!(played.status.success(), "{told}");
        assert!(told.contains("3 scenario's gespeeld, alles goed; 2 niet gespeeld"), "{told}");
        assert!(told.contains("niet gespeeld; dit scenario vraagt een eigen begintijd, eigen registers\n"), "{told}");
        assert!(told.contains("een kantoor dat stilvalt"), "{told}");
    }
    let told = said(&play(&offices, &folder, &[&["--json"][..], &files].concat()));
    let document: serde_json::Value = serde_json::from_str(&told[told.find('{').unwrap()..]).unwrap();
    assert_eq!(document["passed"], true);
    assert_eq!(document["scenarios"][0]["passed"], true);
    let shop = &document["scenarios"][3];
    assert_eq!(
        (&shop["passed"], &shop["wants"]),
        (&false.into(), &serde_json::json!(["een eigen begintijd", "eigen registers"]))
    );
    assert_eq!(shop["steps"][0]["verdict"], "not_played");
}

#[test]
fn what_was_not_played_never_counts_as_good_and_what_went_otherwise_is_told() {
    let house = House::open();
    let folder = house.folder();
    let offices = offices(&folder, house.first_port());
    let only = play(&offices, &folder, &[&scenario("01-minderjarige-winkeldiefstal.yaml")]);
    assert_eq!(only.status.code(), Some(1), "{}", said(&only));
    assert!(said(&only).contains("0 scenario's gespeeld; 1 niet gespeeld"), "{}", said(&only));

    // A registration that comes through where a refusal is told.
    let text = std::fs::read_to_string(scenario("05-schrikkeldag.yaml")).unwrap();
    let wrong = folder.join("anders.yaml");
    std::fs::write(&wrong, text.replacen("ok: {flow: A}", "refused: {}", 1)).unwrap();
    let played = play(&offices, &folder, &[wrong.to_str().unwrap()]);
    assert_eq!(played.status.code(), Some(1), "{}", said(&played));
    assert!(said(&played).contains("0 goed, 1 anders: anders"), "{}", said(&played));
}

#[test]
fn offices_that_are_not_there_are_named_in_one_sentence() {
    let house = House::open();
    let folder = TempDir::new().unwrap();
    let first = four_free_ports();
    let offices = offices(folder.path(), first);
    let played = play(&offices, &house.folder(), &[&scenario("05-schrikkeldag.yaml")]);
    assert_eq!(played.status.code(), Some(1));
    let told = said(&played);
    let sentence = told.lines().find(|line| line.starts_with("zsm: ")).unwrap();
    assert!(sentence.contains("nothing was played, for these offices do not answer: om on 127.0.0.1:"), "{told}");
    assert!(NAMES.iter().all(|kind| sentence.contains(kind.slug())), "{told}");
    let unknown = play(&offices, folder.path(), &[&scenario("05-schrikkeldag.yaml")]);
    assert!(said(&unknown).contains("no office was ever started with the folder"), "{}", said(&unknown));
}

#[test]
fn a_case_is_carried_through_by_a_node_without_veilig_thuis_and_one_with_nothing_else() {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("var");
    let first = four_free_ports();
    let address = |kind: Kind| {
        let place = u16::try_from(NAMES.iter().position(|one| *one == kind).unwrap()).unwrap();
        SocketAddr::from((Ipv4Addr::LOCALHOST, first + place))
    };
    // A node in which some offices are served elsewhere.
    let node = |name: &str, elsewhere: &[Kind]| {
        let line = |kind: &Kind| format!("[offices.{}]\naddress = \"http://{}\"\n", kind.slug(), address(*kind));
        let config = format!(
            "folder = {folder:?}\nfirst_port = {first}\ntelemetry.metrics = \"none\"\n{}",
            elsewhere.iter().map(line).collect::<String>()
        );
        let path = place.path().join(name);
        std::fs::write(&path, config).unwrap();
        let here: Vec<SocketAddr> = NAMES.into_iter().filter(|kind| !elsewhere.contains(kind)).map(address).collect();
        serving(&["serve", "--config", path.to_str().unwrap()], &here)
    };
    let three = [Kind::Om, Kind::Rvdk, Kind::Reclassering];
    let most = node("most.toml", &[Kind::VeiligThuis]);
    assert!(TcpListener::bind(address(Kind::VeiligThuis)).is_ok(), "veilig-thuis is served where it should not be");
    let veilig_thuis = node("veilig-thuis.toml", &three);
    let offices = offices(place.path(), first);
    let played = play(&offices, &folder, &[&scenario("36-op-elk-moment.yaml")]);
    assert!(played.status.success(), "{}", said(&played));
    drop((most, veilig_thuis));
}
