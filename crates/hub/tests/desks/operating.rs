//! An operator's day: three roles, several hubs on one database, watching, and institutions as a whole.

use super::*;
use liaison_hub::doctor::{self, State};
use serde_json::Value as Json;
use sqlx::postgres::PgPoolOptions;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

/// Another hub on the same database.
async fn beside(cluster: &Cluster) -> (Arc<Ledger>, String) {
    let ledger = Arc::new(Ledger::connect(&cluster.url()).await.expect("connected"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(axum::serve(listener, router(Arc::clone(&ledger))).into_future());
    (ledger, address)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_can_do_what_it_needs_and_no_more() {
    let cluster = Cluster::start().expect("a PostgreSQL");
    let script = cluster.folder().join("roles.sql");
    std::fs::write(&script, include_str!("../../../../deploy/roles.sql")).expect("written");
    let script = script.display().to_string();
    for _ in 0..2 {
        cluster.tool("psql", &["-q", "-v", "ON_ERROR_STOP=1", "-d", "hub", "-f", &script]).expect("the script runs");
    }
    let owner = Ledger::connect(&cluster.url_of("liaison_owner", "hub")).await.expect("connected");
    owner.migrate().await.expect("the owner migrates");
    let serving = cluster.url_of("liaison_hub", "hub");
    let ledger = Arc::new(Ledger::connect(&serving).await.expect("connected"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(axum::serve(listener, router(Arc::clone(&ledger))).into_future());
    let hub = Hub { address, ledger, cluster };

    // Everything that desks do works.
    let (first, institution) = Desk::first(&hub).await;
    let gone = first.add("Dana").await;
    first.now().await;
    let second = Desk::joins(&hub, institution).await;
    let one = Selection::Ids { ids: vec![gone] };
    trash::delete(&first.session, RecordKind::Contact, &one, &mut unwatched).await.expect("in the trash");
    trash::erase(&first.session, RecordKind::Contact, &[gone], &mut unwatched).await.expect("gone");
    first.now().await;
    second.now().await;
    assert_eq!(first.everything().await, second.everything().await);

    // Nothing else does.
    let refused = async |role: &str, sql: &str| {
        let pool = PgPoolOptions::new().max_connections(1).connect(&hub.cluster.url_of(role, "hub")).await.expect("in");
        let done = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(&pool).await;
        let error = done.expect_err(sql);
        assert_eq!(
            error.as_database_error().and_then(|error| error.code()).as_deref(),
            Some("42501"),
            "{sql}: {error}"
        );
    };
    for sql in [
        "ALTER TABLE record DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own ON record",
        "CREATE TABLE other (n integer)",
        "DROP TABLE operation",
    ] {
        refused("liaison_hub", sql).await;
    }
    refused("liaison_read", "DELETE FROM operation").await;
    let reads = PgPoolOptions::new().max_connections(1).connect(&hub.cluster.url_of("liaison_read", "hub")).await;
    let count = "SELECT count(*) FROM operation";
    let all: i64 = sqlx::query_scalar(count).fetch_one(&reads.expect("in")).await.expect("a count");
    assert_eq!(all as u64, hub.ledger.last(institution).await.expect("a place"), "without naming an institution");

    // And the doctor sees the difference.
    let looked = doctor::look(&serving, None, None).await;
    let bad: Vec<_> = looked.iter().filter(|found| found.state == State::Bad).collect();
    assert!(bad.is_empty(), "{bad:?}");
    assert!(looked.iter().any(|found| found.of == "role" && found.state == State::Good), "{looked:?}");
    let looked = doctor::look(&hub.cluster.url_of("liaison_read", "hub"), None, None).await;
    assert!(looked.iter().any(|found| found.of == "role" && found.state == State::Bad), "{looked:?}");
    let looked = doctor::look(&hub.cluster.url_of("owner", "postgres"), None, None).await;
    assert!(looked.iter().any(|found| found.state == State::Bad && found.to_do.contains("migrate")), "{looked:?}");
    let looked = doctor::look("postgres://nobody@127.0.0.1:1/hub", None, None).await;
    assert_eq!((looked[0].of, looked[0].state), ("database", State::Bad));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_hubs_serve_one_database() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    first.now().await;
    let (ledger, address) = beside(&hub.cluster).await;
    let (theirs, folder) = (Hub::code(&hub, institution).await, tempfile::tempdir().expect("a folder"));
    sync_join(folder.path(), Some(PASSCODE), &address, &theirs, "ada@northfield.example", &|_| {})
        .await
        .expect("joined");
    let session = start::open(folder.path(), Some(PASSCODE)).await.expect("opened");
    let second = Desk { session, _folder: folder };
    for session in [first.session.clone(), second.session.clone()] {
        tokio::spawn(async move { sync::run(&session).await });
    }
    // Both write at once, each to its hub; what one does is at the other without anybody asking.
    let mut made = Vec::new();
    for number in 0..12 {
        made.push(first.add(&format!("Dana{number}")).await);
        made.push(second.add(&format!("Gil{number}")).await);
    }
    let all_there = async {
        for id in &made {
            while first.find(*id).await.is_none() || second.find(*id).await.is_none() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), all_there).await.expect("it comes by itself");
    first.now().await;
    second.now().await;
    first.now().await;
    assert_eq!(first.everything().await, second.everything().await);
    assert_eq!(ledger.last(institution).await.expect("a place"), hub.ledger.last(institution).await.expect("a place"));
    let pulled = ledger.pull(institution, Id::from_parts(2, [8; 10]), 0, false).await.expect("a log");
    let places: Vec<u64> = pulled.entries.iter().map(|placed| placed.place).collect();
    assert!(places.iter().copied().eq(1..=places.len() as u64), "no place is left out or given twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_institution_is_exported_suspended_and_removed() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    let dana = first.add("Dana").await;
    first.now().await;
    let other = Id::from_parts(1, [9; 10]);
    hub.ledger.add_institution(other, "Elsewhere").await.expect("taken in");

    let mut file = Vec::new();
    let lines = hub.ledger.export(institution, &mut file).await.expect("exported");
    let text = String::from_utf8(file).expect("text");
    let rows: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(rows.len() as u64, lines);
    let contact = rows.iter().find(|row| row["record"] == dana.to_string()).expect("the contact");
    assert_eq!((&contact["kind"], &contact["fields"]["first_name"]), (&Json::from("contact"), &Json::from("Dana")));
    let records = rows.iter().filter(|row| row.get("record").is_some()).count();
    assert_eq!(records, first.everything().await.len());
    assert!(!text.contains("credential"));

    hub.ledger.suspend(institution, true).await.expect("suspended");
    let gil = first.add("Gil").await;
    let refused = sync_now(&first.session).await;
    assert!(matches!(refused, Err(CommandError::Hub { problem: HubProblem::Unreachable, .. })), "{refused:?}");
    hub.ledger.suspend(institution, false).await.expect("let in again");
    let done = first.now().await;
    assert!(done.sent >= 1 && done.refused == 0, "what was done meanwhile is sent: {done:?}");
    assert!(first.find(gil).await.is_some());

    let wrong = hub.ledger.remove(institution, "Elsewhere").await;
    assert!(wrong.expect_err("another name").to_string().contains("nothing was removed"));
    first.now().await;
    hub.ledger.remove(institution, "Northfield University").await.expect("removed");
    let count = hub.cluster.tool("psql", &["-At", "-d", "hub", "-c", "SELECT (SELECT count(*) FROM operation)+(SELECT count(*) FROM record)+(SELECT count(*) FROM device)+(SELECT count(*) FROM pulse),(SELECT count(*) FROM institution)"]);
    assert_eq!(count.expect("a count").trim(), "1|1", "the other one is there, and nothing else");
    let ended = sync_now(&first.session).await;
    assert!(matches!(ended, Err(CommandError::Hub { problem: HubProblem::Ended, .. })), "{ended:?}");
}

/// The hub's program. It is killed with this value.
struct Program {
    process: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Program {
    fn serve(database: &str, listen: &str, kill_point: Option<&str>) -> Program {
        let mut command = Command::new(env!("CARGO_BIN_EXE_liaison-hub"));
        command.args(["--database", database, "--log", "json", "serve", "--listen", listen]);
        command.env_remove("LIAISON_HUB_KILL_POINT");
        command.envs(kill_point.map(|point| ("LIAISON_HUB_KILL_POINT", point)));
        command.args(["--watch", "127.0.0.1:0"]).stdin(Stdio::null()).stdout(Stdio::piped());
        // Nobody reads the log of one that is to die: it must not wait for that.
        command.stderr(if kill_point.is_some() { Stdio::null() } else { Stdio::piped() });
        let mut process = command.spawn().expect("the hub");
        let lines = BufReader::new(process.stdout.take().expect("its output"));
        Program { process, lines }
    }

    fn line(&mut self, prefix: &str) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("a line");
        line.trim().strip_prefix(prefix).unwrap_or_else(|| panic!("{line:?}")).to_owned()
    }

    fn is_alive(&mut self) -> bool {
        self.process.try_wait().expect("a process").is_none()
    }

    /// Whether it ended by itself, or is about to.
    fn died(&mut self) -> bool {
        for _ in 0..100 {
            if !self.is_alive() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    }

    /// Ends it, and gives its log.
    fn log(&mut self) -> String {
        self.process.kill().expect("killed");
        let mut log = String::new();
        self.process.stderr.take().expect("its log").read_to_string(&mut log).expect("text");
        self.process.wait().expect("ended");
        log
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may be gone already.
        let _killed = self.process.kill();
        let _ended = self.process.wait();
    }
}

/// At each point between two of its steps the hub dies once. What was acknowledged is there; what was not is done again.
#[tokio::test(flavor = "multi_thread")]
async fn wherever_the_hub_dies_nothing_is_lost_or_done_twice() {
    let cluster = Cluster::start().expect("a PostgreSQL");
    let ledger = Arc::new(Ledger::connect(&cluster.url()).await.expect("connected"));
    ledger.migrate().await.expect("migrated");
    let mut program = Program::serve(&cluster.url(), "127.0.0.1:0", None);
    let address = program.line("listening at ");
    let listen = address.trim_start_matches("http://").to_owned();
    let hub = Hub { address, ledger, cluster };
    let (first, institution) = Desk::first(&hub).await;
    first.now().await;
    let second = Desk::joins(&hub, institution).await;
    second.now().await;
    for (number, point) in liaison_hub::kill_points::ALL.into_iter().enumerate() {
        drop(program);
        program = Program::serve(&hub.url(), &listen, Some(point));
        program.line("listening at ");
        let made = match point {
            // An operation that goes in parts.
            "part_staged" => parts::long(&first).await[0],
            _ => first.add(&format!("Dana{number}")).await,
        };
        // Whichever fails: it is the hub that died.
        let (_sent, _taken) = (sync_now(&first.session).await.is_ok(), sync_now(&second.session).await.is_ok());
        let folder = tempfile::tempdir().expect("a folder");
        let code = hub.code(institution).await;
        let join = async |code: &str| {
            let waits = sync_join(folder.path(), Some(PASSCODE), &hub.address, code, "ada@northfield.example", &|_| {});
            tokio::time::timeout(Duration::from_secs(90), waits).await.expect("an end").is_ok()
        };
        let mut joined = program.is_alive() && {
            // Each needs a snapshot of its own.
            hub.cluster
                .tool("psql", &["-d", "hub", "-c", "DELETE FROM snapshot_part", "-c", "DELETE FROM snapshot"])
                .expect("gone");
            join(&code).await
        };
        assert!(program.died(), "nothing passed {point}");
        program = Program::serve(&hub.url(), &listen, None);
        program.line("listening at ");
        first.now().await;
        second.now().await;
        first.now().await;
        assert!(second.find(made).await.is_some(), "{point}");
        assert_eq!(first.everything().await, second.everything().await, "{point}");
        if !joined {
            joined = join(&hub.code(institution).await).await;
        }
        assert!(joined, "{point}");
        let third =
            Desk { session: start::open(folder.path(), Some(PASSCODE)).await.expect("opened"), _folder: folder };
        assert_eq!(third.everything().await, first.everything().await, "{point}");
    }
    for desk in [&first, &second] {
        desk.assert_sound().await;
        assert_eq!(sync_refused(&desk.session).await.expect("a list"), []);
    }
    let twice = "SELECT count(*)-count(DISTINCT (device,sequence)) FROM operation";
    assert_eq!(hub.cluster.tool("psql", &["-At", "-d", "hub", "-c", twice]).expect("a count").trim(), "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_logged_and_counted_names_nobody() {
    let cluster = Cluster::start().expect("a PostgreSQL");
    let ledger = Arc::new(Ledger::connect(&cluster.url()).await.expect("connected"));
    ledger.migrate().await.expect("migrated");
    let mut program = Program::serve(&cluster.url(), "127.0.0.1:0", None);
    let address = program.line("listening at ");
    let watched = program.line("watched at ");
    let hub = Hub { address, ledger, cluster };
    let (first, institution) = Desk::first(&hub).await;
    let gone = first.add("Xanthippe").await;
    first.now().await;
    let second = Desk::joins(&hub, institution).await;
    second.now().await;
    let one = Selection::Ids { ids: vec![gone] };
    trash::delete(&first.session, RecordKind::Contact, &one, &mut unwatched).await.expect("in the trash");
    first.now().await;

    let get = async |url: String| {
        let answer = reqwest::get(url).await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    };
    // Things that must not be written down: tokens in addresses, names of messages, what is no credential.
    for path in ["/activate?token=thesecretofthelink", "/sync/v1/staged/anameofamessage", "/ada@northfield.example"] {
        get(format!("{}{path}", hub.address)).await;
    }
    assert_eq!(hub.status("pull?after=0", "not.a.credential", None).await, 401);
    assert_eq!(hub.status("push", "not.a.credential", Some(b"Xanthippe".to_vec())).await, 401);

    assert_eq!(get(format!("{watched}/health")).await, (200, "alive".into()));
    assert_eq!(get(format!("{watched}/ready")).await, (200, "ready".into()));
    let (status, counts) = get(format!("{watched}/metrics")).await;
    assert_eq!(status, 200);
    for line in [
        r#"liaison_hub_requests_total{route="/sync/v1/pull",status="401"} 1"#,
        r#"liaison_hub_requests_total{route="/sync/v1/staged/{message}",status="401"} 1"#,
        "liaison_hub_institutions 1",
        r#"liaison_hub_operations_total{verdict="accepted",reason=""}"#,
        "liaison_hub_snapshots_total 1",
    ] {
        assert!(counts.contains(line), "{line} is not in {counts}");
    }
    // Where PostgreSQL is gone it says so, and lives.
    let mut hub = hub;
    hub.cluster.stop_for_good();
    assert_eq!(get(format!("{watched}/health")).await.0, 200);
    assert_eq!(get(format!("{watched}/ready")).await.0, 503);
    let log = program.log();
    let lines: Vec<Json> =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    let pushes = lines.iter().filter(|line| line["route"] == "/sync/v1/push" && line["status"] == 200).count();
    assert!(pushes > 1, "requests are in it: {log}");
    for nobody in [
        "Xanthippe",
        "xanthippe",
        "Reyes",
        "northfield",
        "Northfield",
        "acme.example",
        "thesecretofthelink",
        "anameofamessage",
        "not.a.credential",
        &institution.to_string(),
        &gone.to_string(),
    ] {
        assert!(!log.contains(nobody), "{nobody} is in the log");
        assert!(!counts.contains(nobody), "{nobody} is in the counts");
    }
}
