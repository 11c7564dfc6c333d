import {
  ArrowLeft,
  ArrowRight,
  Bookmark,
  Ellipsis,
  Pencil,
  Pin,
  PinOff,
  RotateCcw,
  Save,
  SquarePlus,
  Trash2,
  Users,
} from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { call, commands, type SortKey } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { count } from "~/kit/i18n/words.ts";
import { useAnnounce } from "~/session/undo.ts";
import type { ListState } from "../query/listState.ts";
import { useViewCounts, useViews, type View, viewAddress } from "./queries.ts";
import styles from "./Views.module.css";

const ViewForm = lazy(() => import("./ViewForm.tsx"));
const DeleteView = lazy(() => import("./DeleteView.tsx"));

type Props = { list: ListState; current: View | undefined; shownAtFirst: string[]; defaultSort: SortKey[] };

/** Saved views as tabs above a list, and what can be done with the one that is open. */
export function ViewStrip({ list, current, shownAtFirst, defaultSort }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const views = useViews().filter((view) => view.query.kind === list.kind);
  // Counting reads whole tables: the list that is on its way comes first.
  const countOf = useViewCounts(views, list.result !== undefined);
  const [form, setForm] = useState<"new" | "edit" | null>(null);
  const [removing, setRemoving] = useState(false);
  const { search, layout } = list;

  const query = {
    kind: list.kind,
    search: search.q ?? "",
    filter: search.filter ?? [],
    sort: search.sort ?? current?.query.sort ?? [],
  };
  const columnsWere = current && current.columns.length > 0 ? withName(current.columns) : withName(shownAtFirst);
  const isChanged = current
    ? !isSame(query, current.query) || !isSame(withName(layout.shown), columnsWere)
    : query.search !== "" ||
      query.filter.length > 0 ||
      (search.sort !== undefined && !isSame(search.sort, defaultSort)) ||
      !isSame(withName(layout.shown), columnsWere);
  const saved = current?.saved ?? null;
  const input = { query, columns: layout.shown };

  const open = (view: View | undefined) => list.go(view ? viewAddress(view) : {});
  const step = (by: number) => {
    const places = [undefined, ...views];
    const at = places.findIndex((view) => view?.key === current?.key);
    open(places[(at + by + places.length) % places.length]);
  };
  const reset = () => {
    list.onColumnChange({ change: "reset" });
    open(current);
  };
  const run = async (change: () => Promise<{ operation: string | null }>, words: string) => {
    try {
      announce((await change()).operation, words);
    } catch (error) {
      toastError(error);
    }
  };
  const keep = () =>
    saved &&
    void run(
      () => call(commands.viewChange(saved.id, { ...saved, ...input })),
      t("views.done.changed", { name: saved.name }),
    );
  const pin = () =>
    saved &&
    void run(
      () => call(commands.viewChange(saved.id, { ...saved, pinned: !saved.pinned })),
      t(saved.pinned ? "views.done.unpinned" : "views.done.pinned", { name: saved.name }),
    );
  const own = views.filter((view) => view.saved !== null);
  const at = own.findIndex((view) => view.key === current?.key);
  const move = (by: number) => {
    const order = own.map((view) => view.key);
    const [moved] = order.splice(at, 1);
    if (moved === undefined) return;
    order.splice(at + by, 0, moved);
    void run(() => call(commands.viewsReorder(order)), t("views.done.moved"));
  };
  const canKeep = isChanged && saved?.may_change === true;

  useHotkeys(t("views.label"), [
    { keys: "]", label: t("views.next"), run: () => step(1) },
    { keys: "[", label: t("views.previous"), run: () => step(-1) },
    { keys: "Shift+S", label: t("views.saveAs"), run: () => setForm("new") },
    ...(canKeep ? [{ keys: "Ctrl+S", label: t("views.save"), run: () => keep() }] : []),
  ]);

  return (
    <nav className={styles.strip} aria-label={t("views.label")}>
      <Scrollable className={styles.tabs} label={t("views.label")}>
        {[undefined, ...views].map((view) => {
          const n = view && countOf(view);
          return (
            <AriaButton
              key={view?.key ?? "all"}
              className={styles.tab ?? ""}
              aria-current={view?.key === current?.key ? "page" : undefined}
              onPress={() => open(view)}
            >
              {view?.saved?.shared && <Users size={14} role="img" aria-label={t("views.shared")} />}
              {/* The space keeps name and number apart where they are read out. */}
              <span className={styles.name}>{view?.name ?? t("views.all")}</span>{" "}
              {n !== undefined && n !== null && <span className={styles.count}>{count(n)}</span>}
            </AriaButton>
          );
        })}
      </Scrollable>
      {saved && (
        <Menu
          label={t("views.menu")}
          trigger={<IconButton label={t("views.menu")} icon={Ellipsis} size="small" />}
          placement="bottom start"
        >
          <MenuItem id="save_as" icon={SquarePlus} hotkey="Shift+S" onAction={() => setForm("new")}>
            {t("views.saveAs")}
          </MenuItem>
          <MenuItem id="edit" icon={Pencil} isDisabled={!saved.may_change} onAction={() => setForm("edit")}>
            {t("views.edit")}
          </MenuItem>
          <MenuItem id="pin" icon={saved.pinned ? PinOff : Pin} isDisabled={!saved.may_change} onAction={pin}>
            {t(saved.pinned ? "views.unpin" : "views.pin")}
          </MenuItem>
          <MenuSeparator />
          <MenuItem id="earlier" icon={ArrowLeft} isDisabled={at <= 0} onAction={() => move(-1)}>
            {t("views.earlier")}
          </MenuItem>
          <MenuItem id="later" icon={ArrowRight} isDisabled={at === own.length - 1} onAction={() => move(1)}>
            {t("views.later")}
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            id="delete"
            icon={Trash2}
            tone="bad"
            isDisabled={!saved.may_change}
            onAction={() => setRemoving(true)}
          >
            {t("views.delete")}
          </MenuItem>
        </Menu>
      )}
      <span className={styles.space} />
      {isChanged && current && <span className={styles.changed}>{t("views.changed")}</span>}
      {isChanged && current && <IconButton label={t("views.reset")} icon={RotateCcw} size="small" onPress={reset} />}
      {canKeep && (
        <Button variant="quiet" size="small" icon={Save} hotkey="Ctrl+S" onPress={keep}>
          {t("views.save")}
        </Button>
      )}
      {isChanged && !canKeep && (
        <Button variant="quiet" size="small" icon={Bookmark} hotkey="Shift+S" onPress={() => setForm("new")}>
          {t("views.saveView")}
        </Button>
      )}
      <Suspense>
        {form && (
          <ViewForm
            input={input}
            view={form === "edit" ? saved : null}
            onClose={() => setForm(null)}
            onSaved={(id) => list.go({ ...search, ...(query.sort.length > 0 ? { sort: query.sort } : {}), view: id })}
          />
        )}
        {removing && saved && (
          <DeleteView view={saved} onClose={() => setRemoving(false)} onDeleted={() => list.go({})} />
        )}
      </Suspense>
    </nav>
  );
}

/** The name comes first in every list, whether it is said or not. */
function withName(columns: string[]): string[] {
  return ["name", ...columns.filter((key) => key !== "name")];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sortedKeys) === JSON.stringify(b, sortedKeys);
}

/** Objects with their keys in one order: what comes from the address and what comes from Rust are compared. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
