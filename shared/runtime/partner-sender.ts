import { type IncomingHttpHeaders, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import {
  type PartnerRequest,
  type PartnerResponse,
  PartnerUnavailable,
  type Send,
} from '../partners/send.ts';
import { once } from './once.ts';

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
    try {
      const { answerBytes, ...answer } = await ask(request, maxAnswerBytes);
      onCall?.({ ...called, status: answer.status, durationMs: elapsedMs() - startedMs, answerBytes });
      return answer;
    } catch (error) {
      const failure = error instanceof Unanswered ? error.failure : 'connection';
      onCall?.({ ...called, durationMs: elapsedMs() - startedMs, answerBytes: 0, failure });
      // The cause is left out: its text may repeat the called address.
      throw new PartnerUnavailable(partner, failure);
    }
  };
}

class Unanswered extends Error {
  readonly failure: NonNullable<PartnerCall['failure']>;

  constructor(failure: NonNullable<PartnerCall['failure']>) {
    super(failure);
    this.failure = failure;
  }
}

/** An unused connection is closed after this time: partners keep them for five seconds and more. */
const IDLE_MS = 4_000;

// Made at the first call, as nothing else is made when a function is loaded.
const agents = once(() => {
  const options = { keepAlive: true, timeout: IDLE_MS };
  return { plain: new PlainAgent(options), tls: new TlsAgent(options) };
});

interface Answer extends PartnerResponse {
  readonly answerBytes: number;
}

function ask(request: PartnerRequest, maxBytes: number): Promise<Answer> {
  const { method, url, headers, body, encoding = 'utf8', timeoutMs } = request;
  return new Promise((resolve, reject) => {
    const isTls = url.startsWith('https:');
    const sent = (isTls ? tlsRequest : plainRequest)(url, {
      method,
      headers: { accept: '*/*', 'user-agent': 'entrepot', ...headers },
      agent: isTls ? agents().tls : agents().plain,
    });
    const late = setTimeout(() => fail('timeout'), timeoutMs);
    const fail = (failure: Unanswered['failure']) => {
      clearTimeout(late);
      reject(new Unanswered(failure));
      sent.destroy();
    };
    sent.on('error', () => fail('connection'));
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      let answerBytes = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        answerBytes += chunk.length;
        if (answerBytes > maxBytes) fail('too-large');
      });
      response.on('error', () => fail('connection'));
      response.on('end', () => {
        clearTimeout(late);
        const status = response.statusCode ?? 0;
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status, headers: plainHeaders(response.headers), body: text, answerBytes });
      });
    });
    sent.end(body, encoding);
  });
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : `${value}`,
    ]),
  );
}
