/** The gateway's answer. */
export interface GatewayAnswer {
  readonly status: number;
  /** Values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body: string | Buffer;
}

/** An answer that the gateway makes itself: a status, and a message in JSON. */
export function gatewayMessage(
  status: number,
  message: string,
  headers: Record<string, string> = {},
): GatewayAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message }),
  };
}

/** Headers of a single connection. The gateway sets them itself. */
const connectionHeaders = /^(connection|content-length|keep-alive|transfer-encoding|upgrade)$/;

/**
 * Turns a function's result into an answer, by payload format 2.0. From an object with a status code each member is
 * taken. Any other result is the JSON body of a 200. A malformed result gives 500, as at API Gateway.
 */
export function toGatewayAnswer(payload: unknown): GatewayAnswer {
  if (!isObject(payload) || payload.statusCode === undefined) {
    const body = typeof payload === 'string' ? payload : (JSON.stringify(payload) ?? 'null');
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const status = Number(payload.statusCode);
  const headers = readHeaders(payload.headers);
  const cookies = readCookies(payload.cookies);
  const text = payload.body ?? '';
  const malformed = !Number.isInteger(status) || status < 200 || status > 599 || typeof text !== 'string';
  if (malformed || headers === undefined || cookies === undefined) {
    return gatewayMessage(500, 'Internal Server Error');
  }
  const body = payload.isBase64Encoded === true ? Buffer.from(text, 'base64') : text;
  if (body.length > 0) headers['content-type'] ??= 'text/plain;charset=UTF-8';
  return { status, headers, cookies, body };
}

function readHeaders(given: unknown): Record<string, string> | undefined {
  if (given === undefined || given === null) return {};
  if (!isObject(given)) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || connectionHeaders.test(name.toLowerCase())) continue;
    if (typeof value === 'object') return undefined;
    headers[name.toLowerCase()] = String(value);
  }
  return headers;
}

function readCookies(given: unknown): string[] | undefined {
  if (given === undefined || given === null) return [];
  const valid = Array.isArray(given) && given.every((cookie) => typeof cookie === 'string');
  return valid ? given : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
