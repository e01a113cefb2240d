import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

type Direction = 'input' | 'output';

/** The suffix of a part's name in requests, if its fields differ from those in answers. */
const IN = 'Input';

/** Bounds that zod gives every integer, and that say nothing of the field. */
const WIDEST = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } as const;

/** Formats that mean the same as their pattern, in a word that client generators know. */
const NAMED_FORMATS: readonly unknown[] = ['date', 'date-time', 'email'];

/**
 * Schemas that carry a name, gathered while others are converted: they become components. A part with defaults, which
 * a caller may leave out and every answer has, is two components: its name is that of the part as it is answered.
 */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {};
  /** The names of the parts in answers so far. */
  readonly answered = new Set<string>();
  readonly #alsoAnswered: ReadonlySet<string>;

  /** `alsoAnswered` names the parts of later answers, so that a request's part can be distinguished from them. */
  constructor(alsoAnswered: ReadonlySet<string> = new Set()) {
    this.#alsoAnswered = alsoAnswered;
  }

  /** JSON Schema 2020-12 of a request or an answer; named parts are referred to as components. */
  of(schema: z.ZodType, io: Direction): JsonSchema {
    const { $schema: _dialect, $defs, ...converted } = convert(schema, io);
    const parts = ($defs ?? {}) as Record<string, JsonSchema>;
    const differing = io === 'input' ? differingParts(schema, parts) : new Set<string>();
    const nameOf = (name: string) =>
      differing.has(name) && this.#alsoAnswered.has(name) ? `${name}${IN}` : name;
    for (const [name, part] of Object.entries(parts)) this.#keep(name, part, { io, nameOf });
    const whole = tidy(converted, nameOf) as JsonSchema;
    const name = schema.meta()?.id;
    if (name === undefined) return whole;
    // A schema with a name comes as a reference to its own definition, which was kept above.
    if (whole.$ref === undefined) this.#keep(name, whole, { io, nameOf });
    return { $ref: `#/components/schemas/${nameOf(name)}` };
  }

  #keep(
    name: string,
    part: JsonSchema,
    { io, nameOf }: { readonly io: Direction; readonly nameOf: (name: string) => string },
  ): void {
    const { id: _id, ...rest } = tidy(part, nameOf) as JsonSchema;
    this.schemas[nameOf(name)] = rest;
    if (io === 'output') this.answered.add(name);
  }

  sorted(): Record<string, JsonSchema> {
    return Object.fromEntries(Object.entries(this.schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

const convert = (schema: z.ZodType, io: Direction) =>
  z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as JsonSchema;

/** The named parts that are not alike both ways, and those that refer to one. */
function differingParts(schema: z.ZodType, coming: Record<string, JsonSchema>): Set<string> {
  const { $defs } = convert(schema, 'output');
  const out = ($defs ?? {}) as Record<string, JsonSchema>;
  const names = Object.keys(coming);
  const differing = new Set(
    names.filter((name) => name in out && JSON.stringify(out[name]) !== JSON.stringify(coming[name])),
  );
  for (let before = -1; before < differing.size; ) {
    before = differing.size;
    for (const name of names)
      if ([...differing].some((other) => JSON.stringify(coming[name]).includes(`"#/$defs/${other}"`)))
        differing.add(name);
  }
  return differing;
}

/** The schema as our documents have it: its named parts under `components`, and nothing that says nothing. */
function tidy(value: unknown, nameOf: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => tidy(item, nameOf));
  if (value === null || typeof value !== 'object') return value;
  const isNamedFormat = 'format' in value && NAMED_FORMATS.includes(value.format);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !isWidest(key, item) && !(isNamedFormat && key === 'pattern'))
      .map(([key, item]) => [
        key,
        key === '$ref' && typeof item === 'string'
          ? item.replace(/^#\/\$defs\/(.+)$/, (_, name: string) => `#/components/schemas/${nameOf(name)}`)
          : tidy(item, nameOf),
      ]),
  );
}

const isWidest = (key: string, item: unknown) =>
  (key === 'minimum' && item === WIDEST.minimum) || (key === 'maximum' && item === WIDEST.maximum);
