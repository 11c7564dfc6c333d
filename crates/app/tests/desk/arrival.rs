//! What the use cases write is what a hub accepts from whoever wrote it: at the end of every test, all operations of its
//! desk arrive at a hub that asks for the rights of their authors.

use liaison_app::Session;
use liaison_domain::replication::{Content, LinkedOperation};
use liaison_domain::{Actor, Hlc, Id, OperationKind, Permission, RecordKind, contact};
use liaison_store::replica;
use liaison_sync::decide::{Decided, Device, State, decide};
use liaison_sync::document::Documents;
use liaison_sync::permit::permit_as;
use liaison_sync::settle;
use std::collections::HashMap;
use tokio::runtime::{Handle, RuntimeFlavor};

/// The desk's operations arrive at a hub when this is dropped.
pub struct Arrival(pub Session);

impl Drop for Arrival {
    fn drop(&mut self) {
        let Ok(runtime) = Handle::try_current() else { return };
        if std::thread::panicking() || runtime.runtime_flavor() != RuntimeFlavor::MultiThread {
            return;
        }
        let sent = self.0.engine().database().read(|db| replica::outgoing(db, 0, usize::MAX, u64::MAX));
        // Who closed or destroyed the database has nothing to send.
        let Ok(sent) = tokio::task::block_in_place(|| runtime.block_on(sent)) else { return };
        let refused: Vec<String> = arrive(&sent).iter().filter_map(refusal).collect();
        assert!(refused.is_empty(), "a hub refuses what was done here:\n{}", refused.join("\n"));
    }
}

/// What a hub decides about the operations of a desk.
fn arrive(sent: &[LinkedOperation]) -> Vec<Decided> {
    let Some(first) = sent.first() else { return Vec::new() };
    let mut state = state(Device::new(first.operation.device));
    let mut decided = Vec::new();
    for operation in sent {
        // The set-up names the first person who has rights; what the tests write past the use cases asks for none.
        let kind = operation.operation.kind.known();
        let is_exempt = matches!(kind, Some(OperationKind::InstitutionSetup | OperationKind::SampleCreate));
        state.device.founding = if is_exempt { operation.sequence } else { 0 };
        if !is_exempt {
            lacks_nothing_it_needs(operation, &state);
        }
        decided.extend(decide(std::slice::from_ref(operation), &mut state, u64::MAX >> 20).decided);
    }
    decided
}

/// Whoever may do anything but one of the things an operation needs is refused it.
fn lacks_nothing_it_needs(operation: &LinkedOperation, state: &State) {
    let head = &operation.operation;
    // What was erased since says nothing any more.
    let is_whole = operation.changes.iter().all(|change| change.content(head.kind) != Content::Gone);
    let Some(kind) = head.kind.known().filter(|_| is_whole && !operation.changes.is_empty()) else { return };
    for any_of in needs(kind, operation) {
        let others = Permission::ALL.into_iter().filter(|permission| !any_of.contains(permission)).collect();
        let author = Actor { staff: Id::constant(7), permissions: others };
        let permitted = permit_as(author, operation, &state.documents, None);
        assert!(permitted.is_err(), "a hub takes {kind:?} {:?} from whoever lacks {any_of:?}", head.detail);
    }
}

/// What the use case behind an operation asks for: any permission of each group.
fn needs(kind: OperationKind, operation: &LinkedOperation) -> Vec<Vec<Permission>> {
    use Permission::*;
    // That a message came back, with the message.
    let only_bounces = operation.changes.iter().all(|change| match change.content(operation.operation.kind) {
        Content::Fields { created: false, fields } => {
            let is_bounce = fields.iter().all(|change| change.field == contact::BOUNCED_AT.number);
            change.kind == RecordKind::Email.into() || is_bounce
        }
        _ => false,
    });
    let all = |permissions: &[Permission]| permissions.iter().map(|permission| vec![*permission]).collect();
    match kind {
        OperationKind::ContactsCreate | OperationKind::EmployersCreate => vec![vec![EditContacts, ImportContacts]],
        OperationKind::ContactsEdit if only_bounces => vec![vec![EditContacts, ImportContacts, SendMail]],
        OperationKind::ContactsEdit
        | OperationKind::EmployersEdit
        | OperationKind::ContactsAutoSync
        | OperationKind::EmployersPrimary
        | OperationKind::ContactsJobMove => vec![vec![EditContacts, ImportContacts]],
        OperationKind::ContactsApprove | OperationKind::ContactsReject => all(&[ReviewContacts]),
        OperationKind::ContactsImport | OperationKind::RecordsImport => all(&[ImportContacts]),
        OperationKind::ContactsMerge | OperationKind::EmployersMerge | OperationKind::ContactsKeepApart => {
            all(&[MergeContacts])
        }
        OperationKind::ContactsApproveInto => all(&[MergeContacts, ReviewContacts]),
        OperationKind::ContactsDelete
        | OperationKind::ContactsRestore
        | OperationKind::EmployersDelete
        | OperationKind::EmployersRestore => all(&[DeleteContacts]),
        OperationKind::ContactsErase | OperationKind::RecordsErase => all(&[EraseContacts]),
        OperationKind::UsersErase => all(&[EraseContacts, ManageAccess]),
        OperationKind::ContactsUpdate | OperationKind::EmployersUpdate | OperationKind::StudentsUpdate => {
            all(&[BulkUpdate])
        }
        OperationKind::ContactsArchive | OperationKind::ContactsRevive | OperationKind::ContactsPersonLeft => {
            let by_reject = operation.operation.detail.split('+').any(|part| part == "reject");
            if by_reject { all(&[ReviewContacts]) } else { Vec::new() }
        }
        OperationKind::LabelsRename => all(&[ManageFields]),
        OperationKind::UsersAccess | OperationKind::UsersRole => all(&[ManageAccess]),
        // Of employer users, or of staff.
        OperationKind::RolesDelete => vec![vec![ManageRoles, ManageStaff]],
        OperationKind::StudentsDeactivate | OperationKind::StudentsReactivate => all(&[ManageUsers]),
        OperationKind::StudentsAssign => all(&[AssignCases]),
        OperationKind::InvitationsSend => vec![vec![ManageUsers, WorkCases]],
        OperationKind::MailSend => all(&[SendMail]),
        OperationKind::InstitutionEdit => all(&[ManageSettings]),
        OperationKind::StaffAccess => all(&[ManageStaff]),
        OperationKind::Undo => all(&[Undo]),
        _ => Vec::new(),
    }
}

fn state(device: Device) -> State {
    State {
        hub: Device::new(settle::device(device.id)),
        device,
        known: HashMap::new(),
        documents: Documents::default(),
        taken_back: HashMap::<Id, u64>::new(),
        attributes: HashMap::new(),
        last: 0,
        greatest: Hlc(0),
    }
}

fn refusal(decided: &Decided) -> Option<String> {
    let reason = decided.refused?;
    let operation = &decided.operation;
    let kind = operation.operation.kind;
    let changes: Vec<String> = operation
        .changes
        .iter()
        .take(40)
        .map(|change| format!("  {:?} {:?}", change.kind, change.content(kind)).chars().take(700).collect())
        .collect();
    Some(format!("{kind:?} {:?}: {}\n{}", operation.operation.detail, reason.name(), changes.join("\n")))
}
