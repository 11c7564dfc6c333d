import type { ComponentType } from "react";
import type { AppPhase } from "~/ipc";

/** The screens shown before the desk is open, by phase. */
export const phaseScreens: Partial<Record<AppPhase, ComponentType>> = {};
