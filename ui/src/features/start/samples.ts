/** Sizes of the sample data that are offered. */
export const SAMPLE_SIZES = [200, 2_000, 20_000];
