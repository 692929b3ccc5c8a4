//! `bonafide`: one executable, many roles. See `bonafide --help`.

fn main() -> std::process::ExitCode {
    bonafide::cli::run()
}
