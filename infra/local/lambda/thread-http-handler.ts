/**
 * Takes the place of the SDK's HTTP client in the functions of this machine (`build-functions.ts`). A call goes to the
 * main thread in a message instead of over a socket, which costs several times as much. What the SDK does before and
 * after is the same as on AWS: commands, repeats, reading answers (but for calls of the table, which
 * `thread-table-calls.ts` makes). The deployed bundles hold the SDK's own
 * client, and the tests that kill functions run these. A call without the name of an operation, such as those of S3,
 * goes over a socket by the SDK's own client.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type MessagePort, workerData } from 'node:worker_threads';

/** A call of a function: the port and the path of its service, the operation, and the input as JSON. */
export type ThreadCall = readonly [id: number, port: number, path: string, target: string, text: string];

/** The answer to a call, without status and text where the connection would break instead. */
export type ThreadAnswer = readonly [id: number, status: number | undefined, text: string | undefined];

interface Request {
  readonly port?: number | undefined;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

interface HandlerOptions {
  /** Milliseconds after which a call without an answer fails. 0 sets no limit. */
  readonly requestTimeout?: number;
}

interface CallOptions extends HandlerOptions {
  readonly abortSignal?: AbortSignal;
}

interface Response {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** What the SDK's own client has of this interface. */
interface Client {
  handle(request: Request, options?: CallOptions): Promise<{ readonly response: Response }>;
}

// Not a literal: the build would put this file in its place.
const SDK_CLIENT: string = '@smithy/node-http-handler';
let sdkClient: Promise<Client> | undefined;

async function openSdkClient(): Promise<Client> {
  const { NodeHttpHandler: SdkClient } = (await import(SDK_CLIENT)) as { NodeHttpHandler: new () => Client };
  return new SdkClient();
}

const operationOf = ({ headers }: Request): string | undefined =>
  headers['x-amz-target'] ?? headers['X-Amz-Target'];

const port = (workerData as { readonly calls?: MessagePort } | null)?.calls;
const waiting = new Map<number, (answer: ThreadAnswer) => void>();
let lastId = 0;

port?.on('message', (answers: readonly ThreadAnswer[]) => {
  for (const answer of answers) waiting.get(answer[0])?.(answer);
});

let together: ThreadCall[] = [];

/** Sends the call with the others of this moment: a message costs more than what is in it. */
function post(to: MessagePort, call: ThreadCall): void {
  together.push(call);
  if (together.length > 1) return;
  queueMicrotask(() => {
    const calls = together;
    together = [];
    to.postMessage(calls);
  });
}

/** The SDK's interface of an HTTP client. */
export class NodeHttpHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  #options: HandlerOptions;

  constructor(options: HandlerOptions = {}) {
    this.#options = options;
  }

  static create(given?: HandlerOptions | NodeHttpHandler): NodeHttpHandler {
    return given instanceof NodeHttpHandler ? given : new NodeHttpHandler(given);
  }

  async handle(request: Request, options: CallOptions = {}): Promise<{ readonly response: Response }> {
    const { requestTimeout = this.#options.requestTimeout ?? 0, abortSignal } = options;
    if (operationOf(request) === undefined) {
      sdkClient ??= openSdkClient();
      return (await sdkClient).handle(request, options);
    }
    abortSignal?.throwIfAborted();
    const [, status, text] = await (takeFirst() ?? send(request, requestTimeout));
    abortSignal?.throwIfAborted();
    if (status === undefined || text === undefined) throw broken('ECONNRESET', 'socket hang up');
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    return { response: { statusCode: status, headers, body: Buffer.from(text) } };
  }

  updateHttpClientConfig(key: string | symbol, value: unknown): void {
    this.#options = { ...this.#options, [key]: value };
  }

  httpHandlerConfigs(): HandlerOptions {
    return this.#options;
  }

  destroy(): void {
    // The port belongs to the thread, and the calls of all clients go through it.
  }
}

function send(request: Request, timeoutMs: number): Promise<ThreadAnswer> {
  const { port: service = 80, path, body = '' } = request;
  const target = operationOf(request) ?? '';
  const text = typeof body === 'string' ? body : Buffer.from(body).toString();
  return callService({ port: service, path, target, text }, { timeoutMs });
}

/** An answer that came already, which the next attempt of the SDK takes. */
const first = new AsyncLocalStorage<{ answer: Promise<ThreadAnswer> | undefined }>();

function takeFirst(): Promise<ThreadAnswer> | undefined {
  const given = first.getStore();
  const answer = given?.answer;
  if (given !== undefined) given.answer = undefined;
  return answer;
}

/** Lets the first attempt of what the SDK does now have this answer. The attempts after it are calls. */
export const withFirstAnswer = <T>(answer: Promise<ThreadAnswer>, act: () => Promise<T>): Promise<T> =>
  first.run({ answer }, act);

/** A call of a service of this machine. */
interface ServiceCall {
  readonly port: number;
  readonly path: string;
  readonly target: string;
  /** JSON. */
  readonly text: string;
}

/**
 * Calls a service of this machine. Rejects with the SDK's error for a time limit that is exceeded; a limit of 0 is
 * none. The answer has no status where the connection would have broken.
 */
export function callService(
  { port: service, path, target, text }: ServiceCall,
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<ThreadAnswer> {
  const id = ++lastId;
  return new Promise<ThreadAnswer>((resolve, reject) => {
    if (port === undefined) throw new Error('only threads of the local cloud can call services this way');
    const late = timeoutMs === 0 ? undefined : setTimeout(end, timeoutMs);
    function end(answer?: ThreadAnswer): void {
      waiting.delete(id);
      clearTimeout(late);
      if (answer === undefined) reject(broken('ETIMEDOUT', `no answer after ${timeoutMs} ms`));
      else resolve(answer);
    }
    waiting.set(id, end);
    post(port, [id, service, path, target, text]);
  });
}

/** The error of the SDK's own client for a connection that breaks. The SDK repeats the call. */
const broken = (code: string, message: string) =>
  Object.assign(new Error(message), { name: 'TimeoutError', code });

/** Reads the body of an answer, which is complete where it came in a message. */
export async function streamCollector(body: Response['body']): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
