import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApiClient } from '../../../../infra/cli/client/api-client.ts';

/** A server that answers each path with its text; others get a page in HTML with 404. */
async function serve(answers: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer((request, response) => {
    const text = answers[request.url ?? ''];
    response.writeHead(text === undefined ? 404 : 200).end(text ?? '<html>no such page</html>');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const health = { method: 'GET', path: '/v1/health' } as const;

describe('the client of the API', () => {
  it.each(['', '/', '/shop', '/shop/'])('keeps the path of its address: %j', async (path) => {
    const url = await serve({ [`${path.replace(/\/$/, '')}/v1/health`]: '{"status":"up"}' });
    expect(await createApiClient(url + path).call(health)).toEqual({ status: 'up' });
  });

  it('says that an address is no API where the answer is a page', async () => {
    const url = await serve({ '/v1/health': '<?xml version="1.0"?>' });
    await expect(createApiClient(url).call(health)).rejects.toThrow(
      `${url} is not the address of an Entrepot API: GET /v1/health did not answer in JSON`,
    );
  });

  it('gives the beginning of a refusal that is not JSON', async () => {
    const url = await serve({});
    await expect(createApiClient(url).call(health)).rejects.toMatchObject({
      name: 'ApiProblem',
      status: 404,
      problem: '<html>no such page</html>',
    });
  });
});
