import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { call, commands, type HomeFigure, type HomeNumber, type OutboxState, type Selection } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { When } from "~/kit/components/When.tsx";
import { count } from "~/kit/i18n/words.ts";
import { useAppState, useMay } from "~/session/session.ts";
import type { WaitingKind } from "../activities/Answer.tsx";
import { WaitingForAnswer } from "../activities/WaitingForAnswer.tsx";
import { useInvitationSettings } from "../invitations/queries.ts";
import { useMailStatus } from "../mail/queries.ts";
import styles from "./Home.module.css";
import { useLongestWaiting } from "./homeQueries.ts";
import { listAddress } from "./listAddress.ts";

const InviteDialog = lazy(() => import("../invitations/InviteDialog.tsx"));

export type Figures = Map<HomeNumber, HomeFigure>;

/** A number and what it counts, leading to exactly that list. */
export function FigureLink({
  figure,
  className,
  children,
}: {
  figure: HomeFigure;
  className?: string | undefined;
  children: ReactNode;
}) {
  const { actor } = useAppState();
  return (
    <Link {...listAddress(figure.query, actor?.id)} {...(className ? { className } : {})}>
      {children}
    </Link>
  );
}

/** What waits for whoever looks: pending contacts, their caseload, accounts, mail; then what there is. */
export function HomeTiles({ figures }: { figures: Figures }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.numbers} aria-label={t("start.home.numbers")}>
      <Pending figures={figures} />
      <Posted figures={figures} name="listings_waiting" kind="job_listing" />
      <Posted figures={figures} name="interviews_waiting" kind="interview_schedule" />
      <Tile figures={figures} main="caseload" parts={CASELOAD} hideZero />
      <Users figures={figures} />
      <MailTile />
      <Tile figures={figures} main="contacts" parts={["contacts_new"]} />
      <Tile figures={figures} main="employers" parts={["employers_new"]} />
    </ul>
  );
}

const CASELOAD: HomeNumber[] = ["caseload_inactive", "caseload_due", "caseload_not_invited", "caseload_refused"];
const USERS: HomeNumber[] = ["users_due", "users_not_invited", "users_refused"];

type TileProps = {
  figures: Figures;
  main: HomeNumber;
  /** Parts of it; those of which there is nothing are left out. */
  parts: HomeNumber[];
  waits?: boolean;
  /** Left out where there is nothing of it. */
  hideZero?: boolean;
  children?: ReactNode;
};

function Tile({ figures, main, parts, waits = false, hideZero = false, children }: TileProps) {
  const { t } = useTranslation();
  const figure = figures.get(main);
  if (!figure || (hideZero && figure.count === 0)) return null;
  const shown = parts.flatMap((part) => figures.get(part) ?? []).filter((part) => part.count > 0);
  return (
    <li className={styles.tile} data-waits={waits || undefined}>
      <FigureLink figure={figure} className={styles.tileMain}>
        <span className={styles.number}>{count(figure.count)}</span>{" "}
        <span className={styles.label}>{t(`start.home.figure.${main}`, { count: figure.count })}</span>
      </FigureLink>
      {shown.length > 0 && (
        <ul className={styles.parts}>
          {shown.map((part) => (
            <li key={part.name}>
              <FigureLink figure={part} className={styles.part}>
                <strong>{count(part.count)}</strong> {t(`start.home.figure.${part.name}`, { count: part.count })}
              </FigureLink>
            </li>
          ))}
        </ul>
      )}
      {children}
    </li>
  );
}

function Pending({ figures }: { figures: Figures }) {
  const { t } = useTranslation();
  const pending = figures.get("pending")?.count ?? 0;
  const oldest = useLongestWaiting(pending > 0).data;
  return (
    <Tile figures={figures} main="pending" parts={["pending_long"]} waits={pending > 0}>
      <p className={styles.tileNote}>
        {pending === 0
          ? t("start.home.pendingNone")
          : typeof oldest === "number" && (
              <Trans i18nKey="start.home.oldest" components={{ when: <When at={oldest} /> }} />
            )}
      </p>
    </Tile>
  );
}

/** What employers posted in the portal and nobody has answered; left out where there is nothing of it. */
function Posted({ figures, name, kind }: { figures: Figures; name: HomeNumber; kind: WaitingKind }) {
  const figure = figures.get(name);
  if (!figure) return null;
  return (
    <Tile figures={figures} main={name} parts={[]} waits hideZero>
      <WaitingForAnswer kind={kind} query={figure.query} />
    </Tile>
  );
}

/** Accounts of students and alumni, for who manages them; with the invitations that could go out now. */
function Users({ figures }: { figures: Figures }) {
  const waiting = ["users_inactive", ...USERS].some((name) => (figures.get(name as HomeNumber)?.count ?? 0) > 0);
  if (!waiting) return null;
  return (
    <Tile figures={figures} main="users_inactive" parts={USERS}>
      <InviteAll figure={figures.get("users_not_invited")} />
    </Tile>
  );
}

/** “Invite 12 users”, once links lead somewhere and there is a mail server. */
function InviteAll({ figure }: { figure: HomeFigure | undefined }) {
  const { t } = useTranslation();
  const may = useMay()("manage_users");
  const settings = useInvitationSettings().data;
  const [asked, setAsked] = useState<{ selection: Selection; result: number; total: number } | null>(null);
  if (!may || !figure || figure.count === 0 || !settings?.mail_set_up || settings.portal === "") return null;
  const ask = async () => {
    try {
      const { result, total } = await call(commands.listOpen(figure.query));
      setAsked({ selection: { by: "result", result, except: [] }, result, total });
    } catch (error) {
      toastError(error);
    }
  };
  const close = () => {
    // What was begun goes on with the list; it is closed with the many that are open at once.
    setAsked(null);
  };
  return (
    <div className={styles.tileAct}>
      <Button size="small" onPress={() => void ask()}>
        {t("start.home.inviteAll", { count: figure.count })}
      </Button>
      <Suspense>
        {asked && (
          <InviteDialog
            target={{
              kind: "student",
              selection: asked.selection,
              count: asked.total,
              name: null,
              filter: figure.query.filter,
              done: () => {},
            }}
            sending="invitation"
            onClose={close}
          />
        )}
      </Suspense>
    </div>
  );
}

/** Mail that failed, needs a decision or can’t be sent; nothing while all goes well. */
function MailTile() {
  const { t } = useTranslation();
  const status = useMailStatus();
  if (!status) return null;
  const stuck = status.trouble !== null ? status.waiting : 0;
  const lines: [OutboxState, number][] = [
    ["failed", status.failed],
    ["unclear", status.unclear],
    ["waiting", stuck],
  ];
  const [main, ...parts] = lines.filter(([, messages]) => messages > 0);
  if (!main) return null;
  const link = ([state, messages]: [OutboxState, number], content: ReactNode, className: string | undefined) => (
    <Link
      key={`${state} ${messages}`}
      to="/settings/mail/outbox"
      search={{ state }}
      {...(className ? { className } : {})}
    >
      {content}
    </Link>
  );
  const words = ([state, messages]: [OutboxState, number]) =>
    t(`start.home.mail.${state as "failed"}`, { count: messages });
  return (
    <li className={styles.tile} data-bad={main[0] !== "waiting" || undefined}>
      {link(
        main,
        <>
          <span className={styles.number}>{count(main[1])}</span> <span className={styles.label}>{words(main)}</span>
        </>,
        styles.tileMain,
      )}
      {parts.length > 0 && (
        <ul className={styles.parts}>
          {parts.map((part) => (
            <li key={part[0]}>
              {link(
                part,
                <>
                  <strong>{count(part[1])}</strong> {words(part)}
                </>,
                styles.part,
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
