import { type Table, tableClient } from '../../../shared/aws/clients.ts';
import type { TableOnEngine } from './table-on-engine.ts';

/** A call of a client of the table. */
export interface TableCall {
  /** The operation without `Command`, as `PutItem`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The output of a call, as the client's caller gets it. */
export type TableOutput = Readonly<Record<string, unknown>>;

/** Does something before, after or in the place of a call. `ask` sends it, each time that it is called. */
export type PassCall = (call: TableCall, ask: () => Promise<TableOutput>) => Promise<TableOutput>;

/**
 * The same table for a function whose calls pass through `pass`, with a client of its own. It is a step of the client's
 * middleware, so that all else of the client is at work: marshalling, its own repeats and its errors.
 */
export function tableThrough({ table: { name }, endpoint }: TableOnEngine, pass: PassCall): Table {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = tableClient({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 3 });
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const call = {
          operation: commandName.replace(/Command$/, ''),
          input: args.input as Readonly<Record<string, unknown>>,
        };
        const answers = new Map<unknown, Awaited<ReturnType<typeof next>>>();
        const output = await pass(call, async () => {
          const answer = await next({ ...args });
          answers.set(answer.output, answer);
          return answer.output as unknown as TableOutput;
        });
        const [any] = answers.values();
        return { response: answers.get(output)?.response ?? any?.response, output } as never;
      },
    { step: 'initialize', priority: 'high', name: 'throughTest' },
  );
  return { client, name };
}
