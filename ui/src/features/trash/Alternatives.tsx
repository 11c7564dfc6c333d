import type { TFunction } from "i18next";
import { EyeOff, type LucideIcon, Merge, MoonStar, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { call, commands, type FieldEdit, type Id, type Selection } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { countOf, fieldLabel } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import { useContact } from "~/records/profiles.ts";
import { useAppState, useFields, useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { useArchive } from "../archive/useArchive.ts";
import { useReview } from "../review/useReview.tsx";
import { useInactiveAttribute } from "./queries.ts";
import styles from "./Trash.module.css";

type One = { id: Id; onDone: () => void; onLeave: () => void; onMerge?: (id: Id) => void };

/** What can be done with a contact that can't be deleted: reject, hide, mark "Inactive", merge. */
export function AlternativesForOne({ id, onDone, onLeave, onMerge }: One) {
  const { t } = useTranslation();
  const may = useMay();
  const announce = useAnnounce();
  const review = useReview();
  const { actor } = useAppState();
  const fields = useFields("contact");
  const contact = useContact(id).data;
  const inactive = useInactiveAttribute().data ?? null;
  if (!contact) return null;
  const { name, values, frozen, chips } = contact;
  const canEdit = may("edit_contacts") && !frozen;
  const isOwn = !values.owner || values.owner === actor?.id;
  const attribute = inactive === null ? "" : fieldLabel("contact", inactive, fields);

  const edit = async (edits: FieldEdit[], words: string) => {
    onDone();
    try {
      announce((await call(commands.contactEdit(id, edits))).operation, words);
    } catch (error) {
      toastError(error);
    }
  };
  const hide = () => {
    const edits: FieldEdit[] = [{ field: "visibility", before: values.visibility ?? null, after: "myself" }];
    // "Myself" means the owner: without one nobody would see the contact.
    if (!values.owner && actor) edits.push({ field: "owner", before: null, after: actor.id });
    void edit(edits, t("trash.delete.hidden", { name }));
  };

  const offers: Offer[] = [];
  if (may("review_contacts") && chips.approval !== "rejected")
    offers.push({
      id: "reject",
      icon: X,
      label: t("trash.delete.rejectOne"),
      note: t("trash.delete.rejectNote"),
      run: () => {
        onDone();
        review.act({
          before: chips.approval,
          action: "reject",
          selection: { by: "ids", ids: [id] },
          count: 1,
          name,
        });
      },
    });
  if (canEdit && chips.visibility !== "myself")
    offers.push({
      id: "hide",
      icon: EyeOff,
      label: t("trash.delete.hide"),
      note: t(isOwn ? "trash.delete.hideNoteOwner" : "trash.delete.hideNote"),
      run: hide,
    });
  if (canEdit && inactive !== null && values[inactive] !== true)
    offers.push({
      id: "inactive",
      icon: MoonStar,
      label: t("trash.delete.inactive", { attribute }),
      note: t("trash.delete.inactiveNote"),
      run: () =>
        void edit(
          [{ field: inactive, before: values[inactive] ?? null, after: true }],
          t("trash.delete.inactivated", { name, attribute }),
        ),
    });
  if (onMerge && !frozen)
    offers.push(
      mergeOffer(t, () => {
        onLeave();
        onMerge(id);
      }),
    );
  return (
    <>
      {frozen && <p className={styles.quiet}>{t("trash.delete.frozen")}</p>}
      <Offers offers={offers} />
    </>
  );
}

/** An employer that can't be deleted may be one that is there twice. */
export function AlternativesForEmployer({ onMerge }: { onMerge: () => void }) {
  const { t } = useTranslation();
  return <Offers offers={[mergeOffer(t, onMerge)]} />;
}

function mergeOffer(t: TFunction, run: () => void): Offer {
  return { id: "merge", icon: Merge, label: t("merge.action"), note: t("trash.delete.mergeNote"), run };
}

/** What can be done at once with several contacts that can't be deleted. */
export function AlternativesForMany({ ids, onDone }: { ids: Id[]; onDone: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const review = useReview();
  const { archive } = useArchive();
  const selection: Selection = { by: "ids", ids };
  const what = countOf("contact", ids.length);
  const offers: Offer[] = [];
  if (may("review_contacts"))
    offers.push({
      id: "reject",
      icon: X,
      label: t("trash.delete.rejectMany", { what }),
      note: t("trash.delete.rejectNoteMany"),
      run: () => {
        onDone();
        review.act({ before: null, action: "reject", selection, count: ids.length, name: null });
      },
    });
  if (may("bulk_update"))
    for (const { way, icon } of [
      { way: "visibility", icon: EyeOff },
      { way: "attribute", icon: MoonStar },
    ] as const)
      offers.push({
        id: way,
        icon,
        label: t(`archive.way.${way}`),
        note: t(`archive.wayNote.${way}`),
        run: () => void archive(selection, way, null, onDone),
      });
  return <Offers offers={offers} />;
}

type Offer = { id: string; icon: LucideIcon; label: string; note: string; run: () => void };

function Offers({ offers }: { offers: Offer[] }) {
  const { t } = useTranslation();
  if (offers.length === 0) return null;
  return (
    <section>
      <h3 className={styles.insteadTitle}>{t("trash.delete.instead")}</h3>
      <ul className={stack.by8}>
        {offers.map(({ id, icon, label, note, run }) => (
          <li key={id} className={styles.offer}>
            <Button icon={icon} onPress={run}>
              {label}
            </Button>
            <span>{note}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
