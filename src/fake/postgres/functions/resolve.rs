//! Which function a call means, by PostgreSQL's rules (chapter 10, *Type Conversion*).

use super::super::types::cast::{Context, context};
use super::super::types::{Category, Type};

/// What the rules found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The place among the candidates.
    One(usize),
    None,
    Ambiguous,
}

/// True if a value of the type can stand where the other is declared.
pub(crate) fn accepts(declared: Type, given: Type) -> bool {
    match declared {
        Type::ANY | Type::ANYELEMENT => true,
        Type::ANYARRAY => given == Type::UNKNOWN || given.element().is_some(),
        _ => context(given, declared) == Some(Context::Implicit),
    }
}

/// Chooses among lists of argument types, all as long as `given`.
pub(crate) fn choose(candidates: &[Vec<Type>], given: &[Type]) -> Choice {
    let exact = |list: &[Type]| list.iter().zip(given).all(|(declared, given)| declared == given);
    if let Some(place) = candidates.iter().position(|list| exact(list)) {
        return Choice::One(place);
    }
    // Of two operands, an unknown one is first taken to be of the other's type.
    if let [a, b] = given {
        let same = match (*a == Type::UNKNOWN, *b == Type::UNKNOWN) {
            (true, false) => Some(*b),
            (false, true) => Some(*a),
            _ => None,
        };
        if let Some(ty) = same
            && let Some(place) =
                candidates.iter().position(|list| list.iter().all(|declared| *declared == ty))
        {
            return Choice::One(place);
        }
    }
    let mut left: Vec<usize> = (0..candidates.len())
        .filter(|place| {
            candidates[*place].iter().zip(given).all(|(declared, given)| accepts(*declared, *given))
        })
        .collect();
    if left.len() <= 1 {
        return left.first().map_or(Choice::None, |place| Choice::One(*place));
    }
    let known = |position: usize| given[position] != Type::UNKNOWN;
    keep_best(&mut left, |place| {
        (0..given.len()).filter(|i| known(*i) && candidates[place][*i] == given[*i]).count()
    });
    if let [place] = left[..] {
        return Choice::One(place);
    }
    keep_best(&mut left, |place| {
        (0..given.len())
            .filter(|i| {
                let declared = candidates[place][*i];
                known(*i)
                    && (declared == given[*i]
                        || (declared.is_preferred() && declared.category() == given[*i].category()))
            })
            .count()
    });
    if let [place] = left[..] {
        return Choice::One(place);
    }
    resolve_unknown(candidates, given, left)
}

fn keep_best(left: &mut Vec<usize>, score: impl Fn(usize) -> usize) {
    let best = left.iter().map(|place| score(*place)).max().unwrap_or(0);
    left.retain(|place| score(*place) == best);
}

/// Unknown arguments: strings if some candidate takes one, else the category they agree on.
fn resolve_unknown(candidates: &[Vec<Type>], given: &[Type], mut left: Vec<usize>) -> Choice {
    let mut decided = true;
    let before = left.clone();
    for position in (0..given.len()).filter(|i| given[*i] == Type::UNKNOWN) {
        let categories: Vec<Category> =
            before.iter().map(|place| candidates[*place][position].category()).collect();
        let category = if categories.contains(&Category::String) {
            Category::String
        } else if categories.iter().all(|category| *category == categories[0]) {
            categories[0]
        } else {
            decided = false;
            break;
        };
        let preferred = before.iter().any(|place| {
            let declared = candidates[*place][position];
            declared.category() == category && declared.is_preferred()
        });
        left.retain(|place| {
            let declared = candidates[*place][position];
            declared.category() == category && (!preferred || declared.is_preferred())
        });
    }
    if decided && let [place] = left[..] {
        return Choice::One(place);
    }
    let left = if decided && !left.is_empty() { left } else { before };
    // If all known arguments agree, the unknown ones may be of that type.
    let mut known = given.iter().filter(|ty| **ty != Type::UNKNOWN);
    if let Some(first) = known.next()
        && known.all(|ty| ty == first)
    {
        let fits: Vec<&usize> = left
            .iter()
            .filter(|place| candidates[**place].iter().all(|declared| accepts(*declared, *first)))
            .collect();
        if let [place] = fits[..] {
            return Choice::One(*place);
        }
    }
    Choice::Ambiguous
}
