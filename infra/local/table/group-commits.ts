import { isWrite } from './count-capacity.ts';
import type { EngineAnswer, EngineClient } from './engine-client.ts';
import { type JoinableWrite, joinableWrite } from './joinable-write.ts';
import type { Input } from './table-actions.ts';
import type { TableKeys } from './table-keys.ts';

/** A call on its way to the engine. */
interface EngineCall {
  readonly operation: string;
  /** The operation with its API, such as `DynamoDB_20120810.PutItem`. */
  readonly target: string;
  /** JSON that asks for the consumed capacity. */
  readonly text: string;
  readonly input: Input;
}

/** Sends calls to the engine. Several writes may share one commit. */
export interface GroupCommits {
  /** Gives the engine's answer to the call. Rejects when the connection breaks before the answer. */
  send(call: EngineCall): Promise<EngineAnswer>;
}

interface Waiting {
  readonly call: EngineCall;
  /** Undefined: it has to be sent alone. */
  readonly joinable: JoinableWrite | undefined;
  readonly resolve: (answer: EngineAnswer) => void;
  readonly reject: (error: unknown) => void;
}
type Joining = Waiting & { readonly joinable: JoinableWrite };

/** More writes than this in one commit gain nothing more. DynamoDB takes 100 in a transaction. */
const MAX_WRITES = 25;
/** The engine takes 4 MB of items in a transaction. A longer group would be refused, and then sent one by one. */
const MAX_CHARACTERS = 1_000_000;

const TRANSACTION = 'DynamoDB_20120810.TransactWriteItems';

/**
 * Lets writes that wait for the engine at the same moment share one commit. The engine commits one request after the
 * other, and each commit waits for the disk, which takes longer than the write itself.
 *
 * One request that writes is at the engine at a time; others wait for it. Then all single writes that wait go as one
 * transaction of the engine, which is one commit. If the engine refuses it, because the condition of one of them
 * fails, nothing of it was written, and each is sent alone. So every write gets the answer that it would have had
 * alone. Writes whose answer a transaction can't give, and transactions themselves, are always sent alone. Reads don't
 * wait.
 */
export function createGroupCommits(
  engine: EngineClient,
  tables: ReadonlyMap<string, TableKeys>,
): GroupCommits {
  let waiting: Waiting[] = [];
  let busy = false;

  async function sendWaiting(): Promise<void> {
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      const group = takeGroup(first);
      if (group.length < 2) await sendAlone(first);
      else await commit(group);
    }
    busy = false;
  }

  /** Takes the first one out, and with it those that can share its commit, each of another item. */
  function takeGroup(first: Waiting): Joining[] {
    const group: Joining[] = [];
    const items = new Set<string>();
    let characters = 0;
    if (first.joinable === undefined) {
      waiting = waiting.slice(1);
      return group;
    }
    waiting = waiting.filter((each) => {
      if (!isJoining(each) || items.has(each.joinable.item) || group.length === MAX_WRITES) return true;
      if (group.length > 0 && characters + each.call.text.length > MAX_CHARACTERS) return true;
      characters += each.call.text.length;
      items.add(each.joinable.item);
      group.push(each);
      return false;
    });
    return group;
  }

  async function sendAlone({ call, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(await engine.send(call.target, call.text));
    } catch (error) {
      reject(error);
    }
  }

  async function commit(group: readonly Joining[]): Promise<void> {
    const actions = group.map((each) => each.joinable.action).join(',');
    const text = `{"ReturnConsumedCapacity":"INDEXES","TransactItems":[${actions}]}`;
    try {
      const { status, body } = await engine.send(TRANSACTION, text);
      if (status === 200) {
        const units = unitsByTable(body);
        for (const { joinable, resolve } of group) resolve(written(joinable.table, units));
      } else await Promise.all(group.map(sendAlone));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  return {
    send(call) {
      if (!isWrite(call.operation)) return engine.send(call.target, call.text);
      const joinable = joinableWrite(call.operation, call.input, tables);
      return new Promise((resolve, reject) => {
        waiting.push({ call, joinable, resolve, reject });
        if (busy) return;
        busy = true;
        // What arrives by the same message of a function goes with it.
        setImmediate(() => void sendWaiting());
      });
    },
  };
}

/** Sends each write alone, for an engine of which it is not known how it commits. */
export const commitEach = (engine: EngineClient): GroupCommits => ({
  send: ({ target, text }) => engine.send(target, text),
});

const isJoining = (each: Waiting): each is Joining => each.joinable !== undefined;

interface TableUnits {
  readonly TableName: string;
  readonly Table: { readonly CapacityUnits: number };
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits: number }>>;
}

/**
 * The units that the writes of a group would have consumed alone, by table. A transaction costs the double for the
 * table. Its index entries cost the same.
 */
function unitsByTable(body: Buffer): Map<string, number> {
  const { ConsumedCapacity } = JSON.parse(body.toString()) as { ConsumedCapacity: TableUnits[] };
  return new Map(
    ConsumedCapacity.map(({ TableName, Table, GlobalSecondaryIndexes = {} }) => {
      const ofIndexes = Object.values(GlobalSecondaryIndexes).map((index) => index.CapacityUnits);
      return [TableName, Table.CapacityUnits / 2 + ofIndexes.reduce((sum, units) => sum + units, 0)];
    }),
  );
}

/** The answer to one write of a group. The first write of a table reports the units of all of the group. */
function written(table: string, units: Map<string, number>): EngineAnswer {
  const consumed = { TableName: table, CapacityUnits: units.get(table) ?? 0 };
  units.delete(table);
  return { status: 200, body: Buffer.from(JSON.stringify({ ConsumedCapacity: consumed })) };
}
