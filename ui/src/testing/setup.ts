import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { startCatalogue } from "~/kit/i18n/index.ts";

// A page's whole markup in each failure says less than its first line.
// Only what is broken waits so long: behind each page is an app at work, on a computer that may be busy.
configure({ getElementError: (message) => new Error(message ?? "not found"), asyncUtilTimeout: 15_000 });
startCatalogue("en");
afterEach(cleanup);
