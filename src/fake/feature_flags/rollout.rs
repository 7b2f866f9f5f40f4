//! The hash that splits targeting keys: MurmurHash3, x86, 32 bits, seed 0. It is written down here, so
//! that a user keeps her variant on every machine and in every version.

/// The variant at the key's place on the line of weights.
pub(super) fn choose<'a>(key: &str, weights: &'a [(String, u32)]) -> &'a str {
    let total: u64 = weights.iter().map(|(_, weight)| u64::from(*weight)).sum();
    let place = (u64::from(murmur3_32(key.as_bytes())) * total) >> 32;
    let mut end = 0;
    for (variant, weight) in weights {
        end += u64::from(*weight);
        if place < end {
            return variant;
        }
    }
    // The place is below the total, so that this is an empty list only, which is refused.
    ""
}

/// Austin Appleby's MurmurHash3_x86_32 with seed 0.
fn murmur3_32(bytes: &[u8]) -> u32 {
    let scramble =
        |block: u32| block.wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593);
    let mut hash = 0u32;
    let mut blocks = bytes.chunks_exact(4);
    for block in &mut blocks {
        let block = u32::from_le_bytes([block[0], block[1], block[2], block[3]]);
        hash = (hash ^ scramble(block)).rotate_left(13);
        hash = hash.wrapping_mul(5).wrapping_add(0xe654_6b64);
    }
    let tail = blocks.remainder().iter().rev().fold(0, |tail, byte| tail << 8 | u32::from(*byte));
    hash ^= scramble(tail);
    hash ^= bytes.len() as u32;
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meets_the_published_test_vectors() {
        assert_eq!(murmur3_32(b""), 0);
        assert_eq!(murmur3_32(b"test"), 0xba6b_d213);
        assert_eq!(murmur3_32(b"Hello, world!"), 0xc036_3e43);
        assert_eq!(murmur3_32(b"The quick brown fox jumps over the lazy dog"), 0x2e4f_f723);
    }

    #[test]
    fn each_variant_gets_its_share() {
        let weights = [("a".to_owned(), 1), ("b".to_owned(), 0), ("c".to_owned(), 3)];
        let mut counts = [0u32; 3];
        for user in 0..10_000 {
            let chosen = choose(&format!("user-{user}"), &weights);
            counts[weights.iter().position(|(name, _)| name == chosen).unwrap()] += 1;
        }
        assert!(counts[0].abs_diff(2500) < 150, "{counts:?}");
        assert_eq!(counts[1], 0);
    }
}
