//! The scenario files that a reader means.

use std::path::{Path, PathBuf};

use super::error::ScenarioError;

/// The files in `given`, in order; a folder means every scenario in it, sorted by name.
pub fn scenario_files(given: &[PathBuf]) -> Result<Vec<PathBuf>, ScenarioError> {
    let mut files = Vec::new();
    for path in given {
        if path.is_dir() {
            let mut within = within(path)?;
            if within.is_empty() {
                return Err(ScenarioError::NothingIn(path.clone()));
            }
            within.sort();
            files.append(&mut within);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn within(folder: &Path) -> Result<Vec<PathBuf>, ScenarioError> {
    let unreadable = |source| ScenarioError::Unreadable { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if path.is_file() && matches!(ending, Some("yaml" | "yml" | "json")) {
            files.push(path);
        }
    }
    Ok(files)
}
