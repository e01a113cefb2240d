import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

type Direction = 'input' | 'output';

/** The suffix of a part's name in requests. It is used if the fields in requests differ from those in answers. */
const IN = 'Input';

/** The bounds that zod gives every integer. They say nothing about the field. */
const WIDEST = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } as const;

/** Formats that mean the same as their pattern. Client generators know their names. */
const NAMED_FORMATS: readonly unknown[] = ['date', 'date-time', 'email'];

/**
 * Collects the schemas that have a name while other schemas are converted. They become components. A part with
 * defaults becomes two components: a caller may leave a field out, and an answer always has it. The plain name
 * belongs to the part in answers.
 */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {};
  /** The names of the parts that answers have used until now. */
  readonly answered = new Set<string>();
  readonly #alsoAnswered: ReadonlySet<string>;

  /**
   * `alsoAnswered` has the names of parts in later answers, so that a part of a request can be distinguished from them.
   */
  constructor(alsoAnswered: ReadonlySet<string> = new Set()) {
    this.#alsoAnswered = alsoAnswered;
  }

  /** The JSON Schema 2020-12 of a request or an answer. It refers to named parts as components. */
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
    // The converted form of a named schema is a reference to its own definition, and that definition was kept above.
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

/** The named parts that differ between requests and answers, and the parts that refer to one of them. */
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

/**
 * The schema in the form of our documents: named parts are under `components`, and members without meaning are
 * removed.
 */
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
