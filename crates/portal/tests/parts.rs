//! Passwords, what is signed, and what forms send, as others use them.

mod form {
    use liaison_portal::form::*;

    #[test]
    fn fields_are_read_and_what_nobody_types_is_refused() {
        let form = Form::parse(b"name=Dana+Reyes&title=%C3%A9+&name=Eve").expect("a form");
        assert_eq!((form.raw("name"), form.text("title").as_str(), form.raw("none")), ("Dana Reyes", "\u{e9}", ""));
        assert!(Form::parse(b"name=%00").is_none() && Form::parse(b"name=%ff").is_none());
        let many = |count: usize| vec!["a=b"; count].join("&");
        assert!(Form::parse(many(200).as_bytes()).is_some() && Form::parse(many(201).as_bytes()).is_none());
    }
}

mod passwords {
    use liaison_portal::passwords::*;

    #[tokio::test]
    async fn the_right_password_is_right_however_it_is_typed() {
        let passwords = Passwords::default();
        let kept = passwords.hash("caf\u{e9} au lait, twice").await.expect("a hash");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_eq!(passwords.is_right("cafe\u{301} au lait, twice", Some(&kept)).await, Ok(true));
        assert_eq!(passwords.is_right("cafe au lait, twice", Some(&kept)).await, Ok(false));
        assert_eq!(passwords.is_right("nobody has this", None).await, Ok(false), "nobody is nobody");
        assert_eq!(passwords.is_right(&"x".repeat(100_000), Some(&kept)).await, Ok(false));
        assert_eq!(passwords.is_right("anything", Some("not a hash")).await, Ok(false));
    }
}

mod secrets {
    use liaison_portal::secrets::*;

    #[test]
    fn only_what_was_sealed_for_the_purpose_is_unsealed() {
        let (key, other) = (Key::draw(), Key::draw());
        let sealed = key.seal("shown", "17.x");
        assert_eq!(key.unseal("shown", &sealed).as_deref(), Some("17.x"));
        assert_eq!(key.unseal("op", &sealed), None, "for another purpose");
        assert_eq!(other.unseal("shown", &sealed), None, "by another institution");
        for wrong in ["", ".", "17.x", &format!("1{sealed}"), &sealed[..sealed.len() - 1]] {
            assert_eq!(key.unseal("shown", wrong), None, "{wrong}");
        }
        assert_ne!(key.sign(&["ab", "c"]), key.sign(&["a", "bc"]));
        assert_ne!(draw(), draw());
    }
}
