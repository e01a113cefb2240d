import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { type FunctionId, type HttpTrigger, triggers } from '../../../events/triggers.ts';
import type { ApiClient } from '../../../infra/cli/client/api-client.ts';
import { type Item, startTable } from '../stores/table-on-engine.ts';
import { type Answer, answerOf, context, gatewayEvent, type Request } from './lambda-events.ts';
import { type PassOnWire, startTableRelay } from './table-relay.ts';

/** The `http` triggers whose input is JSON in our own format. */
export type RouteId = {
  [Id in FunctionId]: (typeof triggers)[Id] extends { kind: 'http' } ? Id : never;
}[FunctionId];

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export interface HandlersOnEngine {
  /** Gives a request to the function of the route, as the gateway does after the caller was authorised. */
  call(route: RouteId, request: Request): Promise<Answer>;
  /** The same routes by method and path, for code that seeds through the API. Throws if the answer is a problem. */
  readonly operator: ApiClient;
  items(): Promise<Item[]>;
  /** The texts of the records that the delivery stream of the lake got. */
  readonly records: readonly string[];
  /** Whether the delivery stream refuses every record. */
  refuseRecords(refuses: boolean): void;
  /** From now on, the functions' calls of the table pass through `pass`. */
  through(pass: PassOnWire | undefined): void;
  stop(): Promise<void>;
}

/** The caller: the storefront with a key, and at the same time an operator with a token. */
const authorizer = { lambda: { storefrontId: 'sample-shop' }, jwt: { claims: { sub: 'operator-1' } } };

/**
 * The functions with the dependencies of production over the real table engine. The variables that they read from
 * their environment are set before the first call. Secrets come from an endpoint of the test, and no partner answers.
 */
export async function handlersOnEngine(): Promise<HandlersOnEngine> {
  const engine = await startTable();
  const relay = await startTableRelay(engine.endpoint);
  const secrets = await startSecrets({
    'quote-signing': 'a-key-of-the-tests',
    'partners-payment': JSON.stringify({
      stripe: {
        ...{ apiKey: 'sk_test_1', webhookSecrets: [{ id: 'first', value: 'whsec_1' }] },
        // No program listens there, so a payment can't be started, and the order shows it as pending.
        baseUrl: 'http://127.0.0.1:9',
      },
    }),
  });
  const stream = await startDeliveryStream();
  // It takes every message, and nobody reads them.
  const queues = await startService(() => ({ status: 200, body: { Successful: [], Failed: [] } }));
  Object.assign(process.env, {
    ...{ RECORD_STREAM: 'facts', AWS_ENDPOINT_URL_FIREHOSE: stream.url },
    ...{ TABLE_NAME: engine.table.name, BUS_NAME: 'bus', STAGE: 'test', AWS_REGION: 'eu-central-1' },
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: relay.url, AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url },
    ...{ AWS_ENDPOINT_URL_SQS: queues.url, LAKE_BUCKET: 'lake' },
    QUEUE_REPLENISHMENT_MAKE_RUN_HISTORY: `${queues.url}/history`,
    ...{ SECRET_QUOTE_SIGNING: 'quote-signing', SECRET_PARTNERS_PAYMENT: 'partners-payment' },
  });
  const call = async (route: RouteId, request: Request): Promise<Answer> => {
    const { handler } = (await import(
      /* @vite-ignore */ new URL(`../../../functions/${route}.ts`, import.meta.url).href
    )) as { handler: Handler };
    const { method, path } = triggers[route];
    return answerOf(await handler(gatewayEvent({ method, path, authorizer, ...request }), context));
  };
  return {
    call,
    operator: operatorOf(call),
    items: () => engine.items(),
    records: stream.records,
    refuseRecords: stream.refuse,
    through: relay.through,
    async stop() {
      await secrets.stop();
      await stream.stop();
      await queues.stop();
      await relay.stop();
      await engine.stop();
    },
  };
}

/** Routes as an HTTP client reaches them. */
function operatorOf(call: HandlersOnEngine['call']): ApiClient {
  const routes = Object.entries(triggers).flatMap(([id, trigger]) =>
    trigger.kind === 'http' ? [{ id: id as RouteId, trigger: trigger as HttpTrigger }] : [],
  );
  return {
    async call<T>({ method, path, headers = {}, body }: Parameters<ApiClient['call']>[0]): Promise<T> {
      for (const { id, trigger } of routes) {
        const params = method === trigger.method ? paramsOf(trigger.path, path) : undefined;
        if (params === undefined) continue;
        const sent = body === undefined ? {} : { body: JSON.stringify(body) };
        const answer = await call(id, { params, headers, ...sent });
        if ((answer.status ?? 500) >= 400) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
        return answer.body as T;
      }
      throw new Error(`no route ${method} ${path}`);
    },
  };
}

function paramsOf(template: string, path: string): Record<string, string> | undefined {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const values = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]+)')}$`).exec(path)?.slice(1);
  return values && Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

/** The calls of Secrets Manager that functions make. */
const startSecrets = (values: Readonly<Record<string, string>>) =>
  startService((input) => {
    const { SecretId } = input as { SecretId: string };
    return { status: 200, body: { ARN: SecretId, Name: SecretId, SecretString: values[SecretId] } };
  });

/** The delivery stream of the lake. */
async function startDeliveryStream() {
  const records: string[] = [];
  let refuses = false;
  const service = await startService((input) => {
    if (refuses)
      return { status: 500, body: { __type: 'ServiceUnavailableException', message: 'slow down' } };
    const { Record } = input as { Record: { Data: string } };
    records.push(Buffer.from(Record.Data, 'base64').toString());
    return { status: 200, body: { RecordId: String(records.length) } };
  });
  const refuse = (whether: boolean) => {
    refuses = whether;
  };
  return { ...service, records, refuse };
}

/** A service of AWS that takes and gives JSON. */
async function startService(answer: (input: unknown) => { readonly status: number; readonly body: unknown }) {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { status, body } = answer(JSON.parse(text));
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
