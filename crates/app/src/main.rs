//! `bonafide`: one executable, many roles. See `bonafide --help`.

/// glibc keeps what threads freed, so that the peak grew with every burst (`bench/README.md`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    bonafide::cli::run()
}
