//! The scenario files of an application.

use std::path::{Path, PathBuf};

use stuntdouble::scenario::{Diagnostics, Scenario};

use crate::app::App;
use crate::place::{absolute, label};

/// A scenario file that can be read.
pub(crate) struct Loaded {
    pub(crate) file: PathBuf,
    pub(crate) scenario: Scenario,
}

/// Every scenario file of the application, by name.
pub(crate) fn all(app: &App) -> Result<Vec<PathBuf>, String> {
    let Some(folder) = app.folder().map(|folder| absolute(folder)) else {
        return Err(format!("{} has no scenario files: add App::scenarios(folder)", app.name()));
    };
    let entries = std::fs::read_dir(&folder)
        .map_err(|error| format!("cannot read the folder {}: {error}", label(&folder)))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    // A folder has no order of its own.
    files.sort();
    if files.is_empty() {
        return Err(format!("there is no scenario file (*.toml) in {}", label(&folder)));
    }
    Ok(files)
}

/// The files of these names: paths, or the names of scenarios in the application's folder. All of the
/// application's if no name is given.
pub(crate) fn named(app: &App, names: &[String]) -> Result<Vec<PathBuf>, String> {
    if names.is_empty() {
        return all(app);
    }
    names.iter().map(|name| one(app, name)).collect()
}

/// The file of that name.
pub(crate) fn one(app: &App, name: &str) -> Result<PathBuf, String> {
    let path = Path::new(name);
    if path.is_file() {
        return Ok(absolute(path));
    }
    if path.is_dir() {
        return Err(format!("{name} is a folder; name a scenario file in it"));
    }
    let known = all(app)?;
    let stem = |file: &Path| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if let Some(file) = known.iter().find(|file| stem(file) == name) {
        return Ok(file.clone());
    }
    let names: Vec<_> = known.iter().map(|file| stem(file)).collect();
    Err(format!("there is no scenario file {name}; the scenarios are {}", names.join(", ")))
}

/// Reads the file.
pub(crate) fn load(app: &App, file: &Path) -> Result<Loaded, Diagnostics> {
    let label = label(file);
    let scenario = match std::fs::read_to_string(file) {
        Ok(text) => Scenario::parse(label, &text, &app.catalog())?,
        // Reads it again, for the error.
        Err(_) => Scenario::load(file, &app.catalog())?,
    };
    Ok(Loaded { file: file.to_owned(), scenario })
}

/// Reads all of them, or says everything that is wrong with any.
pub(crate) fn load_all(app: &App, files: &[PathBuf]) -> Result<Vec<Loaded>, Vec<Diagnostics>> {
    let (mut loaded, mut wrong) = (Vec::new(), Vec::new());
    for file in files {
        match load(app, file) {
            Ok(scenario) => loaded.push(scenario),
            Err(diagnostics) => wrong.push(diagnostics),
        }
    }
    if wrong.is_empty() { Ok(loaded) } else { Err(wrong) }
}
