import {
  type PartnerRequest,
  type PartnerResponse,
  PartnerUnavailable,
  type Send,
} from '../partners/send.ts';

/**
 * One call to a partner, for a log or a metric: without header, body, query or path, which may hold secrets or names.
 */
export interface PartnerCall {
  readonly partner: string;
  readonly host: string;
  readonly method: PartnerRequest['method'];
  /** Absent when no answer came. */
  readonly status?: number;
  readonly durationMs: number;
  readonly answerBytes: number;
  /** A word for why no answer came. */
  readonly failure?: 'timeout' | 'connection' | 'too-large';
}

export interface SendOptions {
  /** The partner's code: names it in errors. */
  readonly partner: string;
  /** Called for every call, answered or not. */
  readonly onCall?: (call: PartnerCall) => void;
  /** A longer answer is cut off and refused. 2 MiB when absent. */
  readonly maxAnswerBytes?: number;
  /** Milliseconds of a monotonic clock, for durations. */
  readonly elapsedMs?: () => number;
}

const maxAnswerBytesByDefault = 2 * 1024 * 1024;

/**
 * Sends all requests to partners. It keeps to the timeout, follows no redirect, and limits the size of the answer.
 * Throws PartnerUnavailable when no usable answer came; an answer of any status is an answer.
 */
export function createSend(options: SendOptions): Send {
  const {
    partner,
    onCall,
    maxAnswerBytes = maxAnswerBytesByDefault,
    elapsedMs = () => performance.now(),
  } = options;
  return async (request) => {
    const startedMs = elapsedMs();
    const { host } = new URL(request.url);
    const called = { partner, host, method: request.method };
    let answerBytes = 0;
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(request.timeoutMs),
        ...(request.body !== undefined && { body: request.body }),
      });
      const body = await readBody(response, maxAnswerBytes);
      answerBytes = body.length;
      onCall?.({ ...called, status: response.status, durationMs: elapsedMs() - startedMs, answerBytes });
      return toAnswer(response, body);
    } catch (error) {
      const failure = nameFailure(error);
      onCall?.({ ...called, durationMs: elapsedMs() - startedMs, answerBytes, failure });
      // The cause is left out: its text may repeat the called address.
      throw new PartnerUnavailable(partner, failure);
    }
  };
}

class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

async function readBody(response: Response, maxBytes: number): Promise<Buffer> {
  if (response.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop by a throw cancels the stream, and with it the connection.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new AnswerTooLarge(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toAnswer(response: Response, body: Buffer): PartnerResponse {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers.entries()),
    body: body.toString('utf8'),
  };
}

function nameFailure(error: unknown): 'timeout' | 'connection' | 'too-large' {
  if (error instanceof AnswerTooLarge) return 'too-large';
  return error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'connection';
}
