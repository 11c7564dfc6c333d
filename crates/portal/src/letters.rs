//! The letters of the hub. No word in them is one that somebody typed who had not proven an address: letters to strangers
//! are used to send advertisements through a name.

/// A letter, before it is composed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// What the button says.
    pub label: &'static str,
    /// Where it leads.
    pub link: String,
}

/// Somebody signs up whose address is new here.
pub fn confirm(institution: &str, link: String) -> Words {
    Words {
        subject: format!("Confirm your email for {institution}"),
        body: format!(
            "Hello,\n\nSomeone, probably you, asked to recruit at {institution} with this email address. \
             Confirm it and choose a password within 24 hours to create your account.\n\n\
             If you didn’t ask for this, ignore this message. No account is created."
        ),
        label: "Confirm your email",
        link,
    }
}

/// Somebody signs up whom the career center knows already, and who has no password yet.
pub fn claim(institution: &str, link: String) -> Words {
    Words {
        subject: format!("Choose a password for {institution}"),
        body: format!(
            "Hello,\n\nSomeone, probably you, asked to recruit at {institution} with this email address. \
             The career center has already added you. Choose a password within 24 hours to log in.\n\n\
             If you didn’t ask for this, ignore this message. Nothing changes."
        ),
        label: "Choose a password",
        link,
    }
}

/// A colleague invites somebody who is nobody here yet.
pub fn colleague(institution: &str, link: String) -> Words {
    Words {
        subject: format!("A colleague invited you to recruit at {institution}"),
        body: format!(
            "Hello,\n\nSomeone at your employer recruits at {institution} and invited you to join them there. \
             Choose a password within 7 days to create your account.\n\n\
             If you don’t want to, ignore this message. No account is created."
        ),
        label: "Create your account",
        link,
    }
}

/// Somebody signs up who has an account.
pub fn has_account(institution: &str, link: String) -> Words {
    Words {
        subject: format!("You already have an account at {institution}"),
        body: format!(
            "Hello,\n\nSomeone, probably you, tried to sign up at {institution} with this email address. \
             You already have an account with it, so you can log in. If you forgot your password, you can choose a \
             new one there.\n\nIf this wasn’t you, ignore this message. Nothing changes."
        ),
        label: "Log in",
        link,
    }
}

/// Somebody signs up anew who has an account, and whom the career center did not take into its directory.
pub fn again(institution: &str, link: String) -> Words {
    Words {
        subject: format!("Sign up again at {institution}"),
        body: format!(
            "Hello,\n\nSomeone, probably you, asked to recruit at {institution} with this email address. \
             You already have an account with it. To ask the career center to look at your sign-up again, confirm it \
             within 24 hours.\n\nIf you didn’t ask for this, ignore this message. Nothing changes."
        ),
        label: "Sign up again",
        link,
    }
}

/// Somebody signs up who may not: the career center lets only those in whom it knows, or only those it invited.
pub fn not_open(institution: &str, by_invitation: bool, link: String) -> Words {
    let whom = match by_invitation {
        true => "Only people it has invited can create an account",
        false => "Only people it knows, or whose employer’s email domain it knows, can create an account",
    };
    Words {
        subject: format!("Signing up at {institution}"),
        body: format!(
            "Hello,\n\nSomeone, probably you, asked to recruit at {institution} with this email address. {whom}. \
             To be invited, write to or call the career center.\n\n\
             If you didn’t ask for this, ignore this message. No account is created."
        ),
        label: "See how to reach the career center",
        link,
    }
}

/// Somebody forgot the password.
pub fn reset(institution: &str, link: String) -> Words {
    Words {
        subject: format!("Choose a new password for {institution}"),
        body: "Hello,\n\nSomeone, probably you, asked for a new password for the account with this email address. \
             Choose one within 60 minutes.\n\nIf you didn’t ask for this, ignore this message. Your password stays as it is."
            .into(),
        label: "Choose a new password",
        link,
    }
}

/// The password was changed.
pub fn password_changed(institution: &str, link: String) -> Words {
    Words {
        subject: format!("Your password for {institution} was changed"),
        body: "Hello,\n\nThe password of the account with this email address was just changed, and everyone who was \
             logged in with the old one was logged out.\n\nIf this wasn’t you, choose a new password right away."
            .into(),
        label: "Choose a new password",
        link,
    }
}

/// Somebody wants to log in with this address from now on.
pub fn confirm_address(institution: &str, link: String) -> Words {
    Words {
        subject: format!("Confirm your new email for {institution}"),
        body: format!(
            "Hello,\n\nSomeone, probably you, asked to use this email address for an account at {institution}. Confirm it \
             within 24 hours. You’ll need the password of your account.\n\n\
             If you didn’t ask for this, ignore this message. Nothing changes."
        ),
        label: "Confirm your new email",
        link,
    }
}

/// The address of an account is about to change: to the one it has.
pub fn address_asked(institution: &str, link: String) -> Words {
    Words {
        subject: format!("Someone asked to change your email for {institution}"),
        body: "Hello,\n\nSomeone who knows your password, probably you, asked to use another email address for this account. \
             Nothing changes until the new address is confirmed.\n\nIf this wasn’t you, choose a new password right away."
            .into(),
        label: "Choose a new password",
        link,
    }
}

/// The address of an account was changed: to the one it had.
pub fn address_changed(institution: &str, link: String) -> Words {
    Words {
        subject: format!("Your email for {institution} was changed"),
        body: "Hello,\n\nThe account with this email address now uses another one.\n\nIf this wasn’t you, take this address \
             back within 7 days. Everyone who is logged in is logged out then, and you choose a new password."
            .into(),
        label: "Keep this address",
        link,
    }
}
