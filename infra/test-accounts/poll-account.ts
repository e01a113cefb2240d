import { accountCall, pause } from './call-account.ts';
import type { PollPositions } from './poll-positions.ts';
import {
  type AccountCall,
  AccountRefused,
  NotNow,
  type PolledEvent,
  type TestAccount,
} from './test-account.ts';

/** The longest wait after failures, in milliseconds. */
const MAX_WAIT_MS = 60_000;
const DELIVERY_TIMEOUT_MS = 30_000;
/** Answers of our own door that no repeat changes. */
const REFUSED_FOR_GOOD = [400, 413, 422];

/** What polling needs beside the account. */
export interface PollTools {
  readonly positions: PollPositions;
  /** The address of our API. */
  readonly apiUrl: string;
  /** The secret that signs the events, which the backend's settings hold too. */
  readonly secret: string;
  /** Receives a line of progress. */
  readonly say: (line: string) => void;
  readonly call?: AccountCall;
}

/**
 * Polls an account once: reads the events since the stored position, delivers each by the door of webhooks, and stores
 * the new position when all of them were accepted. So a crash at any moment delivers events again, and loses none; the
 * door acts once on an event. Gives the number of events. Throws {@link NotNow} or {@link AccountRefused}.
 */
export async function pollOnce(account: TestAccount, tools: PollTools): Promise<number> {
  const { positions, say, call = accountCall() } = tools;
  const { events, position } = await account.poll(call, positions.read(account.code));
  for (const event of events) await deliver(account, event, tools);
  positions.write(account.code, position);
  if (events.length > 0) say(`${account.code}: polled ${eventsText(events)}`);
  return events.length;
}

/** Brings an event to the same door as the partner's webhook, signed as the partner signs. */
async function deliver(account: TestAccount, event: PolledEvent, tools: PollTools): Promise<void> {
  const { kind, code } = account;
  const { eventId: id, body } = event;
  const timestamp = Math.floor(Date.now() / 1_000);
  const response = await fetch(`${tools.apiUrl}/v1/hooks/${kind}/${code}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...account.sign(tools.secret, { id, timestamp, body }) },
    body,
    signal: AbortSignal.timeout(DELIVERY_TIMEOUT_MS),
  }).catch(() => {
    throw new NotNow("this machine's API does not answer");
  });
  await response.body?.cancel();
  if (response.ok) return;
  if (!REFUSED_FOR_GOOD.includes(response.status))
    throw new NotNow(`this machine's API answered ${response.status} to an event`);
  tools.say(`${code}: the API refused ${id} (${event.word}) with ${response.status}; it is left out`);
}

function eventsText(events: readonly PolledEvent[]): string {
  const counts = Map.groupBy(events, ({ word }) => word);
  return [...counts]
    .map(([word, alike]) => (alike.length === 1 ? word : `${alike.length} ${word}`))
    .join(', ');
}

/** Polling that runs until it is stopped. */
export interface Polling {
  stop(): Promise<void>;
}

/** Polls the accounts from now on. After a failure the waits grow, and a partner's `Retry-After` is obeyed. */
export function startPolling(accounts: readonly TestAccount[], tools: PollTools): Polling {
  const stop = new AbortController();
  const loops = accounts.map((account) => pollUntil(stop.signal, account, tools));
  return {
    async stop() {
      stop.abort();
      await Promise.all(loops);
    },
  };
}

async function pollUntil(signal: AbortSignal, account: TestAccount, tools: PollTools): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let waitMs = account.pollEveryMs;
    try {
      await pollOnce(account, tools);
      if (failures > 0) tools.say(`${account.code}: answers again`);
      failures = 0;
    } catch (error) {
      failures += 1;
      waitMs = waitAfter(account, failures, error);
      // A failure is said once, and a long one again now and then.
      if (failures === 1 || failures % 10 === 0)
        tools.say(`${account.code}: ${wordsOf(error)}; asked again in ${Math.ceil(waitMs / 1_000)} s`);
    }
    await pause(waitMs, signal);
  }
}

/** How long to wait after that many failures in a row, in milliseconds. */
export function waitAfter(
  { pollEveryMs }: Pick<TestAccount, 'pollEveryMs'>,
  failures: number,
  error: unknown,
): number {
  const grown = Math.min(MAX_WAIT_MS, pollEveryMs * 2 ** Math.min(failures, 10));
  const asked = error instanceof NotNow ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(grown, asked);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Calls each account once, so that a wrong key or a missing connection is known at the start, and notes where its
 * polling begins. Throws an Error that says which account does not answer and what to do.
 */
export async function checkAccounts(
  accounts: readonly TestAccount[],
  positions: PollPositions,
  call: AccountCall = accountCall(),
): Promise<void> {
  for (const account of accounts) {
    const atMs = await checkAccount(account, call);
    if (positions.read(account.code) === undefined)
      positions.write(account.code, account.firstPosition(atMs));
  }
}

async function checkAccount(account: TestAccount, call: AccountCall): Promise<number> {
  const { code, baseUrl } = account;
  try {
    return await account.check(call);
  } catch (error) {
    if (error instanceof NotNow) throw new Error(`${code} at ${baseUrl}: ${error.message}`);
    if (!(error instanceof AccountRefused)) throw error;
    const advice =
      error.status === 401
        ? 'the key in the file is wrong, or was replaced'
        : error.status === 403
          ? `the key may not read ${account.polled}: give it that permission`
          : 'check the account';
    throw new Error(`${code} at ${baseUrl} ${error.message}: ${advice}`);
  }
}
