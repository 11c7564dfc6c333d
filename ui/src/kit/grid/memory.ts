/** Where a list stood, by history entry, so that Back finds it as it was left. */
export type GridPlace = { top: number; row: number };

const places = new Map<string, GridPlace>();

export function rememberPlace(key: string, place: GridPlace) {
  places.set(key, place);
}

export function rememberedPlace(key: string | undefined): GridPlace | undefined {
  return key === undefined ? undefined : places.get(key);
}
