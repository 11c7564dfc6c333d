import { useNavigate } from "@tanstack/react-router";
import { Download, Printer } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListQuery } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import { useMay } from "~/session/session.ts";
import type { ListState } from "../query/listState.ts";

const ExportDialog = lazy(() => import("./ExportDialog.tsx"));

/** Export and print of a whole list. */
export function ExportMenu({ list, columns, query }: { list: ListState; columns: string[]; query: ListQuery }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [exporting, setExporting] = useState(false);
  const { result, total } = list;
  const canExport = may("export_contacts") && result !== undefined && (total ?? 0) > 0;
  const print = () =>
    void navigate({
      to: "/print",
      search: { kind: query.kind, q: query.search || undefined, filter: query.filter, sort: query.sort, columns },
    });
  useHotkeys(t("export.menu"), [
    ...(canExport ? [{ keys: "Ctrl+E", label: t("export.open"), run: () => setExporting(true) }] : []),
    { keys: "Ctrl+P", label: t("export.print"), run: print },
  ]);
  return (
    <>
      <Menu label={t("export.menu")} trigger={<IconButton label={t("export.menu")} icon={Download} />}>
        {[
          ...(canExport
            ? [
                <MenuItem key="export" id="export" icon={Download} hotkey="Ctrl+E" onAction={() => setExporting(true)}>
                  {t("export.open")}
                </MenuItem>,
              ]
            : []),
          <MenuItem key="print" id="print" icon={Printer} hotkey="Ctrl+P" onAction={print}>
            {t("export.print")}
          </MenuItem>,
        ]}
      </Menu>
      <Suspense>
        {exporting && result !== undefined && (
          <ExportDialog
            kind={list.kind}
            selection={{ by: "result", result, except: [] }}
            count={total ?? 0}
            columns={columns}
            onClose={() => setExporting(false)}
          />
        )}
      </Suspense>
    </>
  );
}
