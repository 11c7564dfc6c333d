import { useQuery } from "@tanstack/react-query";
import { UserRoundX } from "lucide-react";
import { useState } from "react";
import { Autocomplete } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { type CaseLoad, call, commands, type Id } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import markStyle from "~/kit/layout/Mark.module.css";
import stack from "~/kit/layout/Stack.module.css";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { type Pick, PickList } from "./PickList.tsx";
import { useCaseLoads } from "./queries.ts";
import styles from "./Students.module.css";
import { useStudentActs } from "./useStudentActs.ts";

/** Stands for "nobody"; no id is written so. */
const NOBODY = "nobody";

type Person = { id: Id; name: string };

/** "Assign a case" (M38): who works here, found by name, each with the cases they have; many can be spread evenly. */
export default function AssignDialog({ target, onClose }: { target: BulkTarget; onClose: () => void }) {
  const { t } = useTranslation();
  const { assign, spread } = useStudentActs();
  const [search, setSearch] = useState("");
  const [picked, setPicked] = useState<Person[]>([]);
  const [spreads, setSpreads] = useState(false);
  const loads = useCaseLoads(search);
  const { name, count } = target;
  const first = picked[0];
  const toNobody = first?.id === NOBODY;

  const picks = (loads.data ?? []).map<Pick>((load) => ({
    id: load.id,
    label: load.me ? `${load.name} (${t("students.assign.me")})` : load.name,
    mark: <Avatar name={load.name} size={32} />,
    note: load.email,
    end: loadWords(load),
  }));
  if (search.trim() === "" && !spreads) {
    picks.push({
      id: NOBODY,
      label: t("students.assign.nobody"),
      mark: (
        <span className={`${markStyle.disc} ${styles.nobody}`} aria-hidden>
          <UserRoundX size={16} strokeWidth={1.75} />
        </span>
      ),
      note: t("students.assign.nobodyNote"),
    });
  }
  function loadWords({ cases, deactivated_cases: deactivated }: CaseLoad) {
    const words = t("students.assign.load", { count: cases });
    return deactivated === 0 ? words : `${words}, ${t("students.assign.deactivated", { count: deactivated })}`;
  }
  const pick = (ids: string[]) => {
    const known = new Map([...picked, ...(loads.data ?? [])].map((each) => [each.id, each.name]));
    setPicked(ids.map((id) => ({ id, name: known.get(id) ?? "" })));
  };
  const act = () => {
    if (!first) return;
    onClose();
    if (spreads) void spread(target, picked);
    else void assign(target, toNobody ? null : first);
  };

  return (
    <ActDialog
      title={name === null ? t("students.assign.titleMany", { count }) : t("students.assign.titleOne", { name })}
      onClose={onClose}
      size="medium"
      act={toNobody ? t("students.assign.unassign") : t("students.assign.confirm")}
      isDisabled={first === undefined || (spreads && picked.length < 2)}
      onAct={act}
    >
      <div className={stack.by12}>
        <Autocomplete inputValue={search} onInputChange={setSearch}>
          <TextField label={t("students.assign.search")} autoFocus autoComplete="off" />
          {loads.error ? (
            <ErrorState error={loads.error} onRetry={() => void loads.refetch()} />
          ) : loads.data ? (
            <PickList
              label={t("students.assign.list")}
              picks={picks}
              values={picked.map(({ id }) => id)}
              multiple={spreads}
              onChange={pick}
              empty={t("students.assign.none")}
            />
          ) : (
            <Skeleton lines={4} />
          )}
        </Autocomplete>
        {count > 1 && (
          <Checkbox
            isSelected={spreads}
            onChange={(on) => {
              setSpreads(on);
              setPicked(picked.filter(({ id }) => id !== NOBODY).slice(0, on ? undefined : 1));
            }}
          >
            {t("students.assign.spread")}
          </Checkbox>
        )}
        <Consequences target={target} picked={picked} spreads={spreads} />
      </div>
    </ActDialog>
  );
}

/** From whom the cases move, how many each gets, and that nobody is told. */
function Consequences({ target, picked, spreads }: { target: BulkTarget; picked: Person[]; spreads: boolean }) {
  const { t } = useTranslation();
  const { selection, count, name } = target;
  const toNobody = picked[0]?.id === NOBODY;
  const to = toNobody ? [] : picked.map(({ id }) => id);
  const isComplete = spreads ? picked.length > 1 : picked.length === 1;
  const preview = useQuery({
    queryKey: ["students", "assign-preview", selection, to],
    queryFn: () => call(commands.studentsAssignPreview(selection, to)),
    enabled: isComplete,
    gcTime: 0,
  });
  if (!isComplete) return spreads ? <p className={styles.quiet}>{t("students.assign.spreadWho")}</p> : null;
  const found = preview.data;
  if (!found) return null;
  const moves = found.from.map((from) =>
    name === null
      ? t("students.assign.moves", { count: from.count, total: count, name: from.name })
      : t("students.assign.movesOne", { name: from.name }),
  );
  return (
    <div className={`${stack.by4} ${styles.quiet}`} role="status">
      {found.changes === 0 && <p>{t("students.assign.nothing")}</p>}
      {spreads && (
        <p>
          {picked
            .map((person, n) => t("students.assign.gets", { name: person.name, count: found.each[n] ?? 0 }))
            .join(" · ")}
        </p>
      )}
      {moves.length > 0 && <p>{moves.join(" ")}</p>}
      {found.changes > 0 && (
        <p>{t(toNobody ? "students.assign.noteNobody" : "students.assign.note", { count: found.changes })}</p>
      )}
    </div>
  );
}
