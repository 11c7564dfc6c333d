import { Bookmark, RotateCcw, Save, Users } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { SortKey } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { count } from "~/kit/i18n/words.ts";
import type { ListState } from "../query/listState.ts";
import { useViewCounts, useViews, type View, viewAddress } from "./queries.ts";
import { compared, useViewActs } from "./useViewActs.ts";
import { ViewMenu } from "./ViewMenu.tsx";
import styles from "./Views.module.css";

const ViewForm = lazy(() => import("./ViewForm.tsx"));
const DeleteView = lazy(() => import("./DeleteView.tsx"));

type Props = { list: ListState; current: View | undefined; shownAtFirst: string[]; defaultSort: SortKey[] };

/** Saved views as tabs above a list, and what can be done with the one that is open. */
export function ViewStrip({ list, current, shownAtFirst, defaultSort }: Props) {
  const { t } = useTranslation();
  const views = useViews().filter((view) => view.query.kind === list.kind);
  // Counting reads whole tables: the list that is on its way comes first.
  const countOf = useViewCounts(views, list.result !== undefined);
  const [form, setForm] = useState<"new" | "edit" | null>(null);
  const [removing, setRemoving] = useState(false);
  const { input, isChanged } = compared(list, current, shownAtFirst, defaultSort);
  const acts = useViewActs(views, current, input);
  const { saved, keep } = acts;

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
              <span className={styles.name}>
                {view?.name ?? t(list.kind === "contact" ? "views.directory" : "views.all")}
              </span>{" "}
              {n !== undefined && n !== null && <span className={styles.count}>{count(n)}</span>}
            </AriaButton>
          );
        })}
      </Scrollable>
      {saved && (
        <ViewMenu
          saved={saved}
          acts={acts}
          onSaveAs={() => setForm("new")}
          onEdit={() => setForm("edit")}
          onRemove={() => setRemoving(true)}
        />
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
            onSaved={(id) => {
              const { sort } = input.query;
              list.go({ ...list.search, ...(sort.length > 0 ? { sort } : {}), view: id });
            }}
          />
        )}
        {removing && saved && (
          <DeleteView view={saved} onClose={() => setRemoving(false)} onDeleted={() => list.go({})} />
        )}
      </Suspense>
    </nav>
  );
}
