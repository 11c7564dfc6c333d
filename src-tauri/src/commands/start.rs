//! First start, unlocking, and what every screen needs to know.

use crate::files::NamedFile;
use crate::secret::Secret;
use crate::shell::{OpeningProblem, Shell};
use liaison_app::CommandError;
use liaison_app::idle::DamageNotice;
use liaison_app::names;
use liaison_app::phase;
use liaison_app::phase::AppPhase;
use liaison_app::policy::{self, PolicyInfo};
use liaison_app::recovery::{self, Administrator, Recovered};
use liaison_app::schema::KindSchema;
use liaison_app::security::FailedAttempts;
use liaison_app::start::{self, ActorInfo, SetupDone, SetupInput};
use liaison_app::{clock, idle, sample, security};
use liaison_domain::Id;
use liaison_domain::clock::ClockDoubt;
use liaison_domain::time_zone::TimeZone;
use serde::Serialize;
use specta::Type;
use tauri::State;
use zeroize::Zeroize as _;

/// Where the app stands.
#[derive(Clone, Debug, Serialize, Type)]
pub struct AppState {
    /// What stands between the person and the desk.
    pub phase: AppPhase,
    /// The institution's name, once the desk is open.
    pub institution: Option<String>,
    /// Who is at the desk, once it is open.
    pub actor: Option<ActorInfo>,
    /// Whether this system has a keychain that works; asked before the first set-up only.
    pub keychain: bool,
    /// Why the desk did not open by itself.
    pub problem: Option<OpeningProblem>,
    /// What is known to be wrong with what is stored; none where nothing is, and before the desk is open.
    pub damage: Option<DamageNotice>,
    /// The time zone that days go by; none before the desk is open.
    pub time_zone: Option<TimeZone>,
    /// Wrong passcodes that were entered before whoever is at the desk came; given once.
    pub failures: Option<FailedAttempts>,
    /// Why the computer's clock is not believed; none where it is, and before the desk is open.
    pub clock: Option<ClockDoubt>,
    /// What the organization prescribes for this computer; none where it prescribes nothing.
    pub policy: Option<PolicyInfo>,
    /// Version of the app.
    pub version: String,
    /// A file to start importing, given once.
    pub open_file: Option<NamedFile>,
    /// The language of the system, for example "en_US.UTF-8".
    pub locale: String,
}

/// Where the app stands; opens the desk where the keychain holds its key.
#[tauri::command]
#[specta::specta]
pub async fn app_state(shell: State<'_, Shell>) -> Result<AppState, CommandError> {
    let opening = shell.open_unasked().await?;
    let mut state = AppState {
        phase: opening.phase,
        institution: None,
        actor: None,
        keychain: opening.phase != AppPhase::Setup || phase::keychain_works(),
        problem: opening.problem,
        damage: None,
        time_zone: None,
        failures: None,
        clock: None,
        policy: policy::current().is_some().then(|| policy::current().info()),
        version: env!("CARGO_PKG_VERSION").into(),
        open_file: None,
        locale: std::env::var("LC_ALL").or_else(|_| std::env::var("LANG")).unwrap_or_default(),
    };
    if let Ok(session) = shell.session() {
        state.institution = Some(names::institution(&session).await?);
        state.actor = Some(start::actor_info(&session).await?);
        state.failures = security::take_failures(&session);
        state.damage = idle::damage_notice(&session).await?;
        state.time_zone = Some(session.time_zone());
        state.clock = clock::clock_doubt(&session);
        state.open_file = shell.take_open_file();
    }
    Ok(state)
}

/// Makes the database and opens the desk.
#[tauri::command]
#[specta::specta]
pub async fn setup_create(shell: State<'_, Shell>, mut input: SetupInput) -> Result<SetupDone, CommandError> {
    let made = start::set_up(shell.directory(), &input).await;
    input.passcode.zeroize();
    let (session, done) = made?;
    shell.open(session);
    Ok(done)
}

/// Opens the desk with a passcode; hands a desk that is open, or was locked, to whoever's passcode it is.
#[tauri::command]
#[specta::specta]
pub async fn unlock(shell: State<'_, Shell>, passcode: Secret) -> Result<(), CommandError> {
    shell.unlock(&passcode).await
}

/// Hands the open desk to a colleague chosen by name, with their passcode.
#[tauri::command]
#[specta::specta]
pub async fn person_switch(shell: State<'_, Shell>, person: Id, passcode: Secret) -> Result<(), CommandError> {
    shell.session()?;
    shell.switch_to(person, &passcode).await
}

/// For whom the recovery key can set a new passcode. What is open behind the lock is closed.
#[tauri::command]
#[specta::specta]
pub async fn recovery_administrators(
    shell: State<'_, Shell>,
    recovery_key: Secret,
) -> Result<Vec<Administrator>, CommandError> {
    shell.put_away().await?;
    recovery::administrators(shell.directory(), &recovery_key).await
}

/// Sets a new passcode with the recovery key, and makes a new one.
#[tauri::command]
#[specta::specta]
pub async fn recover(
    shell: State<'_, Shell>,
    recovery_key: Secret,
    person: Id,
    passcode: Secret,
) -> Result<Recovered, CommandError> {
    shell.put_away().await?;
    recovery::recover(shell.directory(), &recovery_key, person, &passcode).await
}

/// The field registry, with the custom attributes once the desk is open.
#[tauri::command]
#[specta::specta]
pub fn schema(shell: State<'_, Shell>) -> Result<Vec<KindSchema>, CommandError> {
    let registry = shell.session().map(|session| session.registry()).unwrap_or_default();
    Ok(liaison_app::schema::schema(&registry))
}

/// Generates sample data, as one operation.
#[tauri::command]
#[specta::specta]
pub async fn sample_create(
    shell: State<'_, Shell>,
    contacts: u32,
    progress: tauri::ipc::Channel<liaison_app::Progress>,
) -> Result<liaison_app::sample::SampleDone, CommandError> {
    sample::sample_create(&shell.session()?, contacts, start::SAMPLE_SEED, &mut crate::shell::watch(progress)).await
}

/// Looks at the computer's clock again: somebody set it.
#[tauri::command]
#[specta::specta]
pub async fn clock_check(shell: State<'_, Shell>) -> Result<Option<ClockDoubt>, CommandError> {
    clock::check_clock(&shell.session()?).await
}

/// Takes the computer's clock for right.
#[tauri::command]
#[specta::specta]
pub async fn clock_accept(shell: State<'_, Shell>) -> Result<(), CommandError> {
    clock::clock_accept(&shell.session()?).await
}
