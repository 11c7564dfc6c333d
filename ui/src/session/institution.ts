const STORAGE_KEY = "liaison.institution";

/**
 * The institution’s name, so that the lock screen can show it. It is the only thing of the database that is kept outside
 * it: it names nobody.
 */
export function rememberInstitution(name: string) {
  localStorage.setItem(STORAGE_KEY, name);
}

/** The institution’s name as it was when Liaison was last open on this computer. */
export function rememberedInstitution(): string | null {
  return localStorage.getItem(STORAGE_KEY);
}
