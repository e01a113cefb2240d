import { expect, it } from 'vitest';
import { stopAll } from '../../../infra/local/stop-all.ts';

it('all parts are stopped, the last part first, and then the first error is thrown', async () => {
  const stopped: string[] = [];
  const stops = ['table', 'queues', 'api', 'partners'].map((part) => async () => {
    stopped.push(part);
    if (part === 'api' || part === 'queues') throw new Error(`${part} failed`);
  });
  await expect(stopAll(stops)).rejects.toThrow('api failed');
  expect(stopped).toEqual(['partners', 'api', 'queues', 'table']);
  // A second stop finds nothing left.
  await stopAll(stops);
  expect(stopped).toHaveLength(4);
});
