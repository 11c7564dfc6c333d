import type { TFunction } from "i18next";
import type { Approval, Done, ReviewPreview } from "~/ipc";
import type { ReviewKind, ReviewRequest } from "./request.ts";

const approves = (action: ReviewKind) => action === "approve" || action === "approve_and_assign";

const target = (action: ReviewKind) => (approves(action) ? "approved" : "rejected");

type Asked = Pick<ReviewRequest, "name" | "before">;

/** What the action will do, to how many, and what it will not: the sentences of the dialog. */
export function previewSentences(
  t: TFunction,
  action: ReviewKind,
  preview: ReviewPreview,
  { name, before }: Asked,
): string[] {
  const { contacts, skipped, decided, users, users_already, can_still_log_in } = preview;
  const isApproval = approves(action);
  if (name !== null && contacts + skipped === 1) return oneSentences(t, action, preview, name, before);
  const sentences = [t(`review.will.${isApproval ? "approve" : outcome(before)}`, { count: decided })];
  const already = contacts + skipped - decided;
  if (already > 0)
    sentences.push(t(isApproval ? "review.wont.alreadyApproved" : "review.wont.alreadyRejected", { count: already }));
  if (action === "approve" || action === "reject")
    sentences.push(t(`review.wont.${action}`, { count: can_still_log_in }));
  else {
    const way = action === "approve_and_assign" ? "assign" : "revoke";
    if (users > 0) sentences.push(t(`review.will.${way}`, { count: users }));
    if (users_already > 0) sentences.push(t(`review.wont.${way}Already`, { count: users_already }));
    if (users + users_already === 0) sentences.push(t(`review.wont.${way}None`));
    else if (way === "assign") sentences.push(t("review.wont.assign"));
  }
  return sentences;
}

/** A rejected contact leaves the directory only where it is in it. */
const outcome = (before: Approval | null) => (before === "approved" ? "leave" : "stay");

function oneSentences(
  t: TFunction,
  action: ReviewKind,
  { decided, users, users_already, can_still_log_in }: ReviewPreview,
  name: string,
  before: Approval | null,
) {
  const isApproval = approves(action);
  const sentences = [
    decided === 1
      ? t(`review.one.${isApproval ? "approve" : outcome(before)}`, { name })
      : t(isApproval ? "review.one.alreadyApproved" : "review.one.alreadyRejected", { name }),
  ];
  if (action === "approve" || action === "reject")
    sentences.push(t(can_still_log_in > 0 ? `review.one.${action}CanLogIn` : "review.one.cantLogIn", { name }));
  else {
    const way = action === "approve_and_assign" ? "assign" : "revoke";
    if (users > 0) sentences.push(t(`review.one.${way}`, { name, count: users }));
    if (users_already > 0) sentences.push(t(`review.one.${way}Already`, { name, count: users_already }));
    if (users + users_already === 0) sentences.push(t(`review.one.${way}None`, { name }));
    else if (way === "assign") sentences.push(t("review.one.accessStays"));
  }
  return sentences;
}

/** What is known once it is done: the role that was assigned, and how many contacts were not so before. */
type Result = Asked & { role: string; decided: number };

/** What was done, for the toast. `name` where it was one contact. */
export function doneWords(t: TFunction, action: ReviewKind, done: Done, { name, role, decided }: Result): string {
  if (done.changed === 0)
    return name === null ? t(`review.done.nothing.${action}`) : t(`review.done.nothingOne.${action}`, { name });
  const users = changedUsers(t, "done", action, done, role);
  const isOne = name !== null && done.changed === 1;
  // The contacts were so already: only users changed.
  if (decided === 0)
    return isOne && done.users === 1
      ? t(action === "approve_and_assign" ? "review.done.one.assign" : "review.done.one.revoke", { name, role })
      : t("review.done.said", { what: users });
  if (!isOne) {
    const contacts = t(`review.done.${target(action)}`, { count: decided });
    return users === "" ? t("review.done.said", { what: contacts }) : t("review.done.both", { contacts, users });
  }
  if (done.users === 1) return t(`review.done.one.${action}`, { name, role });
  const sentence = t(approves(action) ? "review.done.one.approve" : "review.done.one.reject", { name });
  return users === "" ? sentence : `${sentence} ${t("review.done.said", { what: users })}`;
}

/** What is true again once it was undone, for the toast. */
export function undoneWords(t: TFunction, action: ReviewKind, done: Done, { name, before, decided }: Result): string {
  const users = changedUsers(t, "undone", action, done, "");
  const again = decided === 0 ? target(action) : (before ?? "mixed");
  if (name !== null && done.changed === 1) {
    if (done.users === 1)
      return t(`review.undone.${action === "approve_and_assign" ? "oneAndRole" : "oneAndAccess"}.${again}`, { name });
    if (decided > 0) {
      const sentence = t(`review.undone.one.${again}`, { name });
      return users === "" ? sentence : `${sentence} ${t("review.undone.said", { what: users })}`;
    }
  }
  if (decided === 0) return t("review.undone.said", { what: users });
  const contacts = t(`review.undone.${again}`, { count: decided });
  return users === "" ? t("review.undone.said", { what: contacts }) : t("review.undone.both", { contacts, users });
}

function changedUsers(t: TFunction, when: "done" | "undone", action: ReviewKind, done: Done, role: string): string {
  if (done.users === 0) return "";
  const way = action === "approve_and_assign" ? "assigned" : "revoked";
  return t(`review.${when}.${way}`, { count: done.users, role });
}
