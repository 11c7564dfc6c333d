//! How this computer sends mail. The password lies in the keychain; where the person chose a passcode instead of the
//! keychain, or there is none, in the database, which the desk's key encrypts.

use super::postbox::Postbox;
use super::refused;
use super::trouble::MailTrouble;
use liaison_domain::refusal::{FieldProblem, Problem};
use liaison_domain::{Permission, limits};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::CommandError;
use liaison_engine::moment::new_id;
use liaison_engine::session::Session;
use liaison_mail::smtp::Security;
use liaison_mail::{Connection, Letter, Mailbox, Message, Patience, Server, Text, compose};
use liaison_queries::outbox;
use liaison_store::StoreError;
use liaison_store::key::{self, Protection};
use serde::{Deserialize, Serialize};
use specta::Type;

/// How the connection to the server is secured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    /// TLS from the second word on, usually on port 587.
    StartTls,
    /// TLS from the start, usually on port 465. What new settings suggest (RFC 8314, 3): nobody in between can take part
    /// in a conversation that is encrypted from its first word.
    #[default]
    Tls,
    /// None: to this computer itself only.
    None,
}

/// How this computer sends mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MailSettings {
    /// The server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub security: MailSecurity,
    /// The user to log in as; empty where the server wants none.
    pub user: String,
    /// The name messages come from.
    pub from_name: String,
    /// The address messages come from.
    pub from_address: String,
    /// Where answers go; empty where that is the address they come from.
    pub reply_to: String,
    /// The certificate of an authority to trust besides the system's, as PEM; usually empty.
    pub authority: String,
}

/// The settings as the screen shows them: the password is never told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct MailSettingsInfo {
    /// The settings; none where mail was never set up here.
    pub settings: Option<MailSettings>,
    /// There is a password.
    pub has_password: bool,
    /// It lies in the keychain of the system.
    pub in_keychain: bool,
}

/// What came of a test message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct MailTested {
    /// Whether the server took it.
    pub sent: bool,
    /// Why it did not.
    pub trouble: Option<MailTrouble>,
}

/// As stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    settings: MailSettings,
    /// The account in the keychain that has the password.
    keychain: Option<String>,
}

impl MailSettings {
    fn check(&self) -> Result<(), CommandError> {
        let mut problems = Vec::new();
        let mut refuse = |field: &str, problem| problems.push(FieldProblem { field: field.to_owned(), problem });
        for (field, text, most) in [
            ("host", &self.host, limits::MAIL_SETTING),
            ("user", &self.user, limits::MAIL_SETTING),
            ("from_name", &self.from_name, limits::MAIL_SETTING),
            ("from_address", &self.from_address, limits::MAIL_SETTING),
            ("reply_to", &self.reply_to, limits::MAIL_SETTING),
            ("authority", &self.authority, limits::CERTIFICATES),
        ] {
            if limits::longer(text, most) {
                refuse(field, Problem::TooLong { max: most as u32 });
            }
        }
        if !problems.is_empty() {
            return Err(CommandError::Validation { fields: problems });
        }
        let mut refuse = |field: &str, problem| problems.push(FieldProblem { field: field.to_owned(), problem });
        if self.host.trim().is_empty() {
            refuse("host", Problem::Required);
        } else if self.host.contains(|c: char| c.is_whitespace() || c.is_control() || "/@:".contains(c)) {
            refuse("host", Problem::NotAUrl);
        }
        if self.port == 0 {
            refuse("port", Problem::Required);
        }
        if self.from_address.trim().is_empty() {
            refuse("from_address", Problem::Required);
        } else if liaison_mail::Address::parse(&self.from_address).is_err() {
            refuse("from_address", Problem::NotAnEmail);
        } else if Mailbox::new(&self.from_name, &self.from_address).is_err() {
            refuse("from_name", Problem::ControlCharacters);
        }
        if !self.reply_to.trim().is_empty() && liaison_mail::Address::parse(&self.reply_to).is_err() {
            refuse("reply_to", Problem::NotAnEmail);
        }
        if problems.is_empty() { Ok(()) } else { Err(CommandError::Validation { fields: problems }) }
    }

    /// Who the messages come from.
    pub(super) fn from(&self) -> Result<Mailbox, liaison_mail::AddressProblem> {
        Mailbox::new(&self.from_name, &self.from_address)
    }

    fn server(&self, password: Option<String>) -> Server {
        Server {
            host: self.host.trim().to_owned(),
            port: self.port,
            security: match self.security {
                MailSecurity::StartTls => Security::StartTls,
                MailSecurity::Tls => Security::Tls,
                MailSecurity::None => Security::None,
            },
            log_in: (!self.user.is_empty()).then(|| (self.user.clone(), password.unwrap_or_default())),
            authority: Some(self.authority.clone()).filter(|pem| !pem.trim().is_empty()),
            patience: Patience::default(),
        }
    }
}

/// How this computer sends mail.
pub async fn mail_settings(session: &Session) -> Result<MailSettingsInfo, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let stored = stored_settings(session).await?;
    Ok(match stored {
        None => MailSettingsInfo { settings: None, has_password: false, in_keychain: false },
        Some((stored, password)) => MailSettingsInfo {
            has_password: password.is_some() || stored.keychain.is_some(),
            in_keychain: stored.keychain.is_some(),
            settings: Some(stored.settings),
        },
    })
}

/// Sets how this computer sends mail. `password`: none leaves it as it is, an empty one takes it away. A password
/// goes to no server but the one it was typed for: with another server it must be given anew.
///
/// Errors: `Validation` with the key of the setting, `Denied`.
pub async fn mail_settings_set(
    session: &Session,
    settings: &MailSettings,
    password: Option<String>,
) -> Result<MailSettingsInfo, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    settings.check()?;
    let before = stored_settings(session).await?;
    let keeps = |before: &Stored| before.settings.host == settings.host && !settings.user.is_empty();
    let (mut keychain, mut beside) = (None, None);
    match (password, before) {
        (Some(password), before) => {
            if let Some(account) = before.and_then(|(stored, _)| stored.keychain) {
                forget(account).await;
            }
            if !password.is_empty() && !settings.user.is_empty() {
                (keychain, beside) = keep_password(session, password).await?;
            }
        }
        (None, Some((stored, password))) if keeps(&stored) => (keychain, beside) = (stored.keychain, password),
        (None, Some((stored, password))) => {
            if !settings.user.is_empty() && (password.is_some() || stored.keychain.is_some()) {
                return Err(refused("password", Problem::Required));
            }
            if let Some(account) = stored.keychain {
                forget(account).await;
            }
        }
        (None, None) => {}
    }
    let stored = Stored { settings: settings.clone(), keychain };
    let text = serde_json::to_string(&stored).map_err(CommandError::internal)?;
    session.engine().database().write(|db| outbox::set_settings(db, &text, beside.as_deref())).await?;
    session.engine().state::<Postbox>().try_again();
    session.tell(vec![CacheTag::Mail]);
    mail_settings(session).await
}

/// Forgets how this computer sends mail, with the password: messages are handed over to the person's own mail program
/// from now on.
pub async fn mail_settings_clear(session: &Session) -> Result<(), CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    if let Some((Stored { keychain: Some(account), .. }, _)) = stored_settings(session).await? {
        forget(account).await;
    }
    session.engine().database().write(outbox::clear_settings).await?;
    session.engine().state::<Postbox>().try_again();
    session.tell(vec![CacheTag::Mail]);
    Ok(())
}

/// Sends a test message to an address, now and past the outbox.
pub async fn mail_test(session: &Session, to: &str) -> Result<MailTested, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let Some((settings, server)) = mail_server(session).await? else {
        return Err(refused("host", Problem::Required));
    };
    let recipient = Mailbox::new("", to).map_err(|_| refused("to", Problem::NotAnEmail))?;
    let from = settings.from().map_err(|_| refused("from_address", Problem::NotAnEmail))?;
    let now = session.now();
    let look = super::letterhead::look(session).await?;
    let letter = Letter {
        id: super::places::uuid(new_id(now)),
        date: now as i64,
        from,
        to: recipient,
        reply_to: Mailbox::new("", &settings.reply_to).ok(),
        subject: Text::plain("Test message"),
        text: Text::plain("This is a test message. It arrived: mail can be sent from this computer."),
        button: None,
        unsubscribe: None,
        automatic: true,
    };
    let message = compose(&letter, &look).map_err(CommandError::internal)?;
    Ok(send_now(session, &server, &message))
}

/// Hands a message to the server, now and past the outbox, and says what came of it.
pub(super) fn send_now(session: &Session, server: &Server, message: &Message) -> MailTested {
    let sent = tokio::task::block_in_place(|| {
        let mut connection = Connection::open(server)?;
        let sent = connection.send(message);
        connection.close();
        sent
    });
    let trouble = sent.err().map(|error| MailTrouble::of(&error));
    if trouble.is_none() {
        session.engine().state::<Postbox>().try_again();
    }
    MailTested { sent: trouble.is_none(), trouble }
}

/// The settings, and the server with its password. `None` where mail was never set up here.
///
/// Errors: `Keychain` where the keychain does not give the password; it may just be locked.
pub(super) async fn mail_server(session: &Session) -> Result<Option<(MailSettings, Server)>, CommandError> {
    let Some((stored, beside)) = stored_settings(session).await? else { return Ok(None) };
    let password = match stored.keychain {
        Some(account) => Some(tokio::task::block_in_place(|| key::kept_secret(&account))?),
        None => beside,
    };
    let server = stored.settings.server(password);
    Ok(Some((stored.settings, server)))
}

/// The settings alone.
pub(crate) async fn settings(session: &Session) -> Result<Option<MailSettings>, CommandError> {
    Ok(stored_settings(session).await?.map(|(stored, _)| stored.settings))
}

async fn stored_settings(session: &Session) -> Result<Option<(Stored, Option<String>)>, CommandError> {
    let stored = session.read(|view| {
        let Some((settings, password)) = outbox::settings(view.everything())? else { return Ok(None) };
        let stored = serde_json::from_str(&settings).map_err(|e| StoreError::Damaged(format!("mail settings: {e}")))?;
        Ok(Some((stored, password)))
    });
    Ok(stored.await?)
}

/// Keeps the password: the account in the keychain, or the password itself to be kept in the database.
async fn keep_password(session: &Session, password: String) -> Result<(Option<String>, Option<String>), CommandError> {
    if key::protection(session.directory())? == Some(Protection::Keychain) {
        let account = format!("mail {}", new_id(session.now()));
        match tokio::task::block_in_place(|| key::keep_secret(&account, &password)) {
            Ok(()) => return Ok((Some(account), None)),
            Err(error) => tracing::warn!("the keychain does not keep the mail password: {error}"),
        }
    }
    Ok((None, Some(password)))
}

/// An entry that can't be taken out of the keychain is left there: nothing reads it any more.
async fn forget(account: String) {
    if let Err(error) = tokio::task::block_in_place(|| key::forget_secret(&account)) {
        tracing::warn!("the keychain keeps an old mail password: {error}");
    }
}
