import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** What a part's name ends in where it travels out with other fields than it may travel in. */
const OUT = 'Out';

/**
 * Schemas that carry a name, gathered while others are converted: they become components. A part with defaults, which
 * a caller may leave out and every answer has, is two components.
 */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {};

  /** JSON Schema 2020-12 of what travels in or out; named parts are referred to as components. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema: _dialect, $defs, ...converted } = convert(schema, io);
    const parts = ($defs ?? {}) as Record<string, JsonSchema>;
    const differing = io === 'output' ? differingParts(schema, parts) : new Set<string>();
    const nameOf = (name: string) => (differing.has(name) ? `${name}${OUT}` : name);
    for (const [name, part] of Object.entries(parts)) this.#keep(nameOf(name), part, nameOf);
    const whole = toComponentReferences(converted, nameOf) as JsonSchema;
    const name = schema.meta()?.id;
    if (name === undefined) return whole;
    // A schema with a name comes as a reference to its own definition, which was kept above.
    if (whole.$ref === undefined) this.#keep(name, whole, nameOf);
    return { $ref: `#/components/schemas/${nameOf(name)}` };
  }

  #keep(name: string, part: JsonSchema, nameOf: (name: string) => string): void {
    const { id: _id, ...rest } = toComponentReferences(part, nameOf) as JsonSchema;
    this.schemas[name] = rest;
  }

  sorted(): Record<string, JsonSchema> {
    return Object.fromEntries(Object.entries(this.schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

const convert = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { target: 'draft-2020-12', io }) as JsonSchema;

/** The named parts that are not alike both ways, and those that refer to one. */
function differingParts(schema: z.ZodType, out: Record<string, JsonSchema>): Set<string> {
  const { $defs } = convert(schema, 'input');
  const coming = ($defs ?? {}) as Record<string, JsonSchema>;
  const names = Object.keys(out);
  const differing = new Set(
    names.filter((name) => name in coming && JSON.stringify(coming[name]) !== JSON.stringify(out[name])),
  );
  for (let before = -1; before < differing.size; ) {
    before = differing.size;
    for (const name of names)
      if ([...differing].some((other) => JSON.stringify(out[name]).includes(`"#/$defs/${other}"`)))
        differing.add(name);
  }
  return differing;
}

/** zod names parts under `$defs`; our documents keep them under `components`. */
function toComponentReferences(value: unknown, nameOf: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => toComponentReferences(item, nameOf));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string'
        ? item.replace(/^#\/\$defs\/(.+)$/, (_, name: string) => `#/components/schemas/${nameOf(name)}`)
        : toComponentReferences(item, nameOf),
    ]),
  );
}
