//! Presigned URLs: an HMAC over all that they grant, with a key of the world's own.
//!
//! The URL has the shape of S3's (`X-Amz-Date`, `X-Amz-Expires`, `X-Amz-Signature`), so that code that
//! takes it apart finds what it knows. It also says its method and content type, so that an error can.

use hmac::{Hmac, KeyInit, Mac};
use jiff::{Timestamp, tz::Offset};
use rand_core::Rng;
use sha2::Sha256;

use crate::entropy::Stream;
use crate::error::{Error, ErrorKind, Result};
use crate::service::PresignedUrl;

/// `.invalid` (RFC 2606) never resolves: a URL that leaks out of a test reaches nobody.
const BASE: &str = "https://bucket.stuntdouble.invalid/";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Put,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Put => "PUT",
        }
    }
}

pub(super) struct Signer {
    key: [u8; 32],
}

impl Signer {
    pub(super) fn new(mut stream: Stream) -> Signer {
        let mut key = [0; 32];
        stream.fill_bytes(&mut key);
        Signer { key }
    }

    pub(super) fn sign(
        &self,
        method: Method,
        key: &str,
        content_type: Option<&str>,
        now: Timestamp,
        seconds: u64,
    ) -> PresignedUrl {
        let date = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        let mut url =
            format!("{BASE}{}?X-Amz-Date={date}&X-Amz-Expires={seconds}", encode(key, true));
        url.push_str(&format!("&method={}", method.name()));
        if let Some(content_type) = content_type {
            url.push_str(&format!("&content-type={}", encode(content_type, false)));
        }
        let signature = hex(&self.mac(&url).finalize().into_bytes());
        url.push_str(&format!("&X-Amz-Signature={signature}"));
        let expires = now.as_second().saturating_add(seconds as i64);
        let expires_at = Timestamp::from_second(expires).unwrap_or(Timestamp::MAX);
        PresignedUrl::new(url, expires_at)
    }

    /// The key that the URL grants, if it grants this request now.
    pub(super) fn verify(
        &self,
        url: &str,
        method: Method,
        content_type: Option<&str>,
        now: Timestamp,
    ) -> Result<String> {
        let (signed, signature) =
            url.rsplit_once("&X-Amz-Signature=").ok_or_else(|| denied("the URL is not signed"))?;
        let given = unhex(signature).ok_or_else(|| denied("the signature is not in hex"))?;
        self.mac(signed).verify_slice(&given).map_err(|_| {
            denied("the signature does not match: the URL was changed, or is another bucket's")
        })?;
        // From here on the URL is our own work.
        let claims = Claims::read(signed).ok_or_else(|| denied("the URL is malformed"))?;
        if claims.method != method.name() {
            let message =
                format!("the URL was signed for {}, not for {}", claims.method, method.name());
            return Err(denied(message));
        }
        if claims.content_type.as_deref() != content_type {
            let show = |content_type: Option<&str>| content_type.unwrap_or("none").to_owned();
            let (signed, sent) = (show(claims.content_type.as_deref()), show(content_type));
            let message = format!("the URL was signed for the content type {signed}, not {sent}");
            return Err(denied(message));
        }
        if now >= claims.expires_at {
            let detail = format!("it expired at {}", claims.expires_at);
            return Err(denied("Request has expired").with_detail(detail));
        }
        Ok(claims.key)
    }

    fn mac(&self, text: &str) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        mac.update(text.as_bytes());
        mac
    }
}

/// What a URL grants.
struct Claims {
    key: String,
    method: String,
    content_type: Option<String>,
    expires_at: Timestamp,
}

impl Claims {
    fn read(url: &str) -> Option<Claims> {
        let (key, query) = url.strip_prefix(BASE)?.split_once('?')?;
        let parameter = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
        };
        let date = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", parameter("X-Amz-Date")?);
        let date = Offset::UTC.to_timestamp(date.ok()?).ok()?.as_second();
        let seconds: i64 = parameter("X-Amz-Expires")?.parse().ok()?;
        Some(Claims {
            key: decode(key)?,
            method: parameter("method")?.to_owned(),
            content_type: match parameter("content-type") {
                Some(content_type) => Some(decode(content_type)?),
                None => None,
            },
            expires_at: Timestamp::from_second(date.checked_add(seconds)?).ok()?,
        })
    }
}

fn denied(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::PermissionDenied, message)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| (pair[0] << 4 | pair[1]) as u8).collect())
}

/// Percent-encodes all but RFC 3986's unreserved characters (and `/`, in a path).
fn encode(text: &str, path: bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(byte.into());
            }
            b'/' if path => encoded.push('/'),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, tail) = rest.split_at_checked(2)?;
        bytes.extend(unhex(std::str::from_utf8(digits).ok()?)?);
        rest = tail;
    }
    String::from_utf8(bytes).ok()
}
