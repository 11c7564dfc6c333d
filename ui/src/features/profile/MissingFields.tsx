import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import row from "~/kit/layout/Row.module.css";
import { isNothing } from "~/records/fields/edits.ts";

const EditRecord = lazy(() => import("~/records/forms/EditRecord.tsx"));

/** What one expects to know of a contact: any of the fields, and the one that is asked for where all are empty. */
const EXPECTED = [
  { id: "phone", fields: ["work_phone", "mobile_phone", "home_phone", "other_phone"] },
  { id: "title", fields: ["title"] },
  { id: "employer", fields: ["employer"] },
] as const;

/** "Add phone" and so on where nothing is known: the form opens at that field. */
export function MissingFields({ record }: { record: ContactProfile }) {
  const { t } = useTranslation();
  const [field, setField] = useState<string | null>(null);
  const missing = EXPECTED.filter(({ fields }) => fields.every((key) => isNothing(record.values[key] ?? null)));
  if (missing.length === 0) return null;
  return (
    <div className={row.wrap}>
      {missing.map(({ id, fields }) => (
        <Button key={id} size="small" variant="quiet" icon={Plus} onPress={() => setField(fields[0])}>
          {t(`contacts.missing.${id}`)}
        </Button>
      ))}
      <Suspense>
        {field && <EditRecord kind="contact" record={record} focus={field} onClose={() => setField(null)} />}
      </Suspense>
    </div>
  );
}
