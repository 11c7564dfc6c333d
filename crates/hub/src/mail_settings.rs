//! The mail server that the hub sends the portal's letters through, as its operator gives it.

use anyhow::{Context as _, Result, bail};
use clap::Args;
use liaison_mail::smtp::{Patience, Security};
use liaison_mail::{Address, Server};
use liaison_portal::outbox::MailServer;
use std::path::PathBuf;

/// Where letters go, and in whose name.
#[derive(Args, Clone, Debug, Default)]
pub struct MailSettings {
    /// The mail server, host:port. Port 465 is TLS; any other one STARTTLS, but for a server on this computer
    #[arg(long, env = "LIAISON_HUB_MAIL_SERVER")]
    mail_server: Option<String>,
    /// The address that letters come from
    #[arg(long, env = "LIAISON_HUB_MAIL_FROM")]
    mail_from: Option<String>,
    /// The user at the mail server
    #[arg(long, env = "LIAISON_HUB_MAIL_USER")]
    mail_user: Option<String>,
    /// A file with the password of that user
    #[arg(long, env = "LIAISON_HUB_MAIL_PASSWORD_FILE")]
    mail_password_file: Option<PathBuf>,
}

impl MailSettings {
    /// The mail server; `None` where none was given.
    ///
    /// # Errors
    /// Where a part is missing or is none.
    pub fn server(&self) -> Result<Option<MailServer>> {
        let Some(server) = &self.mail_server else { return Ok(None) };
        let from = self.mail_from.as_deref().context("give the address that mail comes from, --mail-from")?;
        Address::parse(from).with_context(|| format!("--mail-from: {from}"))?;
        let (host, port) = server.rsplit_once(':').context("--mail-server is host:port")?;
        let port: u16 = port.parse().ok().context("--mail-server is host:port")?;
        let is_here = ["localhost", "127.0.0.1", "[::1]"].contains(&host);
        let security = match port {
            465 => Security::Tls,
            _ if is_here && self.mail_user.is_none() => Security::None,
            _ => Security::StartTls,
        };
        let log_in = match (&self.mail_user, &self.mail_password_file) {
            (Some(user), Some(file)) => {
                let password =
                    std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
                Some((user.clone(), password.trim_end_matches(['\r', '\n']).to_owned()))
            }
            (None, None) => None,
            _ => bail!("--mail-user and --mail-password-file belong together"),
        };
        let server = Server {
            host: host.trim_matches(['[', ']']).to_owned(),
            port,
            security,
            log_in,
            authority: None,
            patience: Patience::default(),
        };
        Ok(Some(MailServer { server, from: from.to_owned() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(server: &str, from: Option<&str>) -> MailSettings {
        MailSettings { mail_server: Some(server.into()), mail_from: from.map(str::to_owned), ..MailSettings::default() }
    }

    #[test]
    fn the_port_says_how_a_server_is_spoken_to() {
        let from = Some("careers@northfield.example");
        for (server, security) in [
            ("mail.example:465", Security::Tls),
            ("mail.example:587", Security::StartTls),
            ("127.0.0.1:25", Security::None),
        ] {
            let mail = settings(server, from).server().expect("settings").expect("a server");
            assert_eq!(mail.server.security, security, "{server}");
        }
        assert!(MailSettings::default().server().expect("none").is_none());
        for (server, from) in [("mail.example", from), ("mail.example:x", from), ("mail.example:25", None)] {
            assert!(settings(server, from).server().is_err(), "{server}");
        }
    }
}
