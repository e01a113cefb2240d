import { createApiClient } from '../client/api-client.ts';
import { HEAVIEST_PARCEL_GRAMS } from './network.ts';
import type { OrderLimits } from './plan-orders.ts';

/** The weight that the goods in the heaviest parcel may have. The rest is for carton and filling. */
const HEAVIEST_GOODS_GRAMS = HEAVIEST_PARCEL_GRAMS - 3_000;

/** Limits that the API accepts for every order. They are used if the contract states none. */
const CAUTIOUS = { lines: 80, quantity: 10_000 };

/**
 * The limits of a basket. They are read from the contract that the backend serves, in the schema of `POST
 * /v1/quotes`.
 */
export async function readLimits(url: string): Promise<OrderLimits> {
  const contract = await createApiClient(url)
    .call<unknown>({ method: 'GET', path: '/v1/openapi.json' })
    .catch((error: unknown) => {
      if (error instanceof TypeError) throw new Error(`${url} does not answer`, { cause: error });
      throw error;
    });
  return limitsOf(contract);
}

/** The limits that an OpenAPI document states. */
export function limitsOf(contract: unknown): OrderLimits {
  const lines = property(resolve(contract, quoteBody(contract)), 'lines', contract);
  const quantity = property(resolve(contract, lines?.items), 'quantity', contract);
  const whole = (value: unknown, otherwise: number) => (Number.isInteger(value) ? Number(value) : otherwise);
  return {
    lines: whole(lines?.maxItems, CAUTIOUS.lines),
    quantity: whole(quantity?.maximum, CAUTIOUS.quantity),
    weightGrams: HEAVIEST_GOODS_GRAMS,
  };
}

type Schema = Readonly<Record<string, unknown>>;

function quoteBody(contract: unknown): unknown {
  return at(contract, [
    'paths',
    '/v1/quotes',
    'post',
    'requestBody',
    'content',
    'application/json',
    'schema',
  ]);
}

function property(schema: Schema | undefined, name: string, contract: unknown): Schema | undefined {
  return resolve(contract, at(schema, ['properties', name]));
}

function resolve(contract: unknown, schema: unknown): Schema | undefined {
  const reference = at(schema, ['$ref']);
  const found =
    typeof reference === 'string' ? at(contract, reference.replace(/^#\//, '').split('/')) : schema;
  return typeof found === 'object' && found !== null ? (found as Schema) : undefined;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );
}
