import type { ContractSchemas, Schema } from './contract-schemas.ts';
import { type Path, replaced, valueAt } from './json-nodes.ts';

/** A body with one change that may be wrong. */
export interface Mutation {
  /** The change in words, for the message of a failing test. */
  readonly what: string;
  readonly path: Path;
  readonly body: unknown;
}

/** The placeholder for a number that JSON can contain and JavaScript can't. */
const TOO_LARGE = '\u0001 1e309 \u0001';

/** The JSON text of a body, with numbers that `JSON.stringify` can't write. */
export const textOf = (body: unknown) =>
  JSON.stringify(body)?.replaceAll(JSON.stringify(TOO_LARGE), '1e309') ?? '';

const anything: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 0.5, -0.1, 1e12, 1e21, Number.MAX_SAFE_INTEGER, 2 ** 53, TOO_LARGE],
  ...['', ' ', '0', '-1', '1.5', 'NaN', 'x', 'null', '\u0000', '\ud800', 'É'.repeat(3), '𝒳', '‮abc', 'a\nb'],
  ...['x'.repeat(10_000), '9'.repeat(400), '../../etc/passwd', "'; DROP TABLE", '{{7*7}}', '=1+1'],
  ...[[], {}, [[]], [null], { amount: 1 }, Array.from({ length: 300 }, () => 0)],
  JSON.parse('{"__proto__":{"admin":true}}'),
  JSON.parse('{"constructor":{"prototype":{"admin":true}}}'),
];

/** Wrong values that people type or programs send in place of codes, dates, numbers and places. */
const meant: readonly unknown[] = [
  ...['de', 'DEU', 'UK', 'EU', 'ZZ', 'XX', 'EN', 'eur', 'EURO', 'XBT', 'XXX', '€', 'en-GB'],
  ...['61091', '6109100', '61091000000', '0000', '000000', '770000', '6109.10'],
  ...[
    '2026-02-30',
    '2026-13-01',
    '26-11-20',
    '20.11.2026',
    '2026-11-20T10:00:00Z',
    '0000-00-00',
    '9999-12-31',
  ],
  ...['24:00', '9:00', '08:60', 'Mars/Olympus', '12,5', '1e3', '0.00000000001', '000', '1000.00001'],
  ...[
    '20095-1',
    'SW1A 1AA',
    '2009',
    'http://shop.example.com',
    'javascript:alert(1)',
    'a@b',
    '+0',
    '040 123',
  ],
];

/** Every mutation of one place of a body that is worth trying. */
export function mutationsOf(
  sample: unknown,
  schemas: ContractSchemas,
  schema: Schema,
  path: Path,
): Mutation[] {
  const value = valueAt(sample, path);
  const by = (what: string, other: unknown): Mutation => ({
    what: `${what} at ${path.join('/')}`,
    path,
    body: replaced(sample, path, other),
  });
  const own = schemas.at(schema, path).flatMap((each) => beyond(each));
  return [
    ...(path.length > 0 ? [{ ...by('nothing', undefined) }] : []),
    ...[...anything, ...(typeof value === 'string' ? meant : []), ...own].map((other) =>
      by(JSON.stringify(other)?.slice(0, 60) ?? 'nothing', other),
    ),
    ...(typeof value === 'string'
      ? [
          by('other case', value.toUpperCase()),
          by('other case', value.toLowerCase()),
          by('spaces', ` ${value} `),
        ]
      : []),
    ...(typeof value === 'number'
      ? [by('as text', String(value)), by('a tenth', value / 10), by('less', -value)]
      : []),
    ...(Array.isArray(value) ? arrayMutations(value).map((other) => by('members', other)) : []),
    ...(isObject(value) ? objectMutations(value).map((other) => by('members', other)) : []),
  ];
}

function arrayMutations(value: readonly unknown[]): unknown[] {
  const [first] = value;
  return first === undefined
    ? []
    : [[...value, first], value.toReversed(), Array.from({ length: 3_000 }, () => first)];
}

function objectMutations(value: object): object[] {
  const withMember = (name: string) =>
    JSON.parse(`{${JSON.stringify(name)}:1,${JSON.stringify(value).slice(1)}`.replace(/,\}$/, '}'));
  return ['colour', '__proto__', 'constructor', 'toString', '', 'a/b~c', 'x'.repeat(5_000)].map(withMember);
}

/** Values just beyond the bounds of the contract. */
function beyond({
  minimum,
  maximum,
  minLength,
  maxLength,
  minItems,
  maxItems,
  enum: names,
}: Schema): unknown[] {
  const numbers = [minimum, maximum].filter((bound) => typeof bound === 'number');
  return [
    ...numbers.flatMap((bound) => [bound - 1, bound, bound + 1, bound + 0.5]),
    ...(typeof minLength === 'number' && minLength > 0 ? ['x'.repeat(minLength - 1)] : []),
    ...(typeof maxLength === 'number'
      ? ['x'.repeat(maxLength), 'x'.repeat(maxLength + 1), '漢'.repeat(maxLength)]
      : []),
    ...(typeof minItems === 'number' && minItems > 0 ? [[]] : []),
    ...(typeof maxItems === 'number'
      ? [Array.from({ length: maxItems + 1 }, (_, index) => `x${index}`)]
      : []),
    ...(Array.isArray(names) ? names : []),
  ];
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The body without the place, and with values of other types there. */
export function wrongTypesOf(sample: unknown, path: Path): Mutation[] {
  const at = (what: string, by: unknown): Mutation => ({
    what: `${what} at ${path.join('/')}`,
    path,
    body: replaced(sample, path, by),
  });
  const own = valueAt(sample, path);
  const others = [null, 7, 'x', {}].filter(
    (other) => typeof other !== typeof own || isObject(other) !== isObject(own),
  );
  return [
    ...(path.length > 0 ? [at('nothing', undefined)] : []),
    ...others.map((other) => at(JSON.stringify(other), other)),
  ];
}
