//! A call as layers see it.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use super::detail::Arg;
use super::method::Method;
use crate::context::CallId;
use crate::error::Error;

/// One use of a service method, while it goes on.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// Its number in the run.
    pub id: CallId,
    /// The call that caused it: a transaction, a delivery, a span.
    pub parent: Option<CallId>,
    /// The node that makes it.
    pub node: &'a Arc<str>,
    /// What is called.
    pub method: &'static Method,
    /// Which call of that method by that node it is, from 1.
    pub nth: u32,
    /// The arguments, in the order of [`Method::arguments`].
    pub args: &'a [Arg<'a>],
    /// When it began, since the start of the run.
    pub at: Duration,
}

impl<'a> Call<'a> {
    /// The argument of that name.
    pub fn arg(&self, name: &str) -> Option<Arg<'a>> {
        self.args.get(self.method.argument(name)?).copied()
    }

    /// The stable address of the call.
    pub fn name(&self) -> CallName {
        CallName {
            node: self.node.to_string(),
            service: self.method.service.to_owned(),
            method: self.method.name.to_owned(),
            nth: self.nth,
        }
    }
}

/// How a call ended.
#[derive(Clone, Copy, Debug)]
pub enum Outcome<'a> {
    /// It answered.
    Ok(Arg<'a>),
    /// It failed.
    Err(&'a Error),
    /// The caller gave up: the future, or the transaction, was dropped.
    Cancelled,
    /// The implementation panicked.
    Panicked,
}

/// The stable address of a call: `node/service.method#n`, with n counted from 1 for each node and
/// method. The same call of a rerun has the same name.
///
/// ```
/// use stuntdouble::stack::CallName;
///
/// let name: CallName = "api/db.commit#2".parse()?;
/// assert_eq!((name.node.as_str(), name.nth), ("api", 2));
/// assert_eq!(name.to_string(), "api/db.commit#2");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallName {
    /// The node that makes the call.
    pub node: String,
    /// The service.
    pub service: String,
    /// The method.
    pub method: String,
    /// Which call of that method by that node, from 1.
    pub nth: u32,
}

impl fmt::Display for CallName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}.{}#{}", self.node, self.service, self.method, self.nth)
    }
}

impl FromStr for CallName {
    type Err = String;

    fn from_str(text: &str) -> Result<CallName, String> {
        let parse = || {
            let (node, rest) = text.split_once('/')?;
            let (path, nth) = rest.rsplit_once('#')?;
            let (service, method) = path.split_once('.')?;
            let nth = nth.parse().ok().filter(|nth| *nth > 0)?;
            Some(CallName {
                node: node.into(),
                service: service.into(),
                method: method.into(),
                nth,
            })
        };
        parse().ok_or_else(|| format!("{text:?} is no call name: node/service.method#n, n from 1"))
    }
}
