import { personalFields } from '../../../events/personal-fields.ts';

/** The names of the fields that no event has, and those whose text is bound to a form there. */
const fields = Object.values(personalFields).flat();
const nameOf = (path: string) => path.split('/').at(-1) ?? '';
const left = new Set(fields.filter(({ unless }) => unless === undefined).map(({ path }) => nameOf(path)));
const bound = new Map(
  fields.flatMap(({ path, unless }) =>
    unless === undefined ? [] : [[nameOf(path), unless.source] as const],
  ),
);

/**
 * The JSON schema of facts as the bus carries them: without their personal fields. A field that is personal only where
 * it holds free text has the pattern of the code that it holds in an event.
 */
export function eventForm<Schema>(schema: Schema): Schema {
  return formOf(schema) as Schema;
}

function formOf(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(formOf);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'properties' && isObject(value)) return [key, propertiesOf(value)];
      if (key === 'required' && Array.isArray(value)) return [key, value.filter((name) => !left.has(name))];
      return [key, formOf(value)];
    }),
  );
}

const propertiesOf = (properties: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, schema]) => {
      if (left.has(name)) return [];
      const pattern = bound.get(name);
      const form = formOf(schema);
      return [[name, pattern !== undefined && isObject(form) ? { ...form, pattern } : form]];
    }),
  );

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
