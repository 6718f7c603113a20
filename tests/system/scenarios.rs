//! Every scenario that a jurist can read is also played as a test.

use std::path::Path;
use zsm_node::Stage;
use zsm_node::play::{Player, Scenario, scenario_files};

/// How many there must be at least.
const AT_LEAST: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn every_scenario_goes_as_it_is_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = scenario_files(&[folder]).unwrap();
    let player = Player::new().unwrap();
    let mut failed = Vec::new();
    for file in &files {
        let (passed, told) = play(&player, file).await;
        if !passed {
            failed.push(told);
        }
    }
    assert!(failed.is_empty(), "{} of {} went otherwise:\n\n{}", failed.len(), files.len(), failed.join("\n"));
    assert!(files.len() >= AT_LEAST, "there are {} scenarios, and {AT_LEAST} must be there", files.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_case_in_the_readme_goes_as_it_is_shown_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let shown = readme.split("```").find_map(|block| block.trim().strip_prefix("$ cargo run -- play ")).unwrap();
    let (file, expected) = shown.split_once('\n').unwrap();
    let (_, told) = play(&Player::new().unwrap(), &root.join(file)).await;
    let expected = expected.trim().strip_suffix("1 scenario gespeeld, alles goed").unwrap();
    assert_eq!(told.trim(), expected.trim());
}

/// Whether a scenario goes as it is told, and what the player tells.
async fn play(player: &Player, file: &Path) -> (bool, String) {
    let scenario = Scenario::read_file(file).unwrap_or_else(|problem| panic!("{problem}"));
    let stage = Stage::set(&scenario).await.unwrap_or_else(|sentence| panic!("{sentence}"));
    let mut told = Vec::new();
    let outcome = player.play(&stage, &scenario, &mut told).await.unwrap();
    stage.strike().await;
    (outcome.passed, String::from_utf8(told).unwrap())
}
