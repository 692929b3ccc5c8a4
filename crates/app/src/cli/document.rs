//! The bytes of a document that a command is about.

use std::io::Read as _;
use std::path::Path;

/// Reads a file, or stdin for `-`, up to `bytes_max`; else the sentence that says why not.
pub fn read(path: &Path, bytes_max: usize) -> Result<Vec<u8>, String> {
    let limit = bytes_max as u64 + 1;
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    match read {
        Err(error) => Err(format!("cannot read {}: {error}", path.display())),
        Ok(read) if read > bytes_max => Err(format!(
            "{} is larger than {} MiB",
            path.display(),
            bytes_max >> 20
        )),
        Ok(_) => Ok(bytes),
    }
}
