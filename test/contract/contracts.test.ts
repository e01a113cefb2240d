import { readdirSync, readFileSync } from 'node:fs';
import asyncapiSchema from '@asyncapi/specs/schemas/3.0.0-without-$id.json' with { type: 'json' };
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { contractFiles } from '../../infra/cli/contracts/contract-files.ts';

describe('generated contracts', () => {
  let files: Map<string, string>;
  beforeAll(async () => {
    files = await contractFiles();
  });

  it('are those that the schemas give: run `npm run contracts` after a change', () => {
    for (const [path, text] of files) expect(readFileSync(path, 'utf8'), path).toBe(text);
  });

  it('has no file that no schema gives', () => {
    const present = readdirSync('events/generated', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`);
    expect(present.filter((path) => !files.has(path))).toEqual([]);
  });

  it('is valid OpenAPI 3.1', async () => {
    const document = JSON.parse(files.get('events/generated/openapi.json') ?? '');
    const result = await new Validator().validate(document);
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
  });

  it('is valid AsyncAPI 3.0', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
    addFormats.default(ajv);
    const validate = ajv.compile(asyncapiSchema);
    const valid = validate(JSON.parse(files.get('events/generated/asyncapi.json') ?? ''));
    expect(validate.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });
});
