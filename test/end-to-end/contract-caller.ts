import { randomUUID } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Schema = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly example?: string;
  readonly schema: Schema;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly content: {
      readonly 'application/json': {
        readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
      };
    };
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
}

export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<Operation, 'method' | 'path'>>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export function operationsOf({ paths }: Contract): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  );
}

export interface Keys {
  readonly storefrontKey: string;
  readonly operatorToken: string;
}

/** Sends the examples of a contract. Only ids, tokens and slots are replaced by those of earlier answers. */
export class ContractCaller {
  readonly sent = new Set<string>();
  /** The text that is sent in the place of a text of an example. */
  readonly standIns = new Map<string, string>();
  orderToken = '';
  readonly #url: string;
  readonly #contract: Contract;
  readonly #keys: Keys;
  readonly #ajv = new Ajv2020({ strict: false });

  constructor(url: string, contract: Contract, keys: Keys) {
    this.#url = url;
    this.#contract = contract;
    this.#keys = keys;
    (addFormats as unknown as (ajv: Ajv2020) => void)(this.#ajv);
    this.#ajv.addSchema({ $id: 'contract', components: contract.components });
  }

  /** Sends one example and gives the answer. Throws unless the status is 2xx and the answer fits its schema. */
  async send<Answer>(operationId: string, example?: string): Promise<Answer> {
    const operation = operationsOf(this.#contract).find((each) => each.operationId === operationId);
    if (operation === undefined) throw new Error(`the contract has no ${operationId}`);
    const name = `${operationId}${example === undefined ? '' : ` ${example}`}`;
    this.sent.add(name);
    const examples = operation.requestBody?.content['application/json'].examples ?? {};
    const body = example === undefined ? undefined : examples[example]?.value;
    const response = await fetch(this.#url + this.#address(operation), {
      method: operation.method,
      headers: this.#headers(operation, body !== undefined),
      ...(body === undefined ? {} : { body: this.#withStandIns(JSON.stringify(body)) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${name} is answered ${response.status}: ${text}`);
    const schema = operation.responses[response.status]?.content?.['application/json']?.schema;
    const answer = schema === undefined ? text : JSON.parse(text);
    if (schema !== undefined && !this.#ajv.validate(this.#rooted(schema), answer))
      throw new Error(`${name} is answered otherwise than documented: ${this.#ajv.errorsText()}`);
    return answer as Answer;
  }

  #address({ path, parameters }: Operation): string {
    const sentFor = ({ example, schema }: Parameter) =>
      this.#withStandIns(String(example ?? this.#exampleOf(schema)));
    const filled = parameters
      .filter((parameter) => parameter.in === 'path')
      .reduce((all, each) => all.replace(`{${each.name}}`, encodeURIComponent(sentFor(each))), path);
    const query = parameters
      .filter((each) => each.in === 'query' && (each.required || each.example !== undefined))
      .map((each): [string, string] => [each.name, sentFor(each)]);
    return query.length === 0 ? filled : `${filled}?${new URLSearchParams(query)}`;
  }

  #exampleOf(schema: Schema): unknown {
    const name = /^#\/components\/schemas\/(.+)$/.exec(String(schema.$ref))?.[1];
    return schema.example ?? this.#contract.components.schemas[name ?? '']?.example;
  }

  #headers({ security, parameters }: Operation, hasBody: boolean): Record<string, string> {
    const [scheme = {}] = security;
    return {
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...('storefrontKey' in scheme ? { 'x-entrepot-key': this.#keys.storefrontKey } : {}),
      ...('orderToken' in scheme ? { authorization: `Bearer ${this.orderToken}` } : {}),
      ...('operator' in scheme ? { authorization: `Bearer ${this.#keys.operatorToken}` } : {}),
      // Every example is a new request, so it gets a new key.
      ...(parameters.some(({ name }) => name === 'Idempotency-Key')
        ? { 'idempotency-key': randomUUID() }
        : {}),
    };
  }

  #withStandIns(text: string): string {
    return [...this.standIns].reduce((all, [written, real]) => all.replaceAll(written, real), text);
  }

  #rooted(schema: Schema): Schema {
    return JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"contract#/components')) as Schema;
  }
}
