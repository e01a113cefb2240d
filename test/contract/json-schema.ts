import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** Schemas that carry a name, gathered while others are converted: they become components. */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {};

  /** JSON Schema 2020-12 of what travels in; named parts are referred to as components. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema: _dialect,
      $defs,
      ...converted
    } = z.toJSONSchema(schema, { target: 'draft-2020-12', io }) as JsonSchema;
    for (const [name, part] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>))
      this.#keep(name, part);
    const whole = toComponentReferences(converted) as JsonSchema;
    const name = schema.meta()?.id;
    if (name === undefined) return whole;
    // A schema with a name comes as a reference to its own definition, which was kept above.
    if (whole.$ref === undefined) this.#keep(name, whole);
    return { $ref: `#/components/schemas/${name}` };
  }

  #keep(name: string, part: JsonSchema): void {
    const { id: _id, ...rest } = toComponentReferences(part) as JsonSchema;
    this.schemas[name] = rest;
  }

  sorted(): Record<string, JsonSchema> {
    return Object.fromEntries(Object.entries(this.schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** zod names parts under `$defs`; our documents keep them under `components`. */
function toComponentReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toComponentReferences);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string'
        ? item.replace('#/$defs/', '#/components/schemas/')
        : toComponentReferences(item),
    ]),
  );
}
