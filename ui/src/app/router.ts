import { createHashHistory, createRouter } from "@tanstack/react-router";
import { routeTree } from "./routes.ts";

const LAST_PLACE = "liaison.place";

/** The address is the hash: it works from the app's own protocol, and Back restores filter, sort, search and tab. */
export function startRouter() {
  // A restart comes back to where the person was.
  const last = localStorage.getItem(LAST_PLACE);
  if (last && window.location.hash.length <= 2) window.location.hash = last;
  const router = createRouter({
    routeTree,
    history: createHashHistory(),
    defaultPreload: false,
    scrollRestoration: false,
  });
  // The script of the first screen is read while Rust opens the desk.
  for (const route of router.getMatchedRoutes(router.latestLocation.pathname)[0]) void router.loadRouteChunk(route);
  router.subscribe("onResolved", ({ toLocation }) => localStorage.setItem(LAST_PLACE, toLocation.href));
  return router;
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof startRouter>;
  }
}
