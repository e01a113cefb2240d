import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { triggers } from '../../../events/triggers.ts';
import { openapi } from '../../../infra/cli/contracts/openapi.ts';
import type { RouteId } from './handlers-on-engine.ts';
import type { Path } from './json-nodes.ts';

export type Schema = Readonly<Record<string, unknown>>;

interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}

/** The requests of the published contract. */
export interface ContractSchemas {
  /** The schema of the body. Undefined for a route without a body. */
  bodyOf(route: RouteId): Schema | undefined;
  parametersOf(route: RouteId): Operation['parameters'];
  /** Whether the value fits the schema of a body, as a caller can check beforehand. */
  fits(route: RouteId, body: unknown): boolean;
  /** The schemas for a value at the place. There are several if the contract allows a choice. */
  at(schema: Schema, path: Path): Schema[];
  /** Every field of the schema as a path of names; items and free names are `*`. */
  fieldsOf(schema: Schema): string[];
}

export async function readContract(): Promise<ContractSchemas> {
  const document = await openapi('test');
  const { schemas } = document.components as { schemas: Record<string, Schema> };
  const paths = document.paths as Record<string, Record<string, Operation>>;
  const ajv = new Ajv2020({ strict: false, validateFormats: true, validateSchema: false });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: 'contract', components: { schemas } });
  const validators = new Map<RouteId, ValidateFunction>();

  const operationOf = (route: RouteId): Operation => {
    const { method, path } = triggers[route];
    const operation = paths[path]?.[method.toLowerCase()];
    if (operation === undefined) throw new Error(`the contract has no ${method} ${path}`);
    return operation;
  };
  // A GET has no body, and the contract lists a route with several contracts by its parameters.
  const bodyOf = (route: RouteId) =>
    triggers[route].method === 'GET'
      ? undefined
      : operationOf(route).requestBody?.content['application/json'].schema;

  const choices = (schema: Schema): Schema[] => {
    const name = /^#\/components\/schemas\/(.+)$/.exec(String(schema.$ref))?.[1];
    if (name !== undefined) return choices(schemas[name] ?? {});
    const several = (schema.oneOf ?? schema.anyOf ?? schema.allOf) as Schema[] | undefined;
    return several === undefined ? [schema] : several.flatMap(choices);
  };
  const membersOf = ({ properties = {}, items, additionalProperties }: Schema): [string, Schema][] => [
    ...Object.entries(properties as Record<string, Schema>),
    ...[items, additionalProperties].flatMap((free): [string, Schema][] =>
      typeof free === 'object' && free !== null ? [['*', free as Schema]] : [],
    ),
  ];
  const at = (schema: Schema, [name, ...rest]: Path): Schema[] =>
    name === undefined
      ? choices(schema)
      : choices(schema)
          .flatMap(membersOf)
          .filter(([member]) => member === '*' || member === name)
          .flatMap(([, inner]) => at(inner, rest));
  const fieldsOf = (schema: Schema): string[] => [
    ...new Set(
      choices(schema)
        .flatMap(membersOf)
        .flatMap(([name, inner]) => [name, ...fieldsOf(inner).map((field) => `${name}/${field}`)]),
    ),
  ];
  return {
    ...{ bodyOf, at, fieldsOf },
    parametersOf: (route) => operationOf(route).parameters,
    fits(route, body) {
      const known = validators.get(route) ?? ajv.compile(withIds(bodyOf(route) ?? {}));
      validators.set(route, known);
      return known(body);
    },
  };
}

/** References point into the document that was added to the validator under a name. */
function withIds(value: unknown): Schema {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/components', '"contract#/components')) as Schema;
}
