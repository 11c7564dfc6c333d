import { useNavigate } from "@tanstack/react-router";
import { List } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Id, RecordKind } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { changedIn, listOf } from "~/records/touched.ts";

/** The way to the records that a step changed, as a list; nothing for kinds that have none. */
export function ShowInList({ kind, step }: { kind: RecordKind; step: Id }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = listOf(kind);
  if (list === null) return null;
  return (
    <Button
      variant="quiet"
      icon={List}
      onPress={() => void navigate({ to: list, search: { filter: [changedIn(step)] } })}
    >
      {t("history.detail.inList")}
    </Button>
  );
}
