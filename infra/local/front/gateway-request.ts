import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** An HTTP request as the gateway passes it to a function. */
export interface GatewayRequest {
  readonly method: string;
  /** The decoded path. It includes the stage when the caller's path names one. */
  readonly path: string;
  /** The decoded segments of the path. */
  readonly segments: readonly string[];
  /** The query as the caller sent it, without the question mark. */
  readonly query: string;
  /** Values by lower-case name, without cookies. Several values of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly protocol: string;
  readonly sourceIp: string;
  readonly body: Buffer;
  readonly requestId: string;
  readonly receivedAt: Date;
}

/** Headers of a single connection. They are not passed on. */
const connectionHeaders = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Reads a request without its body. Gives undefined when the path is not properly encoded. */
export function readGatewayRequest(
  request: IncomingMessage,
  body: Buffer,
  receivedAt: Date,
): GatewayRequest | undefined {
  const target = request.url ?? '/';
  const queryStart = target.indexOf('?');
  const segments = decodeSegments(queryStart < 0 ? target : target.slice(0, queryStart));
  if (segments === undefined) return undefined;
  const { headers, cookies } = readHeaders(request.rawHeaders);
  const sourceIp = (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  headers['x-forwarded-for'] = joined(headers['x-forwarded-for'], sourceIp, ', ');
  headers['x-forwarded-port'] ??= String(request.socket.localPort ?? 80);
  headers['x-forwarded-proto'] ??= 'http';
  headers['x-amzn-trace-id'] ??= traceId(receivedAt);
  if (body.length > 0) headers['content-length'] ??= String(body.length);
  return {
    method: request.method ?? 'GET',
    path: `/${segments.join('/')}`,
    segments,
    query: queryStart < 0 ? '' : target.slice(queryStart + 1),
    headers,
    cookies,
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp,
    body,
    // API Gateway's request ids have sixteen characters of this form.
    requestId: Buffer.from(randomHex(22), 'hex').toString('base64'),
    receivedAt,
  };
}

/** The bytes of the request line and of the values of its headers, which API Gateway limits together. */
export function lineAndHeaderBytes({ method, url, httpVersion, rawHeaders }: IncomingMessage): number {
  const values = rawHeaders.filter((_, index) => index % 2 === 1);
  // Node gives the bytes of addresses and headers as characters of Latin-1: one character is one byte.
  return [`${method} ${url} HTTP/${httpVersion}`, ...values].reduce((sum, { length }) => sum + length, 0);
}

/** The decoded segments of an encoded path; undefined when the path is not properly encoded. */
function decodeSegments(path: string): string[] | undefined {
  const segments = path.replace(/^\//, '').split('/');
  if (!path.includes('%')) return segments;
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function readHeaders(rawHeaders: readonly string[]): {
  headers: Record<string, string>;
  cookies: string[];
} {
  // The object has no prototype, because a client chooses the names of the headers.
  const headers: Record<string, string> = Object.create(null);
  const cookies: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    if (name === 'cookie') cookies.push(...value.split(/; */).filter((cookie) => cookie !== ''));
    else if (!connectionHeaders.has(name)) headers[name] = joined(headers[name], value, ',');
  }
  return { headers, cookies };
}

function joined(before: string | undefined, value: string, separator: string): string {
  return before === undefined ? value : `${before}${separator}${value}`;
}

function traceId(time: Date): string {
  const seconds = Math.floor(time.getTime() / 1000).toString(16);
  return `Root=1-${seconds}-${randomHex(24)}`;
}

/** Random hexadecimal digits, at most 32. They are taken from a UUID, because Node makes random UUIDs in advance. */
function randomHex(length: number): string {
  return randomUUID().replaceAll('-', '').slice(-length);
}
