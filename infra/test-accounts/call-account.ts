import { setTimeout as wait } from 'node:timers/promises';
import { type AccountCall, AccountRefused, NotNow } from './test-account.ts';

const TIMEOUT_MS = 15_000;
/** A page of a hundred events has about a megabyte. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** Calls partners for the polls. It follows no redirect, so that a key goes to the named host only. */
export function accountCall(fetchIt: typeof fetch = fetch): AccountCall {
  return async ({ method, url, headers, body }) => {
    const response = await fetchIt(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body }),
    }).catch((error: unknown) => {
      throw new NotNow(reasonOf(error, new URL(url).host));
    });
    const { status } = response;
    const json = readJson(await readText(response));
    if (status >= 500 || [408, 425, 429].includes(status)) {
      throw new NotNow(`it answered ${status}`, retryAfterMs(response.headers.get('retry-after')));
    }
    if (status >= 300) throw new AccountRefused(status, codeIn(json));
    if (json === undefined) throw new NotNow(`it answered ${status} without JSON`);
    const atMs = Date.parse(response.headers.get('date') ?? '');
    return { json, atMs: Number.isNaN(atMs) ? Date.now() : atMs };
  };
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) throw new NotNow('its answer is too long');
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof NotNow) throw error;
    throw new NotNow('the connection broke off');
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says that the answer is no JSON.
    return undefined;
  }
}

/** The seconds or the date of `Retry-After`, as milliseconds from now. */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/**
 * The partner's code of an error: `error.code` or `error.type`. Its text is left out: it may repeat a part of the key.
 */
function codeIn(json: unknown): string {
  const error = Object(Object(json).error) as Readonly<Record<string, unknown>>;
  const code = [error.code, error.type].find((one) => typeof one === 'string' && /^[\w.-]{1,80}$/.test(one));
  return typeof code === 'string' ? code : '';
}

function reasonOf(error: unknown, host: string): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return `${host} does not answer`;
  const code = String(Object(Object(error).cause).code ?? '');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `no machine has the name ${host}: this machine is offline, or the address is wrong`;
  return `${host} can't be reached${/^[A-Z_0-9]+$/.test(code) ? ` (${code})` : ''}`;
}

/** Waits, and gives up the wait at the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {
    // The wait was given up, which is what the signal asks for.
  });
}
