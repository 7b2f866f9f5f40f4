//! What the shop cannot do, and why.

use std::fmt;

use stuntdouble::{AsError, Error, ErrorKind};

use crate::order::Status;

/// Why the shop did not do what it was asked.
#[derive(Clone, Debug)]
pub enum ShopError {
    /// The order makes no sense: no line, a quantity below 1, a product twice.
    InvalidOrder(&'static str),
    /// There are fewer pieces than were ordered.
    OutOfStock {
        /// The product.
        sku: String,
    },
    /// There is no such product.
    UnknownProduct {
        /// What was asked for.
        sku: String,
    },
    /// There is no such order.
    UnknownOrder {
        /// What was asked for.
        order: i64,
    },
    /// Someone else ordered with this idempotency key.
    KeyReused {
        /// The key.
        key: String,
    },
    /// The order has not been paid.
    NotRefundable {
        /// The order.
        order: i64,
        /// What it is instead.
        status: Status,
    },
    /// A service failed.
    Service(Error),
}

impl fmt::Display for ShopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ShopError::InvalidOrder(why) => write!(f, "not an order: {why}"),
            ShopError::OutOfStock { sku } => write!(f, "{sku} is out of stock"),
            ShopError::UnknownProduct { sku } => write!(f, "there is no product {sku:?}"),
            ShopError::UnknownOrder { order } => write!(f, "there is no order {order}"),
            ShopError::KeyReused { key } => {
                write!(f, "the idempotency key {key:?} belongs to another customer's order")
            }
            ShopError::NotRefundable { order, status } => {
                write!(f, "order {order} is {status}: only a paid order can be refunded")
            }
            ShopError::Service(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ShopError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ShopError::Service(error) => Some(error),
            _ => None,
        }
    }
}

impl AsError for ShopError {
    fn as_error(&self) -> Option<&Error> {
        match self {
            ShopError::Service(error) => Some(error),
            _ => None,
        }
    }
}

impl ShopError {
    /// True if what was asked may have been done all the same.
    pub fn is_outcome_unknown(&self) -> bool {
        self.as_error().is_some_and(Error::is_outcome_unknown)
    }
}

impl From<Error> for ShopError {
    fn from(error: Error) -> ShopError {
        ShopError::Service(error)
    }
}

/// For the message broker, which knows only services' errors.
impl From<ShopError> for Error {
    fn from(error: ShopError) -> Error {
        let kind = match error {
            ShopError::Service(error) => return error,
            ShopError::InvalidOrder(_) => ErrorKind::InvalidArgument,
            ShopError::UnknownProduct { .. } | ShopError::UnknownOrder { .. } => {
                ErrorKind::NotFound
            }
            ShopError::OutOfStock { .. } | ShopError::NotRefundable { .. } => {
                ErrorKind::PreconditionFailed
            }
            ShopError::KeyReused { .. } => ErrorKind::AlreadyExists,
        };
        Error::new(kind, error.to_string()).with_source(error)
    }
}
