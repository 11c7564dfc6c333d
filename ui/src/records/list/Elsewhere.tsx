import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, commands, type FoundElsewhere, type ListQuery } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { cacheTag } from "../kinds.ts";
import styles from "./List.module.css";

type Props = { query: ListQuery; onShow: (query: ListQuery) => void };

/** Where what a list was asked for is, when the list has nothing: who is pending, rejected, private, filtered out. */
export function Elsewhere({ query, onShow }: Props) {
  const { t } = useTranslation();
  const { data = [] } = useQuery({
    queryKey: [cacheTag(query.kind), "elsewhere", query],
    queryFn: () => call(commands.listElsewhere(query)),
    gcTime: 0,
    retry: false,
  });
  const sentence = ({ why, count, name }: FoundElsewhere) =>
    name === null ? t(`record.elsewhere.${why}`, { count }) : t(`record.elsewhere.one.${why}`, { name });
  if (data.length === 0) return null;
  return (
    <ul className={styles.elsewhere}>
      {data.map((found) => (
        <li key={found.why}>
          <span>{sentence(found)}</span>
          <Button size="small" onPress={() => onShow(found.query)}>
            {t("record.elsewhere.show")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
