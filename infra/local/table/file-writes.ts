import { isWrite } from './count-capacity.ts';
import type { EngineAnswer, EngineClient } from './engine-client.ts';
import type { Attributes } from './expressions/operand.ts';
import { ForEngine } from './expressions/tokens.ts';
import { sizeOfItem } from './item-size.ts';
import type { ItemStore } from './item-store.ts';
import { createWritePlanner, type PlannedWrite, shapeOf, writesOf } from './planned-write.ts';
import { idempotentMismatch } from './refusals.ts';
import type { Input } from './table-actions.ts';
import { definitionOf, type TableDefinition } from './table-definition.ts';
import { createTransactionTokens, type Touched } from './transaction-tokens.ts';
import { unitsOf, writeItem } from './write-item.ts';

/** A call on its way to the engine. */
interface EngineCall {
  readonly operation: string;
  /** The operation with its API, such as `DynamoDB_20120810.PutItem`. */
  readonly target: string;
  /** JSON that asks for the consumed capacity. */
  readonly text: string;
  readonly input: Input;
}

/** Sends calls to the engine, or does what the engine would do. */
export interface TableCalls {
  /** Gives the engine's answer to the call. Rejects when the connection breaks before the answer. */
  send(call: EngineCall): Promise<EngineAnswer>;
}

/** Sends each call to an engine of which it is not known how it stores items. */
export const sendingAll = (engine: EngineClient): TableCalls => ({
  send: ({ target, text }) => engine.send(target, text),
});

const MAX_WRITES = 100;
const MAX_CHARACTERS = 1_000_000;

/**
 * Writes items into the file of our own engine, without the engine. A write by the engine takes two messages between
 * processes, and the engine waits for the disk at each commit. A write here does neither. Answer, units, what is
 * stored, and the record of the stream are the same.
 *
 * A write goes to the engine in four cases: when the engine has not yet accepted one with the same expressions, so that
 * the engine checks each of them; when its condition is not met, so that the engine refuses it; when it asks for
 * something that is not known here, such as the item of before; and when a value is stored otherwise than it was sent.
 * One request that writes is at the engine at a time. Others wait for it.
 */
export function writingToFile(
  engine: EngineClient,
  store: ItemStore,
  now: () => number = Date.now,
): TableCalls {
  const definitions = new Map<string, TableDefinition>();
  const accepted = new Set<string>();
  const tokens = createTransactionTokens(now);
  const plan = createWritePlanner((name) => {
    const known = definitions.get(name) ?? definitionOf(store, name);
    if (known !== undefined) definitions.set(name, known);
    return known;
  });
  let atEngine: Promise<unknown> | undefined;

  function write({ operation, text, input }: EngineCall): EngineAnswer | undefined {
    const { token, content } = tokenOf(input);
    const repeated = token === undefined ? undefined : tokens.find(token, content);
    if (repeated === 'other') return idempotentMismatch;
    if (repeated !== undefined && repeated !== 'sent') return readAgain(repeated);
    const { ReturnConsumedCapacity, ClientRequestToken, ReturnValues = 'NONE', ...members } = input;
    const writes = writesOf(operation, members) ?? [];
    if (repeated === 'sent' || token !== ClientRequestToken || writes.length === 0) return undefined;
    if (ReturnConsumedCapacity !== undefined || ReturnValues !== 'NONE') return undefined;
    if (writes.length > MAX_WRITES || text.length > MAX_CHARACTERS) return undefined;
    if (!writes.every((each) => accepted.has(shapeOf(operation, each)))) return undefined;
    const planned = writes.map(plan);
    const items = new Set(
      planned.map(({ table, partition, sort }) => JSON.stringify([table.name, partition, sort])),
    );
    if (items.size !== planned.length) return undefined;
    const done = store.atomically(() => planned.map(carryOut));
    if (token !== undefined) tokens.remember(token, content, done);
    return operation === 'TransactWriteItems' ? transacted(done) : written(done);
  }

  function carryOut({ table, partition, sort, isMet, after }: PlannedWrite): Done {
    const found = store.find(table.name, partition, sort);
    const before = found === undefined ? undefined : (JSON.parse(found.json) as Attributes);
    // The engine refuses it, in its own words.
    if (!isMet(before)) throw new ForEngine();
    const result = after(before);
    const bytes = Math.max(...[before, result].map((item) => (item === undefined ? 0 : sizeOfItem(item))));
    // A check of a condition leaves the very item that it was given.
    const units =
      before !== undefined && result === before
        ? { table: unitsOf(before), indexes: 0 }
        : writeItem(store, table, { partition, sort, before, after: result }, now());
    return { table: table.name, bytes, units };
  }

  function writeOrLeave(call: EngineCall): EngineAnswer | undefined {
    try {
      return write(call);
    } catch (error) {
      if (error instanceof ForEngine) return undefined;
      throw error;
    }
  }

  async function sendWrite(call: EngineCall): Promise<EngineAnswer> {
    const { token, content } = tokenOf(call.input);
    if (token !== undefined) tokens.remember(token, content, 'sent');
    const answer = await engine.send(call.target, call.text);
    const { ClientRequestToken, ReturnConsumedCapacity, ReturnValues, ...members } = call.input;
    const writes = writesOf(call.operation, members) ?? [];
    if (answer.status === 200) for (const each of writes) accepted.add(shapeOf(call.operation, each));
    return answer;
  }

  return {
    async send(call) {
      if (!isWrite(call.operation)) return engine.send(call.target, call.text);
      while (atEngine !== undefined) await atEngine;
      const answer = writeOrLeave(call);
      if (answer !== undefined) return answer;
      const sent = sendWrite(call);
      const over = () => {
        atEngine = undefined;
      };
      atEngine = sent.then(over, over);
      return sent;
    },
  };
}

/** The token of a transaction, and what it is the token of. */
const tokenOf = ({ ClientRequestToken: token, TransactItems }: Input) => ({
  token: typeof token === 'string' && token.length > 0 && token.length <= 36 ? token : undefined,
  content: JSON.stringify(TransactItems),
});

interface Done {
  readonly table: string;
  readonly bytes: number;
  readonly units: { readonly table: number; readonly indexes: number };
}

const answerOf = (answer: object): EngineAnswer => ({
  status: 200,
  body: Buffer.from(JSON.stringify(answer)),
});

const written = ([done]: readonly Done[]): EngineAnswer =>
  answerOf({
    ConsumedCapacity: {
      TableName: done?.table,
      CapacityUnits: (done?.units.table ?? 0) + (done?.units.indexes ?? 0),
    },
  });

/** A transaction costs the double in the table. Its index entries cost the same. */
const transacted = (done: readonly Done[]): EngineAnswer =>
  byTable(done, ({ units }) => 2 * units.table + units.indexes, 'WriteCapacityUnits');

/** A transaction that is asked for again writes nothing. Each of its items costs what a transaction pays to read it. */
const readAgain = (touched: Touched): EngineAnswer =>
  byTable(touched, ({ bytes }) => 2 * Math.max(1, Math.ceil(bytes / 4096)), 'ReadCapacityUnits');

function byTable<Each extends { readonly table: string }>(
  all: readonly Each[],
  unitsOfOne: (each: Each) => number,
  member: string,
): EngineAnswer {
  const units = new Map<string, number>();
  for (const each of all) units.set(each.table, (units.get(each.table) ?? 0) + unitsOfOne(each));
  return answerOf({
    ConsumedCapacity: [...units].map(([TableName, count]) => ({
      TableName,
      CapacityUnits: count,
      [member]: count,
    })),
  });
}
