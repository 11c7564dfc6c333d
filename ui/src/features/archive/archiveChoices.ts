import type { TFunction } from "i18next";
import { ARCHIVE_WAY, type ArchiveWay } from "~/ipc";
import type { RadioChoice } from "~/kit/components/RadioList.tsx";

/** The four ways to archive, each with what it means; rejecting is for those who may. */
export function archiveChoices(t: TFunction, mayReject: boolean): RadioChoice<ArchiveWay>[] {
  return ARCHIVE_WAY.filter((way) => way !== "reject" || mayReject).map((way) => ({
    id: way,
    label: t(`archive.way.${way}`),
    note: t(`archive.wayNote.${way}`),
  }));
}

/** What each of the four ways is taken back by. */
export function reviveChoices(t: TFunction, ways: ArchiveWay[]): RadioChoice<ArchiveWay>[] {
  return ARCHIVE_WAY.filter((way) => ways.includes(way)).map((way) => ({
    id: way,
    label: t(`archive.revive.way.${way}`),
    note: t(`archive.revive.wayNote.${way}`),
  }));
}
