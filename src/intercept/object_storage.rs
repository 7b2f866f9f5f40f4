//! [`ObjectStorage`], intercepted.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use crate::error::Result;
use crate::service::{ByteRange, Object, ObjectMeta, ObjectStorage, PresignedUrl, PutCondition};
use crate::stack::{Arg, Describe, Detail, Effects, Port, Reveal, Stack};

crate::methods! {
    /// The methods of [`ObjectStorage`].
    pub static OBJECT_STORAGE = "object_storage" {
        PUT = "put"(key, bytes, content_type): Effects::WRITE;
        PUT_IF = "put_if"(key, bytes, content_type, condition): Effects::WRITE;
        GET = "get"(key): Effects::READ;
        GET_RANGE = "get_range"(key, range): Effects::READ;
        HEAD = "head"(key): Effects::READ;
        DELETE = "delete"(key): Effects::WRITE;
        LIST = "list"(prefix): Effects::READ;
        PRESIGN_PUT = "presign_put"(key, content_type, expires_in): Effects::READ;
        PRESIGN_GET = "presign_get"(key, expires_in): Effects::READ;
    }
}

/// Puts an object store behind the stack.
pub fn object_storage<O: ObjectStorage + ?Sized + 'static>(
    stack: &Stack,
    inner: Arc<O>,
) -> Arc<dyn ObjectStorage> {
    Arc::new(Intercepted { port: stack.port(&OBJECT_STORAGE), inner })
}

struct Intercepted<O: ?Sized> {
    port: Port,
    inner: Arc<O>,
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl<O: ObjectStorage + ?Sized> ObjectStorage for Intercepted<O> {
    async fn put(&self, key: &str, bytes: Bytes, content_type: &str) -> Result<ObjectMeta> {
        let args = [Arg::Text(key), Arg::Bytes(&bytes), Arg::Text(content_type)];
        self.port.call(&PUT, &args, |_| self.inner.put(key, bytes.clone(), content_type)).await
    }

    async fn put_if(
        &self,
        key: &str,
        bytes: Bytes,
        content_type: &str,
        condition: PutCondition,
    ) -> Result<ObjectMeta> {
        let args =
            [Arg::Text(key), Arg::Bytes(&bytes), Arg::Text(content_type), Arg::Other(&condition)];
        self.port
            .call(&PUT_IF, &args, |_| {
                self.inner.put_if(key, bytes.clone(), content_type, condition.clone())
            })
            .await
    }

    async fn get(&self, key: &str) -> Result<Object> {
        self.port.call(&GET, &[Arg::Text(key)], |_| self.inner.get(key)).await
    }

    async fn get_range(&self, key: &str, range: ByteRange) -> Result<Object> {
        let args = [Arg::Text(key), Arg::Other(&range)];
        self.port.call(&GET_RANGE, &args, |_| self.inner.get_range(key, range)).await
    }

    async fn head(&self, key: &str) -> Result<ObjectMeta> {
        self.port.call(&HEAD, &[Arg::Text(key)], |_| self.inner.head(key)).await
    }

    async fn delete(&self, key: &str) -> Result<bool> {
        self.port.call(&DELETE, &[Arg::Text(key)], |_| self.inner.delete(key)).await
    }

    async fn list(&self, prefix: &str) -> Result<Vec<ObjectMeta>> {
        self.port.call(&LIST, &[Arg::Text(prefix)], |_| self.inner.list(prefix)).await
    }

    async fn presign_put(
        &self,
        key: &str,
        content_type: &str,
        expires_in: Duration,
    ) -> Result<PresignedUrl> {
        let args = [Arg::Text(key), Arg::Text(content_type), Arg::Duration(expires_in)];
        self.port
            .call(&PRESIGN_PUT, &args, |_| self.inner.presign_put(key, content_type, expires_in))
            .await
    }

    async fn presign_get(&self, key: &str, expires_in: Duration) -> Result<PresignedUrl> {
        let args = [Arg::Text(key), Arg::Duration(expires_in)];
        self.port.call(&PRESIGN_GET, &args, |_| self.inner.presign_get(key, expires_in)).await
    }
}

impl Describe for PutCondition {
    fn describe(&self) -> Detail {
        match self {
            PutCondition::IfNoneMatch => Detail::Text("if_none_match".into()),
            PutCondition::IfMatch(etag) => Detail::Record(
                [("if_match".into(), Detail::Id("etag", etag.as_str().into()))].into(),
            ),
        }
    }
}

impl Describe for ByteRange {
    fn describe(&self) -> Detail {
        let end = self.end.map_or(String::new(), |end| end.to_string());
        Detail::Text(format!("{}..{end}", self.start).into())
    }
}

impl Describe for ObjectMeta {
    fn describe(&self) -> Detail {
        Detail::Record(
            [
                ("size".into(), Arg::Int(self.size as i64).detail()),
                ("etag".into(), Detail::Id("etag", self.etag.as_str().into())),
                ("content_type".into(), Detail::Text(self.content_type.as_str().into())),
            ]
            .into(),
        )
    }
}

impl Reveal for ObjectMeta {
    fn reveal(&self) -> Arg<'_> {
        Arg::Other(self)
    }
}

impl Describe for Object {
    fn describe(&self) -> Detail {
        Detail::Record(
            [
                ("bytes".into(), Detail::Bytes(self.bytes.clone())),
                ("etag".into(), Detail::Id("etag", self.meta.etag.as_str().into())),
            ]
            .into(),
        )
    }
}

impl Reveal for Object {
    fn reveal(&self) -> Arg<'_> {
        Arg::Other(self)
    }
}

impl Describe for Vec<ObjectMeta> {
    fn describe(&self) -> Detail {
        Detail::List(self.iter().map(|meta| Detail::Text(meta.key.as_str().into())).collect())
    }
}

impl Reveal for Vec<ObjectMeta> {
    fn reveal(&self) -> Arg<'_> {
        Arg::Other(self)
    }
}

impl Reveal for PresignedUrl {
    fn reveal(&self) -> Arg<'_> {
        // The URL is a credential.
        Arg::Masked
    }
}
