import { Archive, ArchiveRestore, ArrowDown, ArrowUp, Ellipsis, GripVertical, PencilLine, Trash2 } from "lucide-react";
import { Button as AriaButton, DropIndicator, GridList, GridListItem, useDragAndDrop } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Id, OnboardingQuestion } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import rows from "~/kit/layout/Rows.module.css";
import stack from "~/kit/layout/Stack.module.css";

import { moved } from "../fields/order.ts";

type Props = {
  label: string;
  questions: OnboardingQuestion[];
  canManage: boolean;
  /** Without it their order says nothing. */
  onReorder?: (ids: Id[]) => void;
  onEdit: (question: OnboardingQuestion) => void;
  onRetire: (question: OnboardingQuestion) => void;
  onDelete: (question: OnboardingQuestion) => void;
};

/** Questions in their order, reordered by dragging, by keys on the handle (Enter, arrows, Enter), or from the menu. */
export function QuestionList({ label, questions, canManage, onReorder, onEdit, onRetire, onDelete }: Props) {
  const { t } = useTranslation();
  const ids = questions.map(({ id }) => id);
  const canMove = canManage && onReorder !== undefined;
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !canMove,
    getItems: (keys) => [...keys].map((key) => ({ "text/plain": String(key) })),
    renderDropIndicator: (target) => <DropIndicator target={target} className={rows.drop ?? ""} />,
    onReorder: ({ keys, target }) => {
      if (target.dropPosition === "on") return;
      onReorder?.(moved(ids, [...keys].map(String), String(target.key), target.dropPosition));
    },
  });
  const step = (at: number, by: -1 | 1) => {
    const next = [...ids];
    const [id] = next.splice(at, 1);
    if (id !== undefined) next.splice(at + by, 0, id);
    onReorder?.(next);
  };
  return (
    <GridList aria-label={label} className={rows.list ?? ""} items={questions} dragAndDropHooks={dragAndDropHooks}>
      {questions.map((question, at) => {
        const { id, text, kind, choices, required, answers, retired } = question;
        const menu = t("onboarding.actions", { question: text });
        return (
          <GridListItem key={id} id={id} textValue={text} className={rows.row ?? ""}>
            {canMove && (
              <AriaButton slot="drag" className={rows.handle ?? ""}>
                <GripVertical size={16} aria-hidden />
              </AriaButton>
            )}
            <span className={stack.words}>
              <span className={rows.name}>{text}</span>
              <span className={rows.note}>
                {[
                  t(`onboarding.type.${kind}`),
                  choices.length > 0 ? choices.join(", ") : null,
                  t("onboarding.answers", { count: answers }),
                ]
                  .filter((part) => part !== null)
                  .join(" · ")}
              </span>
            </span>
            {required && <Chip>{t("onboarding.required")}</Chip>}
            {canManage && (
              <Menu label={menu} trigger={<IconButton label={menu} icon={Ellipsis} size="small" />}>
                <MenuItem id="edit" icon={PencilLine} onAction={() => onEdit(question)}>
                  {t("onboarding.edit")}
                </MenuItem>
                {canMove && (
                  <>
                    <MenuItem id="up" icon={ArrowUp} isDisabled={at === 0} onAction={() => step(at, -1)}>
                      {t("onboarding.up")}
                    </MenuItem>
                    <MenuItem
                      id="down"
                      icon={ArrowDown}
                      isDisabled={at === ids.length - 1}
                      onAction={() => step(at, 1)}
                    >
                      {t("onboarding.down")}
                    </MenuItem>
                  </>
                )}
                <MenuItem id="retire" icon={retired ? ArchiveRestore : Archive} onAction={() => onRetire(question)}>
                  {t(retired ? "onboarding.ask" : "onboarding.retire")}
                </MenuItem>
                <MenuSeparator />
                <MenuItem
                  id="delete"
                  icon={Trash2}
                  tone="bad"
                  isDisabled={answers > 0}
                  note={answers > 0 ? t("onboarding.hasAnswers") : undefined}
                  onAction={() => onDelete(question)}
                >
                  {t("onboarding.delete")}
                </MenuItem>
              </Menu>
            )}
          </GridListItem>
        );
      })}
    </GridList>
  );
}
