import { Ellipsis, type LucideIcon } from "lucide-react";
import { Fragment, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Permission } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import { useMay } from "~/session/session.ts";

/**
 * Groups of an Action menu, in their order, with lines between: write, change, employment, the record as a whole, and
 * last what takes it away.
 */
const SECTIONS = [
  ["add"],
  ["edit", "access"],
  ["employment"],
  ["records", "share", "look"],
  ["review", "remove"],
] as const;

/** Something that can be done with a record, or with the selected rows of a list. */
export type Action = {
  id: string;
  group: (typeof SECTIONS)[number][number];
  label: string;
  icon: LucideIcon;
  run: () => void;
  /** Registered while the action is offered; shown in menu and tooltip. */
  hotkey?: string | undefined;
  /** Its key leads to a field to write in. */
  opensField?: boolean;
  /** Without it the action is not offered. */
  permission?: Permission;
  /** It makes no sense here now. */
  hidden?: boolean;
  /** Why it can't be done now, in a sentence; the action stays in sight. */
  disabled?: string | false;
  tone?: "plain" | "bad";
  /** Also as a button outside the menu; one primary at most. */
  place?: "menu" | "button" | "primary";
};

/**
 * What one feature lets people do: a hook, so that it can keep a dialog open and read what it needs. A page lists the
 * sets of all features in one constant; a new feature adds a file and a line there.
 */
export type ActionSet<S> = (subject: S) => { actions: Action[]; dialog?: ReactNode };

/** Runs the sets for a subject: actions the person may see, their keys registered, and whatever dialog is open. */
export function useActions<S>(sets: readonly ActionSet<S>[], subject: S, keyGroup: string, isActive = true) {
  const may = useMay();
  // The sets of a page are a constant, so these hooks are called in the same order each time.
  const parts = sets.map((useSet) => useSet(subject));
  const actions = parts
    .flatMap((part) => part.actions)
    .filter((action) => !action.hidden && (action.permission === undefined || may(action.permission)));
  useHotkeys(
    keyGroup,
    isActive
      ? actions.flatMap(({ hotkey, label, run, disabled, opensField }) =>
          hotkey ? [{ keys: hotkey, label, run, enabled: !disabled, opensField }] : [],
        )
      : [],
  );
  // Dialogs may be lazy: the page stays while their script is read.
  const dialogs = (
    <Suspense>{parts.map((part, n) => part.dialog && <Fragment key={n}>{part.dialog}</Fragment>)}</Suspense>
  );
  return { actions, dialogs };
}

function inSections(actions: Action[]): Action[][] {
  const of = (group: Action["group"]) => actions.filter((action) => action.group === group);
  return SECTIONS.map((groups) => groups.flatMap(of)).filter(({ length }) => length > 0);
}

/** Why several of the actions can't be done, where it is one reason: said once. */
function sharedReason(actions: Action[]): string | undefined {
  const reasons = actions.flatMap(({ disabled }) => (disabled ? [disabled] : []));
  return reasons.find((reason, n) => reasons.indexOf(reason) !== n);
}

/** The items of an Action menu, section by section. */
export function ActionMenu({
  label,
  actions,
  trigger,
  placement,
}: {
  label: string;
  actions: Action[];
  trigger: ReactNode;
  placement?: "bottom end" | "top end";
}) {
  if (actions.length === 0) return null;
  const reason = sharedReason(actions);
  return (
    <Menu label={label} trigger={trigger} placement={placement} top={reason}>
      {inSections(actions).map((members, n) => (
        <Fragment key={members[0]?.group}>
          {n > 0 && <MenuSeparator />}
          {members.map(({ id, label: words, icon, hotkey, tone, disabled, run }) => (
            <MenuItem
              key={id}
              id={id}
              icon={icon}
              hotkey={hotkey}
              tone={tone}
              isDisabled={Boolean(disabled)}
              note={disabled && disabled !== reason ? disabled : undefined}
              onAction={run}
            >
              {words}
            </MenuItem>
          ))}
        </Fragment>
      ))}
    </Menu>
  );
}

type ButtonsProps = {
  actions: Action[];
  size?: "normal" | "small";
  /** How many of the last have no room; the menu has them all. */
  without?: number;
};

/** The actions that have a button of their own. */
export function ActionButtons({ actions, size = "normal", without = 0 }: ButtonsProps) {
  const buttons = actions
    .filter((action) => action.place === "primary" || action.place === "button")
    .sort((a, b) => Number(b.place === "primary") - Number(a.place === "primary"));
  return buttons
    .slice(0, Math.max(0, buttons.length - without))
    .map(({ id, label, icon, hotkey, place, disabled, run }) => (
      <Button
        key={id}
        icon={icon}
        hotkey={hotkey}
        variant={size === "small" ? "quiet" : place === "primary" ? "primary" : "secondary"}
        size={size}
        isDisabled={Boolean(disabled)}
        onPress={run}
      >
        {label}
      </Button>
    ));
}

/** Buttons and Action menu of a record's page. */
export function PageActions({ actions }: { actions: Action[] }) {
  const { t } = useTranslation();
  return (
    <>
      <ActionButtons actions={actions} />
      <ActionMenu
        label={t("record.page.action")}
        actions={actions}
        trigger={<Button icon={Ellipsis}>{t("record.page.action")}</Button>}
      />
    </>
  );
}
