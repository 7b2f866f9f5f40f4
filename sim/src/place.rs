//! Where files are, as people name them: relative to where they stand.

use std::path::{Component, Path, PathBuf};

/// The path without `..` and `.`, made absolute.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// The path as texts name it: relative to the current folder, or else, as under `cargo test`, where
/// each package's tests run in the package's folder, to the root of the workspace.
pub(crate) fn label(path: &Path) -> String {
    let path = absolute(path);
    let current = std::env::current_dir().unwrap_or_default();
    let root = || path.ancestors().find(|folder| folder.join("Cargo.lock").is_file());
    let short = path.strip_prefix(&current).ok();
    let short = short.or_else(|| path.strip_prefix(root()?).ok()).unwrap_or(&path);
    short.display().to_string().replace('\\', "/")
}

/// The command that runs this program again, without its arguments: guessed from where cargo put it.
pub(crate) fn command_of_this_program() -> String {
    let program = std::env::current_exe().unwrap_or_default();
    command_of(&program)
}

fn command_of(program: &Path) -> String {
    let name = program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = program.parent().and_then(Path::file_name).unwrap_or_default();
    let release = program.components().any(|part| part.as_os_str() == "release");
    let release = if release { "--release " } else { "" };
    match folder.to_string_lossy().as_ref() {
        "examples" => format!("cargo run {release}--example {name} --"),
        "debug" | "release" => format!("cargo run {release}--bin {name} --"),
        _ => label(program),
    }
}

/// The test target that this program is, if cargo built it as one: `scenarios-0123456789abcdef`.
pub(crate) fn test_target() -> Option<String> {
    let program = std::env::current_exe().ok()?;
    let stem = program.file_stem()?.to_str()?;
    let (name, hash) = stem.rsplit_once('-')?;
    let hashed = hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    hashed.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_guessed_from_where_cargo_puts_programs() {
        let of = |path: &str| command_of(Path::new(path));
        assert_eq!(of("/a/target/debug/examples/shop"), "cargo run --example shop --");
        assert_eq!(of("/a/target/release/examples/shop"), "cargo run --release --example shop --");
        assert_eq!(of("/a/target/debug/rehearse"), "cargo run --bin rehearse --");
    }

    #[test]
    fn paths_lose_their_detours() {
        assert_eq!(absolute(Path::new("/a/b/../../c/./d")), Path::new("/c/d"));
    }
}
