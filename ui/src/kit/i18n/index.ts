import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { english } from "./resources.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "liaison";
    resources: { liaison: typeof english };
  }
}

/** Loads the catalogue. It is bundled, so this finishes before the first screen. */
export function startCatalogue(locale: string) {
  void i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: "en",
    defaultNS: "liaison",
    resources: { en: { liaison: english } },
    interpolation: { escapeValue: false },
    initAsync: false,
    showSupportNotice: false,
  });
  document.documentElement.lang = i18next.resolvedLanguage ?? "en";
}

export { i18next };
