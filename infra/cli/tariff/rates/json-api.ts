import * as z from 'zod';

const referenceSchema = z.object({ id: z.coerce.string(), type: z.string() });
const resourceSchema = z.object({
  id: z.coerce.string(),
  type: z.string(),
  attributes: z.record(z.string(), z.unknown()).default({}),
  relationships: z
    .record(
      z.string(),
      z.object({ data: z.union([referenceSchema, z.array(referenceSchema), z.null()]).optional() }),
    )
    .default({}),
});
const documentSchema = z.object({ data: resourceSchema, included: z.array(resourceSchema).default([]) });

export type Resource = z.infer<typeof resourceSchema>;

/** A document of the JSON:API form: one resource and its related resources. */
export interface JsonApiDocument {
  readonly data: Resource;
  readonly included: readonly Resource[];
  /** The included resources of a resource's relationship, in the order of the relationship. */
  related(resource: Resource, relationship: string): Resource[];
  /** The ids of a resource's relationship, also those of resources that are not included. */
  idsOf(resource: Resource, relationship: string): string[];
}

/** Reads a document. Gives an error as text if it does not have the form. */
export function readJsonApi(json: unknown): JsonApiDocument | string {
  const read = documentSchema.safeParse(json);
  if (!read.success)
    return read.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
  const { data, included } = read.data;
  const known = new Map(included.map((resource) => [`${resource.type} ${resource.id}`, resource]));
  const references = (resource: Resource, relationship: string) => {
    const { data: named } = resource.relationships[relationship] ?? {};
    return named === undefined || named === null ? [] : [named].flat();
  };
  return {
    data,
    included,
    idsOf: (resource, relationship) => references(resource, relationship).map(({ id }) => id),
    related: (resource, relationship) =>
      references(resource, relationship).flatMap(({ id, type }) => known.get(`${type} ${id}`) ?? []),
  };
}

/** An attribute as text. Empty if it is missing or null. */
export function textOf({ attributes }: Resource, name: string): string {
  const value = attributes[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
