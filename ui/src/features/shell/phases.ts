import type { ComponentType } from "react";
import type { AppPhase } from "~/ipc";
import { Setup } from "../start/Setup.tsx";
import { Unlock } from "../start/Unlock.tsx";

/** The screens shown before the desk is open, by phase. */
export const phaseScreens: Partial<Record<AppPhase, ComponentType>> = { setup: Setup, locked: Unlock };
