/**
 * Takes the place of `shared/aws/short-calls.ts` in the functions of this machine (`build-functions.ts`). A call of the
 * table that is answered at once goes round the SDK: its input and its answer are converted here, because the chain of
 * the SDK's middleware costs more than all other work of a call. Everything else is the SDK's: a refusal, an error or a
 * lost answer is handed to it as the answer of its own first attempt, so that it makes the same errors and repeats of
 * it as on AWS. The deployed bundles, and with them the tests that kill functions, hold the SDK alone.
 */
import { randomUUID } from 'node:crypto';
import { type KeyNodes, plainOutput, Unusual, wireInput } from './table-wire.ts';
import { callService, type ThreadAnswer, withFirstAnswer } from './thread-http-handler.ts';

/** A command of the document client, with what the client itself needs of it. */
interface Command {
  readonly input: object;
  readonly inputKeyNodes: KeyNodes;
  readonly outputKeyNodes: KeyNodes;
  /** The command inside names the operation in its schema: `[9, namespace, name, …]`. */
  readonly clientCommand: { readonly schema?: readonly unknown[] };
}

const API = 'DynamoDB_20120810';

type SendCommand = (command: object) => Promise<unknown>;

/** Makes the sender of one client. */
export function shortCalls(
  sendBySdk: SendCommand,
  { timeoutMs }: { readonly timeoutMs: number },
): SendCommand {
  let address: { readonly port: number; readonly path: string } | undefined;
  return async (command) => {
    const name = operationOf(command);
    const url = process.env.AWS_ENDPOINT_URL_DYNAMODB;
    if (name === undefined || url === undefined) return sendBySdk(command);
    const { inputKeyNodes, outputKeyNodes } = command as Command;
    const input = withToken(name, (command as Command).input);
    const text = unlessUnusual(() => JSON.stringify(wireInput(input, inputKeyNodes)));
    if (text === undefined) return sendBySdk(command);
    address ??= addressOf(url);
    const call = callService({ ...address, target: `${API}.${name}`, text }, { timeoutMs });
    const answer = await call.catch(() => undefined);
    const output = answer === undefined ? undefined : outputOf(answer, outputKeyNodes);
    return output ?? withFirstAnswer(call, () => sendBySdk(Object.assign(command, { input })));
  };
}

/** The operation of a command of the document client; undefined for every other command. */
function operationOf(command: object): string | undefined {
  if (!('inputKeyNodes' in command)) return undefined;
  const name = (command as Command).clientCommand.schema?.[2];
  return typeof name === 'string' ? name : undefined;
}

/**
 * The input, with the token by which the table knows a repeated transaction. The SDK makes one of its own for each
 * input that has none, and the repeat of a call must have that of the call.
 */
const withToken = (name: string, input: object): object =>
  name === 'TransactWriteItems' ? { ClientRequestToken: randomUUID(), ...input } : input;

function addressOf(url: string): { readonly port: number; readonly path: string } {
  const { port, pathname } = new URL(url);
  return { port: Number(port), path: pathname };
}

/** Undefined where only the SDK can read the answer. */
function outputOf([, status, text]: ThreadAnswer, nodes: KeyNodes): unknown {
  if (status !== 200 || text === undefined) return undefined;
  return unlessUnusual(() => plainOutput(JSON.parse(text) as object, nodes));
}

function unlessUnusual<T>(convert: () => T): T | undefined {
  try {
    return convert();
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}
