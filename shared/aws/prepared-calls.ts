import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { REQUEST_LIMITS } from './request-limits.ts';
import { type SendCommand, shortCalls } from './short-calls.ts';

/** What the SDK makes of a kind of command: the chain of its middleware, which takes the input of a call. */
type Handler = (given: { readonly input: object }) => Promise<{ readonly output: unknown }>;

/** A command of the document client, with the parts by which the document client itself sends it. */
interface Command {
  readonly input: object;
  readonly clientCommand: {
    resolveMiddleware(stack: unknown, config: unknown, options: undefined): Handler;
  };
  readonly middlewareStack: unknown;
  addMarshallingMiddleware(config: unknown): void;
}

/** The middleware of a client. */
type Stack = Record<(typeof CHANGING)[number], (...given: never[]) => unknown> & {
  concat(other: unknown): unknown;
};

/** The methods by which a client's middleware is changed. */
const CHANGING = ['add', 'addRelativeTo', 'use', 'remove', 'removeByTag'] as const;

/**
 * Makes the client put the middleware of a kind of command together once, and not for each call: that is a quarter of
 * what a call costs before its request leaves. The SDK has this as `cacheMiddleware`, but the document client refuses
 * the option, because its own handler holds the command. The handler of the command inside takes the input of each
 * call. A change of the client's middleware holds from the next call on. Options of a single call are not possible.
 * A command of the client beneath, with typed attributes, goes the way of the SDK.
 */
export function preparingOnce(client: DynamoDBDocumentClient): DynamoDBDocumentClient {
  const handlers = new Map<unknown, Handler>();
  const sendPlain = client.send.bind(client) as unknown as (command: unknown) => Promise<unknown>;
  const stack = client.middlewareStack as unknown as Stack;
  for (const name of CHANGING) {
    const change = stack[name].bind(stack) as (...given: unknown[]) => unknown;
    stack[name] = (...given: unknown[]) => {
      handlers.clear();
      return change(...given);
    };
  }

  function handlerOf(command: Command): Handler {
    const kind = command.constructor;
    const known = handlers.get(kind);
    if (known !== undefined) return known;
    command.addMarshallingMiddleware(client.config);
    const all = stack.concat(command.middlewareStack);
    const handler = command.clientCommand.resolveMiddleware(all, client.config, undefined);
    handlers.set(kind, handler);
    return handler;
  }

  const isOfDocuments = (command: object): command is Command => 'clientCommand' in command;
  const sendBySdk: SendCommand = async (command) =>
    isOfDocuments(command) ? (await handlerOf(command)({ input: command.input })).output : sendPlain(command);
  const send = shortCalls?.(sendBySdk, { timeoutMs: REQUEST_LIMITS.requestTimeout }) ?? sendBySdk;
  return Object.assign(client, { send: send as unknown as DynamoDBDocumentClient['send'] });
}
