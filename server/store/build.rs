//! Tells Cargo that a new migration is a change: `migrate!` alone sees only the files it knows.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
