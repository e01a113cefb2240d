import * as z from 'zod';

/** Reads the value of `-c name=value`; undefined when it is not given. */
export type ReadContext = (name: string) => unknown;

/** A text that a guide or a colleague left to be replaced: `<your address>`, `TODO`, `example.com`. */
const PLACEHOLDER = /<[^>]*>|\btodo\b|\bchange-?me\b|\bexample\.(com|org|net)\b|\.example\b|^x{3,}$/i;

/** A context value is a text on the command line and may be a boolean in `cdk.json`. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

export const httpsUrl = z.url({ protocol: /^https$/ });

/** A host name of at least two labels, in small letters. */
export const hostName = z
  .string()
  .max(253)
  .regex(/^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/);

/** Addresses separated by commas. Spaces around an address are left out. */
export const listed = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .string()
    .transform((list) => list.split(',').map((each) => each.trim()))
    .pipe(z.array(item));

/** The value of `Origin` of a page that is served by https: no path, no port of the scheme, no slash at the end. */
export const httpsOrigin = httpsUrl.refine((text) => URL.canParse(text) && new URL(text).origin === text);

/**
 * Reads one context value. `what` says what to give. Throws an Error that names the value where it is missing,
 * malformed, or still a placeholder.
 */
export function given<Schema extends z.ZodType>(
  context: ReadContext,
  name: string,
  schema: Schema,
  what: string,
): z.output<Schema> {
  const value = context(name);
  const give = `give it as -c ${name}=<${what}>`;
  if (typeof value === 'string' && PLACEHOLDER.test(value))
    throw new Error(`the context value ${name} is still the placeholder ${JSON.stringify(value)}: ${give}`);
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const found = value === undefined ? 'is missing' : `cannot be ${JSON.stringify(value)}`;
  throw new Error(`the context value ${name} ${found}: ${give}`);
}

/** Throws an Error where only some of the values are given that are needed together. */
export function together(context: ReadContext, names: readonly string[]): boolean {
  const found = names.filter((name) => context(name) !== undefined);
  if (found.length === 0) return false;
  const missing = names.filter((name) => !found.includes(name));
  if (missing.length === 0) return true;
  throw new Error(`the context values ${names.join(', ')} belong together: ${missing.join(', ')} is missing`);
}
