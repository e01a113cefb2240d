import type { z } from 'zod';
import type { DescribedRoute } from './described-routes.ts';
import type { Components, JsonSchema } from './json-schema.ts';
import { responses } from './responses.ts';

/** One operation of the OpenAPI document. */
export function operation(route: DescribedRoute, components: Components): JsonSchema {
  const { operationId, tag, description, contract } = route;
  const body = requestBody(route, components);
  return {
    operationId,
    tags: [tag],
    summary: contract.summary,
    description,
    security: security(route),
    parameters: parameters(route, components),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responses(route, components),
  };
}

function requestBody({ contract, doc }: DescribedRoute, components: Components): JsonSchema | undefined {
  if (contract.body === undefined) return undefined;
  const examples = Object.fromEntries(
    Object.entries(doc.bodies ?? {}).map(([name, { summary, body }]) => [name, { summary, value: body }]),
  );
  const schema = components.of(contract.body, 'input');
  return { required: true, content: { 'application/json': { schema, examples } } };
}

function security({ trigger: { access }, contract }: DescribedRoute): Record<string, string[]>[] {
  if (access.kind === 'scope') return [{ operator: [access.scope] }];
  if (access.kind !== 'storefront') return [];
  return [{ storefrontKey: [], ...(contract.orderToken === true ? { orderToken: [] } : {}) }];
}

function parameters({ path, contract, doc }: DescribedRoute, components: Components): JsonSchema[] {
  const { params, query, body, idempotent, versioned } = contract;
  return [
    ...fields('path', params, doc.values, components).filter(({ name }) => path.includes(`{${name}}`)),
    ...fields('query', query, doc.values, components),
    ...(path.includes('{asset}') ? [assetParameter] : []),
    ...(idempotent === true ? [keyParameter] : []),
    ...(versioned === true && body !== undefined ? [versionParameter] : []),
  ];
}

const assetParameter = {
  name: 'asset',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  example: 'viewer.css',
};

const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'The caller makes the key before the first attempt, and sends the same key with every repeat',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
  example: 'a-key-of-your-own-0001',
};

const versionParameter = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description:
    'The `ETag` of what the change was made on. If another version is stored meanwhile, nothing is written',
  schema: { type: 'string', maxLength: 1_000 },
};

/** The fields of a path or a query as parameters. `values` has the values of the example. */
function fields(
  place: 'path' | 'query',
  schema: z.ZodType | undefined,
  values: Readonly<Record<string, string>> | undefined,
  components: Components,
): JsonSchema[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = components.of(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(values?.[name] === undefined ? {} : { example: values[name] }),
    schema: field,
  }));
}
