import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import { startCatalogue } from "~/i18n/index.ts";

startCatalogue("en");
afterEach(cleanup);
