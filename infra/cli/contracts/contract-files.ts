import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { factDefinitions, factSchema } from '../../../events/all-events.ts';
import { otherRecordDefinitions } from '../../../events/lake-records.ts';
import { asyncapi } from './asyncapi.ts';
import { eventForm } from './event-form.ts';
import { openapi } from './openapi.ts';

const root = new URL('../../..', import.meta.url);

/** The present contents of the generated contract files, by path from the root of the repository. */
export async function contractFiles(): Promise<Map<string, string>> {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
  const files = new Map<string, string>();
  const add = (path: string, document: unknown) =>
    files.set(path, `${JSON.stringify(document, undefined, 2)}\n`);
  add('events/generated/openapi.json', await openapi(version));
  add('events/generated/asyncapi.json', asyncapi(version));
  for (const { name, version: factVersion, description } of factDefinitions) {
    const schema = factSchema(name);
    if (schema === undefined) throw new Error(`${name} has no schema`);
    const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'output' });
    add(`events/generated/schemas/${name}.v${factVersion}.json`, {
      $schema,
      $id: `https://entrepot.dev/events/${name}.v${factVersion}.json`,
      title: name,
      description,
      ...eventForm(rest),
    });
  }
  for (const { name, version: recordVersion, description, data } of otherRecordDefinitions) {
    const { $schema, ...rest } = z.toJSONSchema(data, { target: 'draft-2020-12', io: 'output' });
    add(`events/generated/lake/${name}.v${recordVersion}.json`, {
      $schema,
      $id: `https://entrepot.dev/lake/${name}.v${recordVersion}.json`,
      title: name,
      description,
      ...eventForm(rest),
    });
  }
  return files;
}
