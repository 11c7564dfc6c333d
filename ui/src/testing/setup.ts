import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { startCatalogue } from "~/kit/i18n/index.ts";

// A page's whole markup in each failure says less than its first line.
configure({ getElementError: (message) => new Error(message ?? "not found"), asyncUtilTimeout: 3_000 });
startCatalogue("en");
afterEach(cleanup);
