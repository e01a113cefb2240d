import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerUnreadable } from './unreadable-request.ts';

/** A listening server. */
export interface Listener {
  /** The address, without a trailing slash. */
  readonly url: string;
  /** Waits for running requests to finish, then closes the server. */
  stop(): Promise<void>;
}

/** Answers one request. When it throws, the caller gets a 500, and `onError` gets the error. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Paths that another part than the API answers: the prefix itself and all paths below it. */
export interface Mount {
  readonly prefix: string;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** How long `stop` waits for running requests, in milliseconds. */
const closingGraceMs = 2000;
/**
 * The most bytes of a request line and its headers that Node reads. It is far above the limits of the services that
 * answer here, so that they refuse in their own words.
 */
const maxHeaderSize = 256 * 1024;

/** Listens on 127.0.0.1 only. Port 0 takes a free port. Rejects when the port is taken. */
export function listen(handle: Handle, port: number, onError: (error: Error) => void): Promise<Listener> {
  const responses = new WeakMap<object, ServerResponse>();
  const server = createServer({ maxHeaderSize }, (request, response) => {
    responses.set(request.socket, response);
    const fail = (error: Error): void => {
      onError(error);
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(500, { 'content-type': 'application/json' })
          .end('{"message":"Internal Server Error"}');
    };
    try {
      void Promise.resolve(handle(request, response)).catch(fail);
    } catch (error) {
      fail(error as Error);
    }
  });
  server.on('clientError', (error, socket) => answerUnreadable(error, socket, responses.get(socket)));
  // This is longer than the keep-alive time of clients. So the server never closes a connection that a request is
  // using.
  server.keepAliveTimeout = 75_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const { port: actualPort } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${actualPort}`, stop });
    });
  });

  function stop(): Promise<void> {
    return new Promise((resolve) => {
      const deadline = setTimeout(() => server.closeAllConnections(), closingGraceMs);
      server.close(() => {
        clearTimeout(deadline);
        resolve();
      });
      server.closeIdleConnections();
    });
  }
}

/** The whole body of a request; undefined when it is larger than allowed. Rejects when the client disconnects. */
export function readBody(request: IncomingMessage, maximumBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maximumBytes) {
    request.resume();
    return Promise.resolve(undefined);
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maximumBytes) chunks.push(chunk);
    });
    request.on('end', () => {
      if (bytes > maximumBytes) resolve(undefined);
      else resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    });
    request.on('error', reject);
  });
}
