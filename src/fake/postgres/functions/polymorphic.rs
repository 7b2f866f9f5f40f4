//! Polymorphic arguments: whether what is given agrees, and what it makes of the declared types.

use super::super::types::cast::{Context, context};
use super::super::types::made::base_of;
use super::super::types::{Kind, Type};

/// True for `anyelement` and its kin.
pub(crate) fn is(ty: Type) -> bool {
    simple(ty) || compatible(ty)
}

fn simple(ty: Type) -> bool {
    matches!(
        ty,
        Type::ANYELEMENT | Type::ANYARRAY | Type::ANYNONARRAY | Type::ANYENUM | Type::ANYRANGE
    )
}

fn compatible(ty: Type) -> bool {
    matches!(ty, Type::ANYCOMPATIBLE | Type::ANYCOMPATIBLEARRAY | Type::ANYCOMPATIBLENONARRAY)
}

/// What the polymorphic types stand for in one call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meaning {
    /// Of `anyelement`, `anyarray` and the like: the element.
    element: Option<Type>,
    range: Option<Type>,
    /// Of `anycompatible` and the like: the element.
    common: Option<Type>,
}

impl Meaning {
    /// The concrete type that a declared one stands for, as far as anything says.
    pub(crate) fn of(&self, declared: Type) -> Option<Type> {
        match declared {
            Type::ANYELEMENT | Type::ANYNONARRAY | Type::ANYENUM => self.element,
            Type::ANYARRAY => self.element.and_then(Type::array),
            Type::ANYRANGE => self.range,
            Type::ANYCOMPATIBLE | Type::ANYCOMPATIBLENONARRAY => {
                Some(self.common.unwrap_or(Type::TEXT))
            }
            Type::ANYCOMPATIBLEARRAY => self.common.unwrap_or(Type::TEXT).array(),
            other => Some(other),
        }
    }
}

/// True if the given types can be those of the declared ones.
pub(crate) fn agree(declared: &[Type], given: &[Type]) -> bool {
    meaning(declared, given).is_some()
}

/// What the polymorphic types among the declared ones stand for; `None` if the given ones disagree.
pub(crate) fn meaning(declared: &[Type], given: &[Type]) -> Option<Meaning> {
    let mut element: Option<Type> = None;
    let mut array: Option<Type> = None;
    let mut range: Option<Type> = None;
    let mut elements: Vec<Type> = vec![];
    let known = || declared.iter().copied().zip(given.iter().copied());
    for (declared, given) in known().filter(|(_, given)| *given != Type::UNKNOWN) {
        match declared {
            Type::ANYELEMENT | Type::ANYNONARRAY | Type::ANYENUM => same(&mut element, given)?,
            Type::ANYARRAY => same(&mut array, base_of(given))?,
            Type::ANYRANGE => same(&mut range, base_of(given))?,
            Type::ANYCOMPATIBLE | Type::ANYCOMPATIBLENONARRAY => elements.push(given),
            Type::ANYCOMPATIBLEARRAY => elements.push(base_of(given).element()?),
            _ => {}
        }
    }
    if let Some(array) = array {
        same(&mut element, array.element()?)?;
    }
    if let Some(range) = range {
        same(&mut element, range.subtype()?)?;
    }
    for (declared, _) in known() {
        match (declared, element) {
            (Type::ANYNONARRAY, Some(ty)) if ty.element().is_some() => return None,
            (Type::ANYENUM, Some(ty)) if base_of(ty).kind() != Some(Kind::Enum) => return None,
            _ => {}
        }
    }
    let common = common_of(&elements)?;
    let nonarray = declared.contains(&Type::ANYCOMPATIBLENONARRAY);
    if nonarray && common.is_some_and(|ty| ty.element().is_some()) {
        return None;
    }
    Some(Meaning { element, range, common })
}

fn same(slot: &mut Option<Type>, given: Type) -> Option<()> {
    match slot {
        Some(known) if *known != given => None,
        _ => {
            *slot = Some(given);
            Some(())
        }
    }
}

/// The type that all of these become.
fn common_of(types: &[Type]) -> Option<Option<Type>> {
    let Some((first, rest)) = types.split_first() else { return Some(None) };
    if rest.iter().all(|ty| ty == first) {
        return Some(Some(*first));
    }
    let implicit = |from, to| context(from, to) == Some(Context::Implicit);
    let mut chosen = base_of(*first);
    for ty in rest.iter().map(|ty| base_of(*ty)) {
        if ty == chosen {
            continue;
        }
        if ty.category() != chosen.category() {
            return None;
        }
        if !chosen.is_preferred() && implicit(chosen, ty) && !implicit(ty, chosen) {
            chosen = ty;
        }
    }
    types.iter().all(|ty| implicit(base_of(*ty), chosen)).then_some(Some(chosen))
}
