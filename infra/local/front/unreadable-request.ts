import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { gatewayMessage } from './gateway-answer.ts';

/** How long the rest of a refused request is read, in milliseconds. */
const lingerMs = 500;

/** The statuses of Node's own server, by the code of the error. Every other error is a 400. */
const statusByCode: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Answers a request that Node's parser refused, in the form of API Gateway's own answers, and closes the connection.
 * `running` is the latest response on this connection. When a part of it is sent, the connection is only closed,
 * because a second answer would become a part of the first.
 */
export function answerUnreadable(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  running: ServerResponse | undefined,
): void {
  const isHalfSent = running?.headersSent === true && !running.writableFinished;
  if (error.code === 'ECONNRESET' || !socket.writable || isHalfSent) {
    socket.destroy();
    return;
  }
  const status = statusByCode[error.code ?? ''] ?? 400;
  const reason = STATUS_CODES[status] ?? '';
  const { headers, body } = gatewayMessage(status, reason);
  const all = { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${reason}`, ...lines, '', body].join('\r\n'));
  // A connection that is closed with unread bytes is reset, and the client loses the answer.
  socket.resume();
  setTimeout(() => socket.destroy(), lingerMs).unref();
}
