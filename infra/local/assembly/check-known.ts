import { dataTypes } from './known-data-types.ts';
import { frontTypes } from './known-front-types.ts';
import { functionTypes } from './known-function-types.ts';
import { lakeTypes } from './known-lake-types.ts';
import type { KnownType } from './known-type.ts';
import { watchingTypes } from './known-watching-types.ts';

/** Every resource type that a template may hold. */
const knownTypes: Readonly<Record<string, KnownType>> = {
  ...functionTypes,
  ...dataTypes,
  ...frontTypes,
  ...lakeTypes,
  ...watchingTypes,
};

/**
 * Checks one resource of a template. Gives one sentence for each type or property that the local cloud does not know.
 */
export function checkKnown(type: string, properties: Readonly<Record<string, unknown>>): string[] {
  const known = knownTypes[type];
  if (known === undefined) return [`the resource type ${type} is not known`];
  return Object.entries(properties).flatMap(([name, value]) => {
    if (name in known.noEffect || known.actedOn.includes(name)) return [];
    const inside = known.actedOn.filter((path) => path.startsWith(`${name}.`));
    if (inside.length === 0) return [`the property ${name} of ${type} is not known`];
    return unknownInside(type, name, value, inside);
  });
}

function unknownInside(type: string, name: string, value: unknown, inside: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value)
    .filter((key) => !inside.includes(`${name}.${key}`))
    .map((key) => `the property ${name}.${key} of ${type} is not known`);
}
