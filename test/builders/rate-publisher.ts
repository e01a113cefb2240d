import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server in place of the publishers of rates. */
export interface RatePublisher {
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: string[];
  /** What a path answers: the text of a file, or anything else. A path without an answer is 404. */
  readonly answers: Map<string, string | ((response: ServerResponse) => void)>;
  stop(): Promise<void>;
}

export async function startRatePublisher(): Promise<RatePublisher> {
  const asked: string[] = [];
  const answers: RatePublisher['answers'] = new Map();
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const answer = answers.get(url);
    if (typeof answer === 'function') answer(response);
    else response.writeHead(answer === undefined ? 404 : 200).end(answer ?? 'not found');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
