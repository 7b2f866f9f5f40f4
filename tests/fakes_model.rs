//! Each fake against a tiny model that is obviously right, over random sequences of operations. (The
//! broker has a file of its own.)
#![cfg(feature = "test-util")]

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use proptest::prelude::*;
use stuntdouble::fake::{
    Condition, Environment, FakeCache, FakeConfig, FakeFeatureFlags, FakeLogger, FakeObjectStorage,
    FakeSecrets, FakeTracer, Flag,
};
use stuntdouble::{
    Cache, Config, ErrorKind, EvaluationContext, FeatureFlags, Fields, FlagValue, Level, Logger,
    ObjectStorage, PutCondition, Reason, Secrets, Span, SpanContext, Tracer,
};

/// Runs a future in a fresh runtime with a paused clock.
fn in_virtual_time<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().unwrap().block_on(future)
}

fn key() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c", "dd", "ee"]).prop_map(String::from)
}

// Cache: a list of entries, the least recently used first.

#[derive(Clone, Debug)]
enum CacheOp {
    Get(String),
    Exists(String),
    Set(String, String, Option<u64>),
    SetIfAbsent(String, String, Option<u64>),
    Incr(String, i64),
    Delete(String),
    Evict(String),
    GetMany(Vec<String>),
    Flush,
    Wait(u64),
}

fn cache_op() -> impl Strategy<Value = CacheOp> {
    let value =
        || prop::sample::select(vec!["1", "-7", "x", "", "9223372036854775807", "long value"]);
    let value = move || value().prop_map(String::from);
    let ttl = || prop::option::of(0u64..40);
    prop_oneof![
        4 => key().prop_map(CacheOp::Get),
        1 => key().prop_map(CacheOp::Exists),
        4 => (key(), value(), ttl()).prop_map(|(key, value, ttl)| CacheOp::Set(key, value, ttl)),
        2 => (key(), value(), ttl()).prop_map(|(k, value, ttl)| CacheOp::SetIfAbsent(k, value, ttl)),
        2 => (key(), -3i64..4).prop_map(|(key, by)| CacheOp::Incr(key, by)),
        1 => key().prop_map(CacheOp::Delete),
        1 => key().prop_map(CacheOp::Evict),
        1 => prop::collection::vec(key(), 0..4).prop_map(CacheOp::GetMany),
        1 => Just(CacheOp::Flush),
        3 => (1u64..30).prop_map(CacheOp::Wait),
    ]
}

#[derive(Default)]
struct CacheModel {
    now: u64,
    /// Key, value, and the millisecond at which it is gone.
    entries: Vec<(String, String, Option<u64>)>,
    max_entries: Option<usize>,
    max_bytes: Option<usize>,
    evictions: u64,
    expired: u64,
}

impl CacheModel {
    fn expire(&mut self) {
        let (now, before) = (self.now, self.entries.len());
        self.entries.retain(|(_, _, gone)| gone.is_none_or(|gone| gone > now));
        self.expired += (before - self.entries.len()) as u64;
    }

    fn take(&mut self, key: &str) -> Option<(String, String, Option<u64>)> {
        let place = self.entries.iter().position(|(known, _, _)| known == key)?;
        Some(self.entries.remove(place))
    }

    fn get(&mut self, key: &str) -> Option<Bytes> {
        let entry = self.take(key)?;
        let value = entry.1.clone();
        self.entries.push(entry);
        Some(value.into())
    }

    fn set(&mut self, key: &str, value: &str, gone: Option<u64>) {
        self.take(key);
        self.entries.push((key.to_owned(), value.to_owned(), gone));
        let bytes = |entries: &[(String, String, _)]| -> usize {
            entries.iter().map(|(key, value, _)| key.len() + value.len()).sum()
        };
        while self.max_entries.is_some_and(|max| self.entries.len() > max)
            || self.max_bytes.is_some_and(|max| bytes(&self.entries) > max)
        {
            self.entries.remove(0);
            self.evictions += 1;
        }
    }

    fn apply(&mut self, op: &CacheOp) -> String {
        self.expire();
        let gone = |now: u64, ttl: &Option<u64>| ttl.map(|ttl| now + ttl);
        let has = |model: &CacheModel, key: &str| model.entries.iter().any(|(k, _, _)| k == key);
        match op {
            CacheOp::Get(key) => format!("{:?}", self.get(key)),
            CacheOp::Exists(key) => format!("{:?}", has(self, key)),
            CacheOp::Set(_, _, Some(0)) | CacheOp::SetIfAbsent(_, _, Some(0)) => {
                format!("{:?}", ErrorKind::InvalidArgument)
            }
            CacheOp::Set(key, value, ttl) => {
                self.set(key, value, gone(self.now, ttl));
                "()".to_owned()
            }
            CacheOp::SetIfAbsent(key, value, ttl) => {
                let absent = !has(self, key);
                if absent {
                    self.set(key, value, gone(self.now, ttl));
                }
                format!("{absent:?}")
            }
            CacheOp::Incr(key, by) => {
                let old = self.entries.iter().find(|(known, _, _)| known == key).cloned();
                let (value, gone) =
                    old.map_or(("0".to_owned(), None), |(_, value, gone)| (value, gone));
                match value.parse::<i64>().map(|number| number.checked_add(*by)) {
                    Err(_) => format!("{:?}", ErrorKind::TypeMismatch),
                    Ok(None) => format!("{:?}", ErrorKind::InvalidArgument),
                    Ok(Some(sum)) => {
                        self.set(key, &sum.to_string(), gone);
                        format!("{sum:?}")
                    }
                }
            }
            CacheOp::Delete(key) => format!("{:?}", self.take(key).is_some()),
            CacheOp::Evict(key) => {
                let evicted = self.take(key).is_some();
                self.evictions += u64::from(evicted);
                format!("{evicted:?}")
            }
            CacheOp::GetMany(keys) => {
                format!("{:?}", keys.iter().map(|key| self.get(key)).collect::<Vec<_>>())
            }
            CacheOp::Flush => {
                self.entries.clear();
                "()".to_owned()
            }
            CacheOp::Wait(time) => {
                self.now += time;
                self.expire();
                "()".to_owned()
            }
        }
    }
}

async fn apply_to_cache(cache: &FakeCache, op: &CacheOp) -> String {
    fn show<T: std::fmt::Debug>(result: stuntdouble::Result<T>) -> String {
        result.map_or_else(|error| format!("{:?}", error.kind()), |value| format!("{value:?}"))
    }
    let ttl = |ttl: &Option<u64>| ttl.map(Duration::from_millis);
    match op {
        CacheOp::Get(key) => show(cache.get(key).await),
        CacheOp::Exists(key) => show(cache.exists(key).await),
        CacheOp::Set(key, value, t) => show(cache.set(key, value.clone().into(), ttl(t)).await),
        CacheOp::SetIfAbsent(key, value, t) => {
            show(cache.set_if_absent(key, value.clone().into(), ttl(t)).await)
        }
        CacheOp::Incr(key, by) => show(cache.incr(key, *by).await),
        CacheOp::Delete(key) => show(cache.delete(key).await),
        CacheOp::Evict(key) => show(Ok(cache.evict(key))),
        CacheOp::GetMany(keys) => show(cache.get_many(keys).await),
        CacheOp::Flush => {
            cache.flush();
            show(Ok(()))
        }
        CacheOp::Wait(time) => {
            tokio::time::sleep(Duration::from_millis(*time)).await;
            show(Ok(()))
        }
    }
}

// Object storage: a map.

#[derive(Clone, Debug)]
enum ObjectOp {
    Put(String, String),
    PutNew(String, String),
    /// Puts if the etag is that of this content.
    Replace(String, String, String),
    Get(String),
    Range(String, u64, Option<u64>),
    Delete(String),
    List(String),
    Wait(u64),
}

fn object_op() -> impl Strategy<Value = ObjectOp> {
    let key = || prop::sample::select(vec!["a", "a/b", "a/c", "ä", "b", ""]).prop_map(String::from);
    let content = || prop::sample::select(vec!["", "x", "0123456789"]).prop_map(String::from);
    prop_oneof![
        3 => (key(), content()).prop_map(|(key, content)| ObjectOp::Put(key, content)),
        1 => (key(), content()).prop_map(|(key, content)| ObjectOp::PutNew(key, content)),
        2 => (key(), content(), content()).prop_map(|(key, new, old)| ObjectOp::Replace(key, new, old)),
        2 => key().prop_map(ObjectOp::Get),
        2 => (key(), 0u64..12, prop::option::of(0u64..12))
            .prop_map(|(key, start, end)| ObjectOp::Range(key, start, end)),
        1 => key().prop_map(ObjectOp::Delete),
        1 => key().prop_map(ObjectOp::List),
        1 => (1u64..5000).prop_map(ObjectOp::Wait),
    ]
}

#[derive(Default)]
struct ObjectModel {
    now: u64,
    /// Content and the millisecond at which it was put.
    objects: BTreeMap<Vec<u8>, (String, u64)>,
}

impl ObjectModel {
    fn apply(&mut self, op: &ObjectOp) -> Result<String, ErrorKind> {
        let valid =
            |key: &str| if key.is_empty() { Err(ErrorKind::InvalidArgument) } else { Ok(()) };
        let found = |model: &ObjectModel, key: &str| model.objects.get(key.as_bytes()).cloned();
        let put = |model: &mut ObjectModel, key: &str, content: &str| {
            model.objects.insert(key.into(), (content.to_owned(), model.now));
            format!("{} at {}", content.len(), model.now)
        };
        match op {
            ObjectOp::Put(key, content) => {
                valid(key)?;
                Ok(put(self, key, content))
            }
            ObjectOp::PutNew(key, content) => {
                valid(key)?;
                match found(self, key) {
                    Some(_) => Err(ErrorKind::PreconditionFailed),
                    None => Ok(put(self, key, content)),
                }
            }
            ObjectOp::Replace(key, new, old) => {
                valid(key)?;
                match found(self, key) {
                    None => Err(ErrorKind::NotFound),
                    Some((content, _)) if content != *old => Err(ErrorKind::PreconditionFailed),
                    Some(_) => Ok(put(self, key, new)),
                }
            }
            ObjectOp::Get(key) => {
                valid(key)?;
                let (content, at) = found(self, key).ok_or(ErrorKind::NotFound)?;
                Ok(format!("{content} at {at}"))
            }
            ObjectOp::Range(key, start, end) => {
                valid(key)?;
                let (content, _) = found(self, key).ok_or(ErrorKind::NotFound)?;
                let part: String = content
                    .chars()
                    .enumerate()
                    .filter(|(place, _)| (*start..end.unwrap_or(99)).contains(&(*place as u64)))
                    .map(|(_, char)| char)
                    .collect();
                if part.is_empty() { Err(ErrorKind::InvalidArgument) } else { Ok(part) }
            }
            ObjectOp::Delete(key) => {
                valid(key)?;
                Ok(format!("{}", self.objects.remove(key.as_bytes()).is_some()))
            }
            ObjectOp::List(prefix) => {
                let keys = self.objects.keys().map(|key| String::from_utf8(key.clone()).unwrap());
                Ok(keys.filter(|key| key.starts_with(prefix)).collect::<Vec<_>>().join(" "))
            }
            ObjectOp::Wait(time) => {
                self.now += time;
                Ok(String::new())
            }
        }
    }
}

async fn apply_to_bucket(bucket: &FakeObjectStorage, op: &ObjectOp) -> Result<String, ErrorKind> {
    let millis =
        |meta: &stuntdouble::ObjectMeta| meta.last_modified.as_millisecond() - 1_893_456_000_000;
    let put = |meta: stuntdouble::ObjectMeta| format!("{} at {}", meta.size, millis(&meta));
    let result = match op {
        ObjectOp::Put(key, content) => {
            bucket.put(key, content.clone().into(), "text/plain").await.map(put)
        }
        ObjectOp::PutNew(key, content) => {
            let condition = PutCondition::IfNoneMatch;
            bucket.put_if(key, content.clone().into(), "text/plain", condition).await.map(put)
        }
        ObjectOp::Replace(key, new, old) => {
            // The etag of a content is that of any object with it.
            let other = FakeObjectStorage::new(&Environment::seeded(9));
            let etag = other.put("k", old.clone().into(), "text/plain").await.unwrap().etag;
            let condition = PutCondition::IfMatch(etag);
            bucket.put_if(key, new.clone().into(), "text/plain", condition).await.map(put)
        }
        ObjectOp::Get(key) => bucket.get(key).await.map(|object| {
            let content = String::from_utf8(object.bytes.to_vec()).unwrap();
            format!("{content} at {}", millis(&object.meta))
        }),
        ObjectOp::Range(key, start, end) => {
            let range = stuntdouble::ByteRange { start: *start, end: *end };
            let part = bucket.get_range(key, range).await;
            part.map(|object| String::from_utf8(object.bytes.to_vec()).unwrap())
        }
        ObjectOp::Delete(key) => bucket.delete(key).await.map(|deleted| deleted.to_string()),
        ObjectOp::List(prefix) => bucket
            .list(prefix)
            .await
            .map(|metas| metas.into_iter().map(|meta| meta.key).collect::<Vec<_>>().join(" ")),
        ObjectOp::Wait(time) => {
            tokio::time::sleep(Duration::from_millis(*time)).await;
            Ok(String::new())
        }
    };
    result.map_err(|error| error.kind())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_cache_is_a_list_in_order_of_use(
        ops in prop::collection::vec(cache_op(), 1..60),
        max_entries in prop::option::of(0usize..5),
        max_bytes in prop::option::of(0usize..30),
    ) {
        in_virtual_time(async {
            let mut cache = FakeCache::new(&Environment::seeded(1));
            if let Some(max) = max_entries { cache = cache.with_max_entries(max) }
            if let Some(max) = max_bytes { cache = cache.with_max_bytes(max) }
            let mut model = CacheModel { max_entries, max_bytes, ..CacheModel::default() };
            for op in &ops {
                prop_assert_eq!(apply_to_cache(&cache, op).await, model.apply(op), "{:?}", op);
                let keys: Vec<_> = model.entries.iter().map(|(key, _, _)| key.clone()).collect();
                prop_assert_eq!(cache.keys(), keys, "after {:?}", op);
                for (key, _, gone) in &model.entries {
                    let left = gone.map(|gone| Duration::from_millis(gone - model.now));
                    prop_assert_eq!(cache.ttl(key), left);
                }
            }
            let stats = cache.stats();
            prop_assert_eq!((stats.evictions, stats.expired), (model.evictions, model.expired));
            Ok(())
        })?;
    }

    #[test]
    fn the_bucket_is_a_map(ops in prop::collection::vec(object_op(), 1..60)) {
        in_virtual_time(async {
            let bucket = FakeObjectStorage::new(&Environment::seeded(1));
            let mut model = ObjectModel::default();
            for op in &ops {
                prop_assert_eq!(apply_to_bucket(&bucket, op).await, model.apply(op), "{:?}", op);
            }
            Ok(())
        })?;
    }

    #[test]
    fn secrets_and_settings_are_maps(
        ops in prop::collection::vec((key(), prop::option::of("[a-z]{0,3}")), 1..40),
    ) {
        in_virtual_time(async {
            let environment = Environment::seeded(1);
            let (secrets, config) = (FakeSecrets::new(&environment), FakeConfig::new(&environment));
            let mut model = BTreeMap::new();
            for (key, value) in ops {
                let known = model.contains_key(&key);
                match value {
                    Some(value) => {
                        secrets.set(&key, value.as_str());
                        config.set(&key, value.as_str());
                        model.insert(key.clone(), value);
                    }
                    None => {
                        prop_assert_eq!(secrets.remove(&key), known);
                        prop_assert_eq!(config.remove(&key), known);
                        model.remove(&key);
                    }
                }
                for key in ["a", "b", "c"] {
                    let wanted = model.get(key).cloned();
                    prop_assert_eq!(config.get(key).unwrap(), wanted.clone());
                    let found = secrets.get(key).await.map(|secret| secret.expose().to_owned());
                    prop_assert_eq!(found.ok(), wanted);
                }
            }
            prop_assert_eq!(secrets.names(), model.keys().cloned().collect::<Vec<_>>());
            Ok(())
        })?;
    }

    #[test]
    fn spans_form_trees(
        // Which earlier span is the parent, how long it takes, whether an open span is closed.
        ops in prop::collection::vec((0usize..8, 0u64..5, any::<bool>()), 1..40),
    ) {
        in_virtual_time(async {
            let tracer = FakeTracer::new(&Environment::seeded(1));
            let mut open: Vec<Box<dyn Span>> = Vec::new();
            let mut contexts: Vec<SpanContext> = Vec::new();
            for (parent, time, close) in ops {
                if close && !open.is_empty() {
                    drop(open.remove(parent % open.len()));
                }
                let parent = contexts.get(parent).copied();
                let span = tracer.open_span("span", parent);
                let context = span.context();
                prop_assert!(contexts.iter().all(|other| other.span_id != context.span_id));
                match parent {
                    Some(parent) => prop_assert_eq!(context.trace_id, parent.trace_id),
                    None => prop_assert!(contexts.iter().all(|c| c.trace_id != context.trace_id)),
                }
                contexts.push(context);
                open.push(span);
                tokio::time::sleep(Duration::from_millis(time)).await;
            }
            prop_assert_eq!(tracer.left_open().len(), open.len());
            // Each span is in the text of its trace, once.
            let lines: usize =
                tracer.traces().into_iter().map(|id| tracer.trace(id).lines().count()).sum();
            prop_assert_eq!(lines, contexts.len());
            open.clear();
            prop_assert!(tracer.left_open().is_empty());
            Ok(())
        })?;
    }

    #[test]
    fn a_logger_s_fields_are_a_list_of_pairs(
        // For each line: from which logger, with which fields, and whether it makes a child as well.
        ops in prop::collection::vec(
            (0usize..6, prop::collection::vec((key(), 0i64..9), 0..4), any::<bool>()), 1..20),
    ) {
        let root = FakeLogger::new(&Environment::seeded(1));
        type Child = (Arc<dyn Logger>, Vec<(String, i64)>);
        let mut loggers: Vec<Child> = vec![(Arc::new(root.clone()), vec![])];
        let mut wanted = Vec::new();
        for (from, pairs, child) in ops {
            let (logger, inherited) = loggers[from % loggers.len()].clone();
            let mut all = inherited;
            let mut fields = Fields::new();
            for (name, value) in pairs {
                fields.set(name.clone(), value);
                match all.iter_mut().find(|(known, _)| *known == name) {
                    Some(pair) => pair.1 = value,
                    None => all.push((name, value)),
                }
            }
            if child {
                loggers.push((logger.with_fields(fields.clone()), all.clone()));
            }
            logger.log(Level::Info, "line", fields);
            wanted.push(all);
        }
        let found: Vec<Vec<(String, i64)>> = root
            .lines()
            .iter()
            .map(|line| {
                line.fields.iter().map(|(k, v)| (k.to_owned(), v.as_i64().unwrap())).collect()
            })
            .collect();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn a_flag_gives_the_default_s_type_and_rules_in_order(
        // Each rule: the attribute's value that it wants, and the variant that it gives.
        rules in prop::collection::vec((0i64..4, 0usize..3), 0..5),
        asked in prop::option::of(0i64..4),
        enabled in any::<bool>(),
        as_text in any::<bool>(),
    ) {
        in_virtual_time(async {
            let names = ["x", "y", "z"];
            let mut flag = Flag::new([("x", 0i64), ("y", 1), ("z", 2)], "x");
            for (wanted, variant) in &rules {
                let condition = Condition::attribute("n").equals(*wanted);
                flag = flag.when(condition, names[*variant]);
            }
            if !enabled { flag = flag.disabled() }
            let flags = FakeFeatureFlags::new(&Environment::seeded(1));
            flags.set("f", flag).unwrap();
            let mut context = EvaluationContext::default();
            context.attributes.extend(asked.map(|n| ("n".to_owned(), n.into())));
            let default: FlagValue = if as_text { "d".to_owned().into() } else { 9i64.into() };
            let found = flags.evaluate("f", default.clone(), &context).await;

            prop_assert!(found.value.same_type(&default));
            let matching = rules.iter().find(|(wanted, _)| Some(*wanted) == asked);
            let (value, reason) = match matching {
                _ if !enabled => (default, Reason::Disabled),
                _ if as_text => (default, Reason::Error),
                Some((_, variant)) => (FlagValue::Int(*variant as i64), Reason::TargetingMatch),
                None if rules.is_empty() => (FlagValue::Int(0), Reason::Static),
                None => (FlagValue::Int(0), Reason::Default),
            };
            prop_assert_eq!((found.value, found.reason), (value, reason));
            Ok(())
        })?;
    }

    #[test]
    fn no_json_makes_the_flag_provider_panic(text in any_flag_file()) {
        let flags = FakeFeatureFlags::new(&Environment::seeded(1));
        if let Err(error) = flags.set_json(&text) {
            prop_assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            prop_assert!(flags.names().is_empty());
        }
    }

    #[test]
    fn no_url_makes_the_bucket_panic_or_grant(url in "(https://bucket.stuntdouble.invalid/)?[a%?&=X\u{e4}-]{0,20}(&X-Amz-Signature=[0-9a-f]{0,64})?") {
        in_virtual_time(async {
            let bucket = FakeObjectStorage::new(&Environment::seeded(1));
            let error = bucket.http_get(&url).await.unwrap_err();
            prop_assert_eq!(error.kind(), ErrorKind::PermissionDenied);
            Ok(())
        })?;
    }
}

/// JSON that is nearly a file of flags.
fn any_flag_file() -> impl Strategy<Value = String> {
    use serde_json::{Value, json};
    let word = prop::sample::select(vec![
        "if",
        "fractional",
        "var",
        "in",
        "==",
        "and",
        "!",
        "sem_ver",
        "<",
        "on",
        "off",
        "^",
        "1.0.0",
        "ENABLED",
        "starts_with",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    let tree = leaf.prop_recursive(5, 40, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            (word.clone(), inner.clone()).prop_map(|(key, value)| json!({ key: value })),
            (word.clone(), prop::collection::vec(inner, 0..4))
                .prop_map(|(key, v)| json!({ key: v })),
        ]
    });
    let flag = (tree.clone(), tree.clone(), any::<bool>()).prop_map(|(targeting, other, fair)| {
        let variants = if fair { json!({ "on": true, "off": false }) } else { other };
        json!({ "flags": { "f": { "variants": variants, "defaultVariant": "on", "targeting": targeting } } })
    });
    prop_oneof![3 => flag, 1 => tree].prop_map(|value| value.to_string())
}
