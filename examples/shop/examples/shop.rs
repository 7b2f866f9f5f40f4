//! The shop.
fn main() {
    println!("shop");
}
