//! What is tried at the door for devices, and refused.

use crate::Hub;
use crate::tenants::as_institution;
use liaison_domain::Id;
use liaison_hub::secrets::Credential;
use liaison_portal::site;
use liaison_sync::settle;
use liaison_sync::wire::PART;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use sqlx::postgres::PgPool;

/// An institution that is taken in, without a desk.
async fn institution(hub: &Hub) -> Id {
    let institution = Id::from_parts(1, [7; 10]);
    hub.ledger.add_institution(institution, "Northfield University").await.expect("taken in");
    institution
}

/// What the hub answers to a device that joins, and its credential.
async fn join(hub: &Hub, code: &str, device: Id) -> (u16, String) {
    let body = json!({ "code": code, "device": device, "name": "A laptop", "written": 0 }).to_string();
    let url = format!("{}/sync/v1/join", hub.address);
    let answer = Client::new().post(url).body(body).send().await.expect("an answer");
    let status = answer.status().as_u16();
    let said: Value = serde_json::from_str(&answer.text().await.expect("a body")).expect("JSON");
    (status, said["credential"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_lets_one_device_in_and_never_as_somebody_that_is_none() {
    let hub = Hub::start().await;
    let institution = institution(&hub).await;
    let (one, other) = (Id::from_parts(2, [1; 10]), Id::from_parts(2, [2; 10]));

    let code = hub.code(institution).await;
    let (status, credential) = join(&hub, &code, one).await;
    assert_eq!((status, hub.status("pull?after=0", &credential, None).await), (200, 200));
    assert_eq!(join(&hub, &code, other).await.0, 403, "the code is used up");

    let code = hub.code(institution).await;
    let secret = code.split_once('.').expect("two parts").1;
    let elsewhere = Id::from_parts(3, [3; 10]);
    hub.ledger.add_institution(elsewhere, "Elsewhere").await.expect("taken in");
    for wrong in ["", ".", secret, &institution.to_string(), &format!("{elsewhere}.{secret}"), &format!("{code}x")] {
        assert_eq!(join(&hub, wrong, other).await.0, 403, "{wrong}");
    }

    // As the hub, and as the portal, which write by themselves. None of it uses up the code.
    assert!(site::add(&*hub.ledger, institution, "https://careers.northfield.example").await.is_ok());
    let pool = PgPool::connect(&hub.url()).await.expect("connected");
    let mut open = as_institution(&pool, institution).await;
    let portal: Vec<u8> =
        sqlx::query_scalar("SELECT uuid_send(device) FROM portal").fetch_one(&mut *open).await.expect("a portal");
    let portal = Id::from_bytes(&portal).expect("an id");
    for nobody in [settle::device(institution), portal] {
        assert_eq!(join(&hub, &code, nobody).await.0, 403, "{nobody}");
    }
    assert_eq!(join(&hub, &code, other).await.0, 200, "the code is still good");

    let code = hub.code(institution).await;
    let aged = sqlx::query("UPDATE code SET good_until=now()-interval '1 second'").execute(&mut *open).await;
    assert_eq!(aged.expect("changed").rows_affected(), 1);
    open.commit().await.expect("committed");
    assert_eq!(join(&hub, &code, other).await.0, 403, "the code is too old");

    // A credential that was ended stays so, whatever code comes with the device later.
    assert!(hub.ledger.revoke(institution, one).await.expect("revoked"));
    assert_eq!(hub.status("pull?after=0", &credential, None).await, 401);
    let (_, again) = join(&hub, &hub.code(institution).await, one).await;
    assert_eq!(hub.status("pull?after=0", &again, None).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_message_is_refused_and_changes_nothing() {
    let hub = Hub::start().await;
    let institution = institution(&hub).await;
    let device = Id::from_parts(2, [1; 10]);
    let (_, credential) = join(&hub, &hub.code(institution).await, device).await;

    let frame = |length: u32, kind: u8, content: &[u8]| [&length.to_le_bytes()[..], &[kind], content].concat();
    let junk = [0xff; 64];
    for body in [
        vec![0],
        vec![0; 4],
        frame(u32::MAX, 1, &junk),
        frame(65, 1, &junk),
        frame(64, 1, &junk),
        frame(0, 1, &[]),
        // A list of as many changes as a number can say.
        frame(16, 1, &[&[0; 6][..], &[0xff; 10]].concat()),
    ] {
        assert_eq!(hub.status("push", &credential, Some(body.clone())).await, 400, "{body:?}");
    }
    let long = vec![0; PART + (1 << 16) + 1];
    assert_eq!(hub.status("push", &credential, Some(long.clone())).await, 413);
    assert_eq!(hub.status("push?message=nobody-sent-it&parts=1", &credential, Some(Vec::new())).await, 409);

    let put = async |route: &str, body: Vec<u8>| {
        let url = format!("{}/sync/v1/staged/{route}", hub.address);
        let request = Client::new().request(Method::PUT, url).bearer_auth(&credential).body(body);
        request.send().await.expect("an answer").status().as_u16()
    };
    let name = "0".repeat(64);
    assert_eq!(put(&format!("{name}/64"), vec![1]).await, 400, "more parts than a message may have");
    assert_eq!(put(&format!("{name}/-1"), vec![1]).await, 400);
    assert_eq!(put("short/0", vec![1]).await, 400);
    assert_eq!(put(&format!("{name}/0"), vec![0; PART + 1]).await, 400);
    assert_eq!(put(&format!("{name}/0"), long).await, 413);

    let parsed = Credential::parse(&credential).expect("a credential");
    let other = Credential { device: Id::from_parts(2, [9; 10]), ..parsed.clone() }.text();
    let longer = format!("{credential}.x");
    for wrong in ["", "..", "x", &institution.to_string(), &parsed.secret, &other, &longer, &credential.to_uppercase()]
    {
        assert_eq!(hub.status("pull?after=0", wrong, None).await, 401, "{wrong}");
    }
    for question in ["pull", "pull?after=-1", "pull?after=x"] {
        assert_eq!(hub.status(question, &credential, None).await, 400, "{question}");
    }

    assert_eq!(hub.status(&format!("pull?after={}", u64::MAX), &credential, None).await, 200);
    assert_eq!(hub.ledger.last(institution).await.expect("a place"), 0, "nothing was written");
}
