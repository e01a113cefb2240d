import { StripeRefusal } from './refusal.ts';

/** A form-encoded body as nested objects and arrays: `a[b][]=1` becomes `{ a: { b: ['1'] } }`. */
export interface Form {
  [name: string]: FormValue;
}
type FormValue = string | Form | FormValue[];

/** Parses nested brackets. A member whose keys are all empty or whole numbers becomes an array. */
export function parseForm(text: string): Form {
  const root: Form = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const parts = (key.match(/[^[\]]+|\[\]/g) ?? []).map((part) => (part === '[]' ? '' : part));
    const path = parts.filter((part) => !/^(__proto__|constructor|prototype)$/.test(part));
    let at = root;
    for (const part of path.slice(0, -1)) {
      const next = at[part];
      const inner: Form = isForm(next) ? next : {};
      at[part] = inner;
      at = inner;
    }
    const last = path.at(-1) ?? '';
    at[last === '' ? String(Object.keys(at).length) : last] = value;
  }
  return fold(root) as Form;
}

function fold(value: FormValue): FormValue {
  if (!isForm(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, fold(inner)] as const);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

export function isForm(value: unknown): value is Form {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a parameter. Undefined if the parameter is absent or empty. */
export function readText(form: Form, name: string): string | undefined {
  const value = form[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw refuse(name, `Invalid string: ${JSON.stringify(value)}`);
  return value;
}

/** The whole number in a parameter. Undefined if the parameter is absent. */
export function readInteger(form: Form, name: string): number | undefined {
  const text = readText(form, name);
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) throw refuse(name, `Invalid integer: ${text}`, 'parameter_invalid_integer');
  return Number(text);
}

export function readForm(form: Form, name: string): Form | undefined {
  const value = form[name];
  if (value === undefined || value === '') return undefined;
  if (!isForm(value)) throw refuse(name, 'Invalid object');
  return value;
}

export function readList(form: Form, name: string): string[] {
  const value = form[name];
  if (value === undefined || value === '') return [];
  if (!Array.isArray(value)) throw refuse(name, 'Invalid array');
  return value.map(String);
}

/** Adds the metadata in the form to the present metadata. An empty value deletes its key. */
export function mergeMetadata(present: Record<string, string>, form: Form): Record<string, string> {
  if (form.metadata === '') return {};
  const given = readForm(form, 'metadata') ?? {};
  const merged = {
    ...present,
    ...Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)])),
  };
  const kept = Object.entries(merged).filter(([, value]) => value !== '');
  if (kept.length > 50) throw refuse('metadata', 'You can have up to 50 metadata keys');
  const tooLong = kept.find(([key, value]) => key.length > 40 || value.length > 500);
  if (tooLong)
    throw refuse(`metadata[${tooLong[0]}]`, 'Metadata keys have at most 40 characters, values at most 500');
  return Object.fromEntries(kept);
}

/** Throws for a parameter that Stripe does not know, as Stripe does. This reveals misspelt names. */
export function refuseUnknown(form: Form, known: readonly string[]): void {
  const unknown = Object.keys(form).find(
    (name) => ![...known, 'expand', 'client_secret', 'key'].includes(name),
  );
  if (unknown !== undefined)
    throw refuse(unknown, `Received unknown parameter: ${unknown}`, 'parameter_unknown');
}

function refuse(param: string, message: string, code?: string): StripeRefusal {
  return new StripeRefusal(
    400,
    { type: 'invalid_request_error', message, param, ...(code && { code }) },
    false,
  );
}
