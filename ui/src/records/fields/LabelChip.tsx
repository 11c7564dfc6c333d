import { queryOptions, useQuery } from "@tanstack/react-query";
import { call, commands, type LabelInfo } from "~/ipc";
import { Chip } from "~/kit/components/Chips.tsx";

/** Labels somebody defined. Quick at any number of contacts: nothing is counted. */
const definedLabels = queryOptions({
  queryKey: ["labels", "defined"],
  queryFn: () => call(commands.labelsList(false)),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Every label, defined or only used, with how many records have it. */
export const countedLabels = queryOptions({
  queryKey: ["labels", "counted"],
  queryFn: () => call(commands.labelsList(true)),
  meta: { tags: ["labels", "contacts", "employers"] },
});

/** What a label is compared by: as Rust does, without case and accents. */
export const labelKey = (word: string) => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const tints = (labels: LabelInfo[]) =>
  new Map(labels.flatMap(({ name, color }) => (color === null ? [] : [[labelKey(name), color] as const])));

/** A label as a chip in its tint. */
export function LabelChip({ word }: { word: string }) {
  const { data } = useQuery({ ...definedLabels, select: tints });
  return <Chip tint={data?.get(labelKey(word))}>{word}</Chip>;
}
