import type * as z from 'zod';

/** Names of kinds of values, by zod's names for them. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  date: 'a date',
  null: 'null',
};

/** Names of forms of text, by zod's names for them. */
const FORMS: Readonly<Record<string, string>> = {
  date: 'a day such as 2026-12-01',
  datetime: 'a time in UTC such as 2026-12-01T00:00:00.000Z',
  email: 'an e-mail address',
  url: 'an address such as https://example.com',
};

/**
 * A message in plain words that replaces zod's own. A schema with a message of its own keeps it. Undefined: zod's
 * message is used. Pass it to `safeParse` as `error`.
 */
export function plainMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeText(String(issue.expected), issue.input);
    case 'too_small':
      return boundText('at least', issue.minimum, issue.origin, issue.input);
    case 'too_big':
      return boundText('at most', issue.maximum, issue.origin, issue.input);
    case 'invalid_value':
      return valuesText(issue.values ?? []);
    case 'invalid_format':
      return FORMS[String(issue.format)];
    default:
      return undefined;
  }
}

function typeText(expected: string, input: unknown): string | undefined {
  const kind = KINDS[expected];
  if (input === undefined)
    return kind === undefined ? 'this field is missing' : `this field is missing: ${kind}`;
  return kind === undefined ? undefined : `${kind}, not ${kindOf(input)}`;
}

function kindOf(input: unknown): string {
  if (input === null) return 'null';
  if (typeof input === 'number' && Number.isFinite(input) && !Number.isInteger(input)) return 'a fraction';
  if (typeof input === 'boolean') return String(input);
  return KINDS[Array.isArray(input) ? 'array' : typeof input] ?? 'this';
}

function boundText(bound: string, limit: unknown, origin: unknown, input: unknown): string | undefined {
  if (typeof input === 'string') return `${bound} ${counted(limit, 'character')}, not ${input.length}`;
  if (Array.isArray(input)) return `${bound} ${counted(limit, 'entry', 'entries')}, not ${input.length}`;
  return origin === 'number' || origin === 'int' ? `${bound} ${limit}` : undefined;
}

const counted = (count: unknown, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

function valuesText(values: readonly unknown[]): string {
  const all = values.map(String).join(', ');
  return values.length === 1 ? all : `one of ${all}`;
}
