//! A real PostgreSQL as the server of a script: in a database of its own, emptied for each script.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio_postgres::config::Host;
use tokio_postgres::{Client, Config, NoTls, SimpleQueryMessage};

use crate::answer::{Answer, Column, Notice, Outcome};
use crate::run::Server;
use crate::script::{Param, Script};
use crate::tap::{Heard, Message, Tap};

/// Environment variable that names the server: `host=127.0.0.1 user=postgres`.
pub(crate) const SERVER: &str = "STUNTDOUBLE_TEST_POSTGRES";

/// How many scripts may be on the server at once, each in its database.
pub(crate) const DATABASES: usize = 8;

/// How long a statement may take.
const PATIENCE: Duration = Duration::from_secs(60);

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// The server, and which of this process' databases on it are free.
pub(crate) struct Cluster {
    config: Config,
    free: Mutex<Vec<usize>>,
    made: Mutex<BTreeSet<usize>>,
    types: Mutex<BTreeMap<u32, String>>,
    /// Serializable transactions of all databases know each other: one that waits for a safe snapshot waits
    /// for those of other scripts as well. A script with such a one has the server's others to itself.
    serializable: RwLock<()>,
}

/// With which other scripts one may run.
#[allow(dead_code, reason = "held, not read")]
pub(crate) enum Turn<'c> {
    Alone(RwLockWriteGuard<'c, ()>),
    Shared(RwLockReadGuard<'c, ()>),
    Any,
}

impl Cluster {
    /// `connection` is libpq's connection string.
    pub(crate) fn new(connection: &str) -> Result<Cluster, String> {
        let config = connection.parse().map_err(|error| format!("{SERVER}: {error}"))?;
        let free = Mutex::new((0..DATABASES).collect());
        Ok(Cluster {
            config,
            free,
            made: Mutex::default(),
            types: Mutex::default(),
            serializable: RwLock::default(),
        })
    }

    /// An empty database, for as long as the guard lives. Fails if all of them are in use.
    pub(crate) async fn database(&self) -> Result<Database<'_>, String> {
        let Some(number) = lock(&self.free).pop() else {
            return Err(format!(
                "all {DATABASES} databases are in use: run with fewer test threads"
            ));
        };
        // From here on the number goes back by itself.
        let slot = Slot { cluster: self, number };
        let name = database_name(number);
        if !lock(&self.made).contains(&number) {
            let admin = connect(&self.config, Heard::default()).await?;
            simple(&admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
            let create =
                format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'");
            simple(&admin, &create).await?;
            lock(&self.made).insert(number);
        }
        let mut config = self.config.clone();
        config.dbname(&name);
        let control = connect(&config, Heard::default()).await?;
        simple(&control, EMPTY_DATABASE).await?;
        self.learn_types(&control).await?;
        Ok(Database { slot, config, control, sessions: BTreeMap::new(), sent: 0, settings: "" })
    }

    /// To be held while the script runs.
    pub(crate) fn turn(&self, script: &Script) -> Turn<'_> {
        if script.mentions("DEFERRABLE") {
            Turn::Alone(self.serializable.write().unwrap_or_else(PoisonError::into_inner))
        } else if script.mentions("SERIALIZABLE") {
            Turn::Shared(self.serializable.read().unwrap_or_else(PoisonError::into_inner))
        } else {
            Turn::Any
        }
    }

    async fn learn_types(&self, control: &Client) -> Result<(), String> {
        if lock(&self.types).is_empty() {
            let learnt = type_names(control, "oid < 16384").await?;
            *lock(&self.types) = learnt;
        }
        Ok(())
    }

    /// Drops the databases that were made.
    pub(crate) async fn clean_up(&self) -> Result<(), String> {
        let made = std::mem::take(&mut *lock(&self.made));
        if made.is_empty() {
            return Ok(());
        }
        let admin = connect(&self.config, Heard::default()).await?;
        for number in made {
            simple(
                &admin,
                &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", database_name(number)),
            )
            .await?;
        }
        Ok(())
    }
}

/// Drops every schema but PostgreSQL's own, and whatever the last script left running.
const EMPTY_DATABASE: &str = "
    SET client_min_messages = warning;
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend';
    DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT nspname FROM pg_namespace
            WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
            EXECUTE format('DROP SCHEMA %I CASCADE', name);
        END LOOP;
        CREATE SCHEMA public;
    END $$";

fn database_name(number: usize) -> String {
    format!("stuntdouble_test_{}_{number}", std::process::id())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Slot<'a> {
    cluster: &'a Cluster,
    number: usize,
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        lock(&self.cluster.free).push(self.number);
    }
}

/// A database for one script.
pub(crate) struct Database<'a> {
    slot: Slot<'a>,
    config: Config,
    control: Client,
    sessions: BTreeMap<String, Session>,
    sent: usize,
    /// What a session sets first.
    settings: &'static str,
}

struct Session {
    client: Option<Client>,
    heard: Heard,
    pid: i32,
    prepared: usize,
    running: Option<Running>,
}

struct Running {
    sent: usize,
    /// Gives the client back.
    task: JoinHandle<Client>,
}

impl Server for Database<'_> {
    async fn start(&mut self, session: &str, sql: &str, params: &[Param]) -> Result<(), String> {
        if !self.sessions.contains_key(session) {
            let opened = open(&self.config, self.settings).await?;
            self.sessions.insert(session.to_owned(), opened);
        }
        self.sent += 1;
        let sent = self.sent;
        let Some(session) = self.sessions.get_mut(session) else {
            return Err("no such session".to_owned());
        };
        let Some(client) = session.client.take() else {
            return Err("the session is busy".to_owned());
        };
        let statements = if params.is_empty() {
            vec![sql.to_owned()]
        } else {
            session.prepared += 1;
            let name = format!("stuntdouble_{}", session.prepared);
            let values: Vec<String> = params.iter().map(unknown_literal).collect();
            vec![
                format!("PREPARE {name} AS {sql}"),
                format!("EXECUTE {name} ({})", values.join(", ")),
            ]
        };
        let task = tokio::spawn(async move {
            for statement in statements {
                if client.simple_query(&statement).await.is_err() {
                    break;
                }
            }
            client
        });
        session.running = Some(Running { sent, task });
        Ok(())
    }

    async fn settle(&mut self) -> Result<Vec<(String, Answer)>, String> {
        let begun = tokio::time::Instant::now();
        loop {
            if begun.elapsed() > PATIENCE {
                return Err(format!("a session neither answers nor waits, for {PATIENCE:?}"));
            }
            let working = self.working();
            if working.is_empty() {
                break;
            }
            let blocked = self.blocked().await?;
            if self.working() == working && working.iter().all(|pid| blocked.contains(pid)) {
                break;
            }
            tokio::time::sleep(Duration::from_micros(300)).await;
        }
        self.collect().await
    }

    async fn sleep(&mut self, time: Duration) -> Result<(), String> {
        tokio::time::sleep(time).await;
        Ok(())
    }

    async fn disconnect(&mut self, session: &str) -> Result<(), String> {
        let gone = self
            .sessions
            .remove(session)
            .ok_or_else(|| format!("there is no session {session}"))?;
        let pids = gone.pid;
        simple(&self.control, &format!("SELECT pg_terminate_backend({pids}, 5000)")).await?;
        Ok(())
    }

    fn is_busy(&self, session: &str) -> bool {
        self.sessions.get(session).is_some_and(|session| session.running.is_some())
    }

    fn is_waiting(&self) -> bool {
        self.sessions.values().any(|session| session.running.is_some())
    }
}

impl Database<'_> {
    /// Lets sessions read tables from their first row to their last: in which order rows come, or are locked,
    /// must not depend on what the planner thinks of an index.
    pub(crate) fn scan_heaps(&mut self) {
        self.settings = "SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off; ";
    }

    /// Process numbers of the sessions whose statement is not finished.
    fn working(&self) -> Vec<i32> {
        let busy = |session: &&Session| {
            session.running.as_ref().is_some_and(|running| !running.task.is_finished())
        };
        self.sessions.values().filter(busy).map(|session| session.pid).collect()
    }

    /// Process numbers of the sessions that wait for another session of this script.
    /// Sessions that wait for another. (Of one whose earlier transaction is still remembered, because some
    /// serializable transaction overlapped it, the server does not say that it waits for a safe snapshot.)
    async fn blocked(&self) -> Result<BTreeSet<i32>, String> {
        let pids: Vec<String> =
            self.sessions.values().map(|session| session.pid.to_string()).collect();
        let sql = format!(
            "SELECT pid FROM unnest('{{{}}}'::int[]) pid WHERE pg_isolation_test_session_is_blocked(pid, '{{{}}}')
                OR EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = pid.pid AND a.wait_event = 'SafeSnapshot')",
            pids.join(","),
            pids.join(",")
        );
        let rows = simple(&self.control, &sql).await?;
        Ok(rows.iter().filter_map(|row| row.first()?.as_ref()?.parse().ok()).collect())
    }

    async fn collect(&mut self) -> Result<Vec<(String, Answer)>, String> {
        let mut finished = Vec::new();
        for (name, session) in &mut self.sessions {
            if session.running.as_ref().is_some_and(|running| running.task.is_finished())
                && let Some(running) = session.running.take()
            {
                session.client =
                    Some(running.task.await.map_err(|error| format!("session {name}: {error}"))?);
                finished.push((running.sent, name.clone(), session.heard.take()));
            }
        }
        finished.sort_by_key(|(sent, ..)| *sent);
        let mut answers = Vec::new();
        for (_, name, messages) in finished {
            let answer = self
                .understand(messages)
                .await
                .map_err(|what| format!("session {name}: {what}"))?;
            answers.push((name, answer));
        }
        Ok(answers)
    }

    async fn understand(&self, messages: Vec<Message>) -> Result<Answer, String> {
        let (mut notices, mut columns, mut rows, mut outcome) =
            (Vec::new(), None, Vec::new(), None);
        for message in messages {
            match message {
                Message::Columns(found) => columns = Some(self.columns(found).await?),
                Message::Row(row) => rows.push(row),
                Message::Complete(tag) => outcome = Some(Outcome::Done { tag }),
                Message::Report { error: true, fields } => outcome = Some(failure(&fields)),
                Message::Report { error: false, fields } => notices.push(Notice {
                    severity: field(&fields, b'V').unwrap_or_default(),
                    code: field(&fields, b'C').unwrap_or_default(),
                    message: field(&fields, b'M').unwrap_or_default(),
                    detail: field(&fields, b'D'),
                    hint: field(&fields, b'H'),
                }),
            }
        }
        let outcome = match (outcome, columns) {
            (Some(Outcome::Done { tag }), Some(columns)) => Outcome::Rows { columns, rows, tag },
            (Some(outcome), _) => outcome,
            (None, _) => return Err("the connection was lost".to_owned()),
        };
        Ok(Answer { notices, outcome })
    }

    async fn columns(&self, found: Vec<(String, u32)>) -> Result<Vec<Column>, String> {
        let mut columns = Vec::new();
        for (name, oid) in found {
            let known = lock(&self.slot.cluster.types).get(&oid).cloned();
            let ty = match known {
                Some(ty) => ty,
                None => type_names(&self.control, &format!("oid = {oid}"))
                    .await?
                    .remove(&oid)
                    .unwrap_or("?".to_owned()),
            };
            columns.push(Column { name, ty });
        }
        Ok(columns)
    }
}

/// `int4`, `int4[]`
async fn type_names(control: &Client, which: &str) -> Result<BTreeMap<u32, String>, String> {
    let sql = format!("SELECT oid, typname, typcategory FROM pg_type WHERE {which}");
    let mut names = BTreeMap::new();
    for row in simple(control, &sql).await? {
        if let [Some(oid), Some(name), Some(category)] = &row[..]
            && let Ok(oid) = oid.parse()
        {
            let element = name.strip_prefix('_').filter(|_| category == "A");
            names.insert(
                oid,
                element.map_or_else(|| name.clone(), |element| format!("{element}[]")),
            );
        }
    }
    Ok(names)
}

fn field(fields: &[(u8, String)], letter: u8) -> Option<String> {
    fields.iter().find(|(field, _)| *field == letter).map(|(_, text)| text.clone())
}

fn failure(fields: &[(u8, String)]) -> Outcome {
    Outcome::Failed {
        code: field(fields, b'C').unwrap_or_default(),
        message: field(fields, b'M').unwrap_or_default(),
        detail: field(fields, b'D'),
        hint: field(fields, b'H'),
        constraint: field(fields, b'n'),
    }
}

/// The parameter as a text that the server reads by the type it inferred, as drivers send it.
fn unknown_literal(param: &Param) -> String {
    match param {
        Param::Null => "NULL".to_owned(),
        Param::Text(_) => param.literal(),
        _ => format!("'{}'", param.literal()),
    }
}

async fn open(config: &Config, settings: &str) -> Result<Session, String> {
    let heard = Heard::default();
    let client = connect(config, heard.clone()).await?;
    let rows =
        simple(&client, &format!("{settings}SET TIME ZONE 'UTC'; SELECT pg_backend_pid()")).await?;
    let pid = rows
        .first()
        .and_then(|row| row.first()?.as_ref()?.parse().ok())
        .ok_or("no process number")?;
    heard.take();
    Ok(Session { client: Some(client), heard, pid, prepared: 0, running: None })
}

async fn connect(config: &Config, heard: Heard) -> Result<Client, String> {
    let explain = |error: &dyn std::fmt::Display| {
        format!("cannot connect to the server of {SERVER}: {error}")
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let stream: Box<dyn Stream> = match config.get_hosts().first() {
        Some(Host::Tcp(host)) => {
            let stream = tokio::net::TcpStream::connect((host.as_str(), port))
                .await
                .map_err(|error| explain(&error))?;
            stream.set_nodelay(true).map_err(|error| explain(&error))?;
            Box::new(stream)
        }
        #[cfg(unix)]
        Some(Host::Unix(folder)) => {
            let path = folder.join(format!(".s.PGSQL.{port}"));
            Box::new(tokio::net::UnixStream::connect(path).await.map_err(|error| explain(&error))?)
        }
        _ => return Err(explain(&"it names no host")),
    };
    let tap = Tap::new(stream, heard);
    let (client, connection) =
        config.connect_raw(tap, NoTls).await.map_err(|error| explain(&error))?;
    // An error of the connection reaches the client too.
    tokio::spawn(async move { connection.await.ok() });
    Ok(client)
}

async fn simple(client: &Client, sql: &str) -> Result<Vec<Vec<Option<String>>>, String> {
    let messages = client.simple_query(sql).await.map_err(|error| match error.as_db_error() {
        Some(error) => format!("{sql}: {error}"),
        None => format!("{sql}: {error}"),
    })?;
    let text = |row: tokio_postgres::SimpleQueryRow| {
        (0..row.len()).map(|at| row.get(at).map(str::to_owned)).collect()
    };
    let rows = messages.into_iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(text(row)),
        _ => None,
    });
    Ok(rows.collect())
}
