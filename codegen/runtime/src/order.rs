//! Sorting by texts. The standard library's sort is about six kilobytes of machine code for each type of items, so that all sorts share one type.

/// The number of items up to which they are sorted by insertion.
const FEW: usize = 20;

/// Sorts items by a rank and a text. Items of the same rank and text keep their order.
pub(crate) fn sort<'a, T: Copy>(items: &mut [T], key: impl Fn(T) -> (usize, &'a str)) {
    if items.len() > FEW {
        let mut keys: Vec<(usize, &str, usize)> = items.iter().enumerate().map(|(index, &item)| with_index(key(item), index)).collect();
        sort_keys(&mut keys);
        let sorted: Vec<T> = keys.into_iter().map(|(.., index)| items[index]).collect();
        items.copy_from_slice(&sorted);
        return;
    }
    for end in 1..items.len() {
        let item = items[end];
        let mut at = end;
        while at > 0 && key(items[at - 1]) > key(item) {
            items[at] = items[at - 1];
            at -= 1;
        }
        items[at] = item;
    }
}

fn with_index((rank, text): (usize, &str), index: usize) -> (usize, &str, usize) {
    (rank, text, index)
}

// Not generic, so that it is compiled once.
#[inline(never)]
fn sort_keys(keys: &mut [(usize, &str, usize)]) {
    keys.sort_unstable();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_a_stable_sort(items in vec((0_usize..3, "[ab]{0,2}", any::<u8>()), 0..60)) {
            let mut sorted: Vec<_> = items.iter().collect();
            sort(&mut sorted, |(rank, text, _)| (*rank, text));
            let mut expected: Vec<_> = items.iter().collect();
            expected.sort_by_key(|(rank, text, _)| (*rank, text));
            prop_assert_eq!(sorted, expected);
        }
    }
}
