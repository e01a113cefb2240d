import { z } from 'zod';
import { type FunctionId, type HttpTrigger, triggerList } from '../../../events/triggers.ts';
import type { HttpContract, Operation } from '../../../shared/runtime/http-contract.ts';
import { Components, type JsonSchema } from './json-schema.ts';

const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

const hookContract: Pick<HttpContract, 'summary' | 'params' | 'answers' | 'problems'> = {
  summary: "A partner's signed call",
  params: z.strictObject({
    code: z.string().meta({ description: "The partner's code", example: 'my-partner' }),
  }),
  answers: {
    200: { description: 'Stored, now or before', schema: z.strictObject({ received: z.literal(true) }) },
  },
  problems: [401, 404],
};

/** Routes that answer documents and not JSON of ours; one of them is the document that is being written. */
const plainContracts: Partial<Record<FunctionId, Pick<HttpContract, 'summary' | 'answers'>>> = {
  'operations/get-openapi': {
    summary: 'This contract as OpenAPI 3.1',
    answers: { 200: { description: 'The document' } },
  },
  'operations/get-docs': { summary: 'This contract, to read', answers: { 200: { description: 'A page' } } },
  'operations/get-asyncapi': {
    summary: 'The events on the bus as AsyncAPI 3.0',
    answers: { 200: { description: 'The document' } },
  },
  'operations/get-front-page': {
    summary: 'The front page',
    answers: { 200: { description: 'A page' } },
  },
};

/** The OpenAPI 3.1 document of every route in the table of triggers. */
export async function openapi(version: string): Promise<JsonSchema> {
  const components = new Components();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [id, trigger] of triggerList) {
    if (trigger.kind !== 'http') continue;
    for (const described of await routesOf(id, trigger)) {
      paths[described.path] ??= {};
      Object.assign(paths[described.path] ?? {}, {
        [trigger.method.toLowerCase()]: operation(described, trigger, components),
      });
    }
  }
  components.of(problemSchema, 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: 'Entrepot',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'Amounts are minor units with their currency. Times are RFC 3339 in UTC. Errors are RFC 9457 problem details.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(triggerList.filter(([, t]) => t.kind === 'http').map(([id]) => tagOf(id)))].map(
      (name) => ({ name }),
    ),
    paths,
    components: {
      schemas: components.sorted(),
      securitySchemes: {
        storefrontKey: {
          type: 'apiKey',
          in: 'header',
          name: 'x-entrepot-key',
          description: 'Publishable key of the storefront',
        },
        orderToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'The `accessToken` given when the order was placed',
        },
        operator: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'OAuth2 access token with the scope named',
        },
      },
    },
  };
}

type Described = Pick<
  HttpContract,
  'summary' | 'params' | 'query' | 'body' | 'idempotent' | 'orderToken' | 'answers' | 'problems'
>;

/** One operation of the document. */
interface DescribedRoute {
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly description: string;
  readonly contract: Described;
}

/** The operations of a route: its own, and one for each value of a parameter that has a contract of its own. */
async function routesOf(id: FunctionId, trigger: HttpTrigger): Promise<DescribedRoute[]> {
  const path = trigger.path.replace('{asset+}', '{asset}').replace('/{page+}', '/');
  const operationId = id.replace(/^\d-/, '').replaceAll('/', '.');
  const route = { path, operationId, tag: tagOf(id), description: trigger.does };
  if (trigger.access.kind === 'signature') return [{ ...route, contract: hookContract }];
  const plain = plainContracts[id];
  if (plain !== undefined) return [{ ...route, contract: plain }];
  const { contract, operations = [] } = await moduleOf(id);
  const ofValues = operations.map(({ params, contract: own }) => ({
    ...route,
    path: path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole),
    operationId: [operationId, ...Object.values(params)].join('.'),
    description: own.answers[200]?.description ?? trigger.does,
    contract: own,
  }));
  return [{ ...route, contract }, ...ofValues];
}

async function moduleOf(id: FunctionId) {
  const module = (await import(
    /* @vite-ignore */ new URL(`../../../functions/${id}.ts`, import.meta.url).href
  )) as { contract?: HttpContract; operations?: readonly Operation[] };
  const { contract, operations } = module;
  if (contract === undefined) throw new Error(`functions/${id}.ts exports no contract`);
  if (contract.id !== id) throw new Error(`functions/${id}.ts has the contract of ${contract.id}`);
  return { contract, operations };
}

const tagOf = (id: FunctionId) => id.split('/')[0]?.replace(/^\d-/, '') ?? '';

function operation(described: DescribedRoute, trigger: HttpTrigger, components: Components) {
  const { operationId, tag, description, contract } = described;
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const problems = new Set([
    ...(contract.problems ?? []),
    ...(contract.body === undefined ? [] : [400, 415, 422]),
    500,
  ]);
  return {
    operationId,
    tags: [tag],
    summary: contract.summary,
    description,
    security: security(trigger, contract),
    parameters: parameters(trigger, contract, components),
    ...(contract.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: components.of(contract.body, 'input') } },
          },
        }),
    responses: {
      ...Object.fromEntries(
        Object.entries(contract.answers).map(([status, { description, schema, csv }]) => [
          status,
          {
            description,
            ...(schema === undefined
              ? {}
              : {
                  content: {
                    'application/json': { schema: components.of(schema, 'output') },
                    ...(csv === undefined ? {} : { 'text/csv': { schema: { type: 'string' } } }),
                  },
                }),
          },
        ]),
      ),
      ...Object.fromEntries(
        [...problems]
          .sort()
          .map((status) => [String(status), { description: 'Problem details', content: problem }]),
      ),
    },
  };
}

function security(trigger: HttpTrigger, contract: Described): Record<string, string[]>[] {
  const { access } = trigger;
  if (access.kind === 'scope') return [{ operator: [access.scope] }];
  if (access.kind !== 'storefront') return [];
  return [{ storefrontKey: [], ...(contract.orderToken === true ? { orderToken: [] } : {}) }];
}

function parameters(trigger: HttpTrigger, contract: Described, components: Components): unknown[] {
  const fields = (schema: z.ZodType | undefined, place: 'path' | 'query') => {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = components.of(schema, 'input') as {
      properties?: Record<string, JsonSchema>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, field]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: field,
    }));
  };
  const asset = trigger.path.includes('{asset+}')
    ? [{ name: 'asset', in: 'path', required: true, schema: { type: 'string' } }]
    : [];
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'Made by the caller before the first try; the same for every repeat',
    schema: { type: 'string', minLength: 1, maxLength: 128 },
  };
  return [
    ...fields(contract.params, 'path'),
    ...fields(contract.query, 'query'),
    ...asset,
    ...(contract.idempotent === true ? [key] : []),
  ];
}
