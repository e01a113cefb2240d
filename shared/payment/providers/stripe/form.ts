/** A value in a form-encoded body for Stripe. An undefined value is left out of the body. */
export type FormValue =
  | string
  | number
  | boolean
  | undefined
  | readonly FormValue[]
  | { readonly [name: string]: FormValue };

/** Writes nested members as `a[b]=1` and lists as `a[0]=1`, percent-encoded except for the brackets. */
export function encodeForm(form: Readonly<Record<string, FormValue>>): string {
  return Object.entries(form)
    .flatMap(([name, value]) => pairsOf(encodeURIComponent(name), value))
    .join('&');
}

function pairsOf(name: string, value: FormValue): string[] {
  if (value === undefined) return [];
  if (typeof value !== 'object') return [`${name}=${encodeURIComponent(String(value))}`];
  return Object.entries(value).flatMap(([key, inner]) =>
    pairsOf(`${name}[${encodeURIComponent(key)}]`, inner),
  );
}
