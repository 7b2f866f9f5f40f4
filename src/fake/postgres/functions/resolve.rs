//! Which function a call means, by PostgreSQL's rules (chapter 10, *Type Conversion*).

use super::super::types::cast::{Context, context};
use super::super::types::made::base_of;
use super::super::types::{Category, Type};
use super::polymorphic;

/// What the rules found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The place among the candidates.
    One(usize),
    None,
    Ambiguous,
}

/// True if a value of the type can stand where the other is declared, as long as the others agree.
fn accepts(declared: Type, given: Type) -> bool {
    declared == Type::ANY
        || polymorphic::is(declared)
        || context(given, declared) == Some(Context::Implicit)
}

fn all_accept(declared: &[Type], given: &[Type]) -> bool {
    declared.iter().zip(given).all(|(declared, given)| accepts(*declared, *given))
        && polymorphic::agree(declared, given)
}

/// Chooses an operator among lists of operand types: of two operands, an unknown one is first taken to be
/// of the other's type.
pub(crate) fn choose_operator(candidates: &[Vec<Type>], given: &[Type]) -> Choice {
    if let [a, b] = given
        && (*a == Type::UNKNOWN) != (*b == Type::UNKNOWN)
    {
        let ty = base_of(if *a == Type::UNKNOWN { *b } else { *a });
        let both = |list: &Vec<Type>| list.iter().all(|declared| *declared == ty);
        if let Some(place) = candidates.iter().position(both) {
            return Choice::One(place);
        }
    }
    choose(candidates, given)
}

/// Chooses among lists of argument types, all as long as `given`.
pub(crate) fn choose(candidates: &[Vec<Type>], given: &[Type]) -> Choice {
    let given: Vec<Type> = given.iter().map(|ty| base_of(*ty)).collect();
    let given = &given[..];
    let exact = |list: &[Type]| list.iter().zip(given).all(|(declared, given)| declared == given);
    if let Some(place) = candidates.iter().position(|list| exact(list)) {
        return Choice::One(place);
    }
    let mut left: Vec<usize> =
        (0..candidates.len()).filter(|place| all_accept(&candidates[*place], given)).collect();
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
    if !given.contains(&Type::UNKNOWN) {
        return Choice::Ambiguous;
    }
    resolve_unknown(candidates, given, left)
}

fn keep_best(left: &mut Vec<usize>, score: impl Fn(usize) -> usize) {
    let best = left.iter().map(|place| score(*place)).max().unwrap_or(0);
    left.retain(|place| score(*place) == best);
}

/// Unknown arguments: strings if some candidate takes one, else the category they agree on.
fn resolve_unknown(candidates: &[Vec<Type>], given: &[Type], left: Vec<usize>) -> Choice {
    let unknown: Vec<usize> = (0..given.len()).filter(|i| given[*i] == Type::UNKNOWN).collect();
    let mut wanted = Some(vec![]);
    for position in &unknown {
        let types = || left.iter().map(|place| candidates[*place][*position]);
        let first = types().next().map_or(Category::Unknown, Type::category);
        let category = if types().any(|ty| ty.category() == Category::String) {
            Category::String
        } else if types().all(|ty| ty.category() == first) {
            first
        } else {
            wanted = None;
            break;
        };
        let preferred = types().any(|ty| ty.category() == category && ty.is_preferred());
        if let Some(wanted) = &mut wanted {
            wanted.push((*position, category, preferred));
        }
    }
    let mut kept = left.clone();
    if let Some(wanted) = wanted {
        let fits = |place: &usize| {
            wanted.iter().all(|(position, category, preferred)| {
                let declared = candidates[*place][*position];
                declared.category() == *category && (!preferred || declared.is_preferred())
            })
        };
        let strict: Vec<usize> = left.iter().copied().filter(fits).collect();
        if !strict.is_empty() {
            kept = strict;
        }
        if let [place] = kept[..] {
            return Choice::One(place);
        }
    }
    // If all known arguments agree, the unknown ones may be of that type.
    let mut known = given.iter().filter(|ty| **ty != Type::UNKNOWN);
    if let Some(first) = known.next()
        && known.all(|ty| ty == first)
    {
        let same = vec![*first; given.len()];
        let mut fits = kept.iter().filter(|place| all_accept(&candidates[**place], &same));
        if let (Some(place), None) = (fits.next(), fits.next()) {
            return Choice::One(*place);
        }
    }
    Choice::Ambiguous
}
