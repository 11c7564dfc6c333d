import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import { joinValues } from "~/records/filters/sentence.ts";
import { useFields } from "~/session/session.ts";

/** The "Contact Create Source" filter (M1). */
export function SourceFilter({ chosen, onChange }: { chosen: string[]; onChange: (values: string[]) => void }) {
  const { t } = useTranslation();
  const type = useFields("contact").find((field) => field.key === "source")?.field_type;
  const sources = type?.type === "choice" ? type.choices : [];
  const label = t("queue.sourceFilter");
  return (
    <Menu
      label={label}
      placement="bottom start"
      trigger={
        <Button variant={chosen.length > 0 ? "secondary" : "quiet"}>
          {chosen.length > 0
            ? t("queue.sourceIs", { value: joinValues(chosen.map((source) => choiceLabel("source", source))) })
            : label}
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
      selectionMode="multiple"
      selectedKeys={chosen}
      onSelectionChange={(keys) => onChange(sources.filter((source) => keys.has(source)))}
    >
      {sources.map((source) => (
        <MenuItem key={source} id={source}>
          {choiceLabel("source", source)}
        </MenuItem>
      ))}
    </Menu>
  );
}
