import { type ComponentType, lazy } from "react";
import type { AppPhase } from "~/ipc";

const Setup = lazy(() => import("~/features/start/Setup.tsx").then(({ Setup: screen }) => ({ default: screen })));
const Unlock = lazy(() => import("~/features/start/Unlock.tsx").then(({ Unlock: screen }) => ({ default: screen })));

/** The screens shown before the desk is open, by phase. */
export const phaseScreens: Partial<Record<AppPhase, ComponentType>> = { setup: Setup, locked: Unlock };
