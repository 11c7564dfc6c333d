import { ArrowDownUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SortKey } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import { LIKELIEST_FIRST } from "./likely.ts";

const ORDERS = {
  waiting: { field: "created_at", descending: false },
  newest: { field: "created_at", descending: true },
  likely: LIKELIEST_FIRST,
  name: { field: "name", descending: false },
  employer: { field: "employer", descending: false },
} satisfies { [order: string]: SortKey };

type Order = keyof typeof ORDERS;

/** The orders of the queue in words: some are of what stands in a second line. */
export function SortMenu({ sort, onSort }: { sort: SortKey[]; onSort: (sort: SortKey[]) => void }) {
  const { t } = useTranslation();
  const orders = Object.keys(ORDERS) as Order[];
  const current = orders.find(
    (order) => ORDERS[order].field === sort[0]?.field && ORDERS[order].descending === sort[0]?.descending,
  );
  return (
    <Menu
      label={t("queue.sort.label")}
      trigger={<IconButton label={t("queue.sort.label")} icon={ArrowDownUp} />}
      selectionMode="single"
      selectedKeys={current ? [current] : []}
      onSelectionChange={(keys) => {
        const chosen = orders.find((order) => keys.has(order));
        if (chosen) onSort([ORDERS[chosen]]);
      }}
    >
      {orders.map((order) => (
        <MenuItem key={order} id={order}>
          {t(`queue.sort.${order}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
