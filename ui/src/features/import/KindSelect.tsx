import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { RecordKind } from "~/ipc";
import { Select } from "~/kit/components/Select.tsx";
import { schemaQuery, useMay } from "~/session/session.ts";
import { useWizard } from "./wizard.ts";

type Props = { hint?: string; isDisabled?: boolean; onChange: (kind: RecordKind) => void };

/** What the rows of the file are: any kind of record that can be imported. */
export function KindSelect({ hint, isDisabled = false, onChange }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const { kind } = useWizard();
  const { data: schemas } = useSuspenseQuery(schemaQuery);
  // Students are users: whoever does not manage those is refused, so it is not offered.
  const kinds = schemas.filter((each) => each.importable && (each.kind !== "student" || may("manage_users")));
  return (
    <Select
      label={t("import.kind.label")}
      {...(hint === undefined ? {} : { hint })}
      choices={kinds.map((each) => ({ id: each.kind, label: t(`trash.kind.${each.kind}`) }))}
      value={kind}
      isDisabled={isDisabled}
      onChange={(chosen) => {
        const of = kinds.find((each) => each.kind === chosen);
        if (of) onChange(of.kind);
      }}
    />
  );
}
