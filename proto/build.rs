//! Makes the bindings from the `.proto` files, without protoc.

use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let mut contracts = Vec::new();
    find(&root.join("zsm"), &mut contracts)?;
    contracts.sort();
    println!("cargo:rerun-if-changed=zsm");

    let descriptors = protox::Compiler::new([&root])?
        .include_imports(true)
        .include_source_info(true)
        .open_files(&contracts)?
        .file_descriptor_set();
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut bare = descriptors.clone();
    for file in &mut bare.file {
        file.source_code_info = None;
    }
    std::fs::write(out.join("zsm.bin"), prost::Message::encode_to_vec(&bare))?;
    tonic_prost_build::configure().file_descriptor_set_path(out.join("zsm_full.bin")).compile_fds(descriptors)?;
    Ok(())
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "proto") {
            found.push(path);
        }
    }
    Ok(())
}
