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

  it('are the files that the schemas give: run `npm run contracts` after a change', () => {
    for (const [path, text] of files) expect(readFileSync(path, 'utf8'), path).toBe(text);
  });

  it('include no file without a schema', () => {
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

  describe('OpenAPI for callers that generate types and clients', () => {
    interface Response {
      readonly content?: Readonly<Record<string, { readonly schema?: object; readonly examples?: object }>>;
    }
    interface Operation {
      readonly operationId: string;
      readonly tags: readonly string[];
      readonly parameters: readonly { readonly name: string; readonly in: string }[];
      readonly responses: Readonly<Record<string, Response>>;
    }
    interface Document {
      readonly tags: readonly { readonly name: string }[];
      readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
      readonly components: {
        readonly schemas: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
      };
    }
    let text: string;
    let document: Document;
    let operations: (Operation & { readonly path: string })[];
    beforeAll(() => {
      text = files.get('events/generated/openapi.json') ?? '';
      document = JSON.parse(text) as Document;
      operations = Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.values(methods).map((operation) => ({ ...operation, path })),
      );
    });

    it('refers only to existing components, and every component is referred to', () => {
      const named = Object.keys(document.components.schemas);
      const referred = new Set(
        [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name),
      );
      expect([...referred].filter((name) => !named.includes(name))).toEqual([]);
      expect(named.filter((name) => !referred.has(name))).toEqual([]);
    });

    it('gives every operation a unique name, and lists every parameter of its path', () => {
      const ids = operations.map(({ operationId }) => operationId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { path, parameters } of operations) {
        const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
        expect(inPath.sort(), path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
      }
    });

    it('begins with the operations of a storefront', () => {
      const [first] = operations;
      expect(first?.tags).toEqual(['quote']);
      const order = operations.map(({ tags }) => document.tags.findIndex(({ name }) => name === tags[0]));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    });

    it('gives every answer of ours a name, and every refusal an example', () => {
      for (const { operationId, tags, responses } of operations)
        for (const [status, { content = {} }] of Object.entries(responses)) {
          const { schema } = content['application/json'] ?? {};
          if (schema !== undefined && !tags.includes('operations'))
            expect(schema, `${operationId} ${status}`).toHaveProperty('$ref');
          const problem = content['application/problem+json'];
          if (problem !== undefined)
            expect(Object.keys(problem.examples ?? {}).length, `${operationId} ${status}`).toBeGreaterThan(0);
        }
    });

    it('says of every route with an Idempotency-Key that a key of another request is refused', () => {
      const keyed = operations.filter(({ parameters }) =>
        parameters.some(({ name }) => name === 'Idempotency-Key'),
      );
      expect(keyed.length).toBeGreaterThan(5);
      const silent = keyed.filter(({ responses }) => {
        const examples = responses['422']?.content?.['application/problem+json']?.examples ?? {};
        return !JSON.stringify(examples).includes('idempotency-key-reused');
      });
      expect(silent.map(({ operationId }) => operationId)).toEqual([]);
    });

    it('lists all values of statuses and facts', () => {
      for (const name of ['OrderStatus', 'ParcelProgress', 'PaymentStatus', 'DeclarationStatus', 'FactName'])
        expect(document.components.schemas[name]?.enum?.length, name).toBeGreaterThan(5);
      expect(document.components.schemas.PaymentStatus?.enum).toContain('partially_refunded');
    });

    it('writes every large shape only once', () => {
      const shapes = new Map<string, number>();
      const count = (value: unknown): void => {
        if (value === null || typeof value !== 'object') return;
        const shape = JSON.stringify(value);
        // Each route lists its own problems, also where another route has the same ones.
        const isListOfProblems = shape.startsWith(
          '{"type":"object","properties":{"type":{"type":"string","enum":',
        );
        if ('properties' in value && shape.length > 600 && !isListOfProblems)
          shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
        for (const inner of Object.values(value)) count(inner);
      };
      count(document);
      expect([...shapes].filter(([, times]) => times > 1).map(([shape]) => shape.slice(0, 120))).toEqual([]);
    });

    it('has no bound that only says that a number is whole', () => {
      expect(text).not.toContain(String(Number.MAX_SAFE_INTEGER));
    });
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
