//! PREPARE, EXECUTE and DEALLOCATE.

use std::sync::Arc;

use super::super::answer::Answer;
use super::super::engine::Engine;
use super::super::errors::{R, fail, pg};
use super::super::execute;
use super::super::parse::ast::{Expr, Statement, TypeName};
use super::super::plan::{self, Plan};
use super::super::types::Datum;
use super::backend::Backend;

/// A statement that has a name.
pub(crate) struct NamedStatement {
    statement: Statement,
    types: Vec<TypeName>,
    plan: Arc<Plan>,
    /// Of the catalog that the plan was made for.
    version: u64,
}

fn missing<T>(name: &str) -> R<T> {
    fail("26000", format!("prepared statement \"{name}\" does not exist"))
}

pub(super) fn prepare(
    engine: &mut Engine,
    me: &mut Backend,
    name: &str,
    types: &[TypeName],
    statement: &Statement,
) -> R<()> {
    let catalog = me.catalog(&engine.catalog).clone();
    let plan = Arc::new(plan::plan_with(&catalog, statement.clone(), types)?);
    if me.prepared.contains_key(name) {
        return fail("42P05", format!("prepared statement \"{name}\" already exists"));
    }
    let made = NamedStatement {
        statement: statement.clone(),
        types: types.to_vec(),
        plan,
        version: catalog.version,
    };
    me.prepared.insert(name.to_owned(), made);
    Ok(())
}

pub(super) fn deallocate(me: &mut Backend, name: Option<&str>) -> R<Answer> {
    match name {
        None => {
            me.prepared.clear();
            Ok(Answer::of_tag("DEALLOCATE ALL"))
        }
        Some(name) => match me.prepared.remove(name) {
            Some(_) => Ok(Answer::of_tag("DEALLOCATE")),
            None => missing(name),
        },
    }
}

/// The statement's plan, made anew if the catalog has changed.
pub(super) fn plan_of(engine: &mut Engine, me: &mut Backend, name: &str) -> R<Arc<Plan>> {
    let catalog = me.catalog(&engine.catalog).clone();
    let Some(known) = me.prepared.get_mut(name) else { return missing(name) };
    if known.version != catalog.version {
        let fresh = plan::plan_with(&catalog, known.statement.clone(), &known.types)?;
        let same = fresh.columns.len() == known.plan.columns.len()
            && fresh.columns.iter().zip(known.plan.columns.iter()).all(|(a, b)| a.typed == b.typed);
        if !same {
            return fail("0A000", "cached plan must not change result type");
        }
        known.plan = Arc::new(fresh);
        known.version = catalog.version;
    }
    Ok(known.plan.clone())
}

/// The values that EXECUTE gives.
pub(super) fn arguments(
    engine: &mut Engine,
    me: &mut Backend,
    name: &str,
    plan: &Plan,
    args: &[Expr],
) -> R<Vec<Datum>> {
    if args.len() != plan.params.len() {
        return Err(pg(
            "42601",
            format!("wrong number of parameters for prepared statement \"{name}\""),
        )
        .with_detail(format!(
            "Expected {} parameters but got {}.",
            plan.params.len(),
            args.len()
        )));
    }
    if args.is_empty() {
        return Ok(vec![]);
    }
    let catalog = me.catalog(&engine.catalog).clone();
    let row = plan::arguments(&catalog, args, &plan.params)?;
    execute::evaluate(engine, me, row)
}
