/** The countries of origin of a measure. Without it, all countries. */
export type Origins = { readonly only: readonly string[] } | { readonly except: readonly string[] };
