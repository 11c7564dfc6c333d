import type { TFunction } from "i18next";
import type { Done, ReviewAction, ReviewPreview } from "~/ipc";

export type ReviewKind = ReviewAction["action"];

const approves = (action: ReviewKind) => action === "approve" || action === "approve_and_assign";

/** Whether the contacts are in the directory now, so that a reject takes them out of it. */
export type ReviewOrigin = "queue" | "directory";

/** What the action will do, to how many, and what it will not: the sentences of the dialog. */
export function previewSentences(
  t: TFunction,
  action: ReviewKind,
  preview: ReviewPreview,
  { name, origin }: { name: string | null; origin: ReviewOrigin },
): string[] {
  if (name !== null && preview.contacts + preview.skipped === 1) return oneSentences(t, action, preview, name, origin);
  const rejected = origin === "queue" ? "review.will.reject" : "review.will.leave";
  const sentences = [t(approves(action) ? "review.will.approve" : rejected, { count: preview.contacts })];
  if (action === "approve") sentences.push(t("review.wont.approve", { count: preview.can_still_log_in }));
  if (action === "approve_and_assign")
    sentences.push(t("review.will.assign", { count: preview.users }), t("review.wont.assign"));
  if (action === "reject") sentences.push(t("review.wont.reject", { count: preview.can_still_log_in }));
  if (action === "reject_and_revoke") sentences.push(t("review.will.revoke", { count: preview.users }));
  if (preview.skipped > 0)
    sentences.push(
      t(approves(action) ? "review.wont.skippedApprove" : "review.wont.skippedReject", { count: preview.skipped }),
    );
  return sentences;
}

function oneSentences(t: TFunction, action: ReviewKind, preview: ReviewPreview, name: string, origin: ReviewOrigin) {
  const moves = preview.contacts === 1;
  const sentences = approves(action)
    ? [t(moves ? "review.one.approve" : "review.one.approveAlready", { name })]
    : [t(moves ? (origin === "queue" ? "review.one.stay" : "review.one.leave") : "review.one.rejectAlready", { name })];
  if (action === "approve" || action === "reject")
    sentences.push(t(preview.can_still_log_in > 0 ? "review.one.canLogIn" : "review.one.cantLogIn", { name }));
  if (action === "approve_and_assign")
    sentences.push(
      t(preview.users > 0 ? "review.one.assign" : "review.one.assignNone", { name }),
      t("review.one.accessStays"),
    );
  if (action === "reject_and_revoke")
    sentences.push(t(preview.users > 0 ? "review.one.revoke" : "review.one.revokeNone", { name }));
  return sentences;
}

/** What was done, for the toast. `name` where it was one contact. */
export function doneWords(t: TFunction, action: ReviewKind, done: Done, name: string | null, role: string): string {
  if (done.changed === 0 && done.users === 0) return t("review.done.nothing");
  if (name !== null && done.changed === 1 && (action === "approve" || action === "reject" || done.users === 1))
    return t(`review.done.one.${action}`, { name, role });
  const sentences =
    name !== null && done.changed === 1
      ? [t(`review.done.one.${approves(action) ? "approve" : "reject"}`, { name })]
      : [t(`review.done.many.${action}`, { count: done.changed })];
  if (action === "approve_and_assign" && done.users > 0)
    sentences.push(t("review.done.assigned", { count: done.users, role }));
  if (action === "reject_and_revoke" && done.users > 0) sentences.push(t("review.done.revoked", { count: done.users }));
  return sentences.join(" ");
}
