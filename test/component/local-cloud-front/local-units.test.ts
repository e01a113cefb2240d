import { expect, it } from 'vitest';
import { listen } from '../../../infra/local/front/http-listener.ts';
import { createUnitsMount } from '../../../infra/local/front/local-units.ts';

it('says the units that were counted until the request', async () => {
  let reads = 1.5;
  const mount = createUnitsMount(() => ({ 'dynamodb.readUnits': reads }));
  const server = await listen(mount.handle, 0, () => {});
  try {
    const units = async () => (await fetch(server.url)).json();
    expect(await units()).toEqual({ 'dynamodb.readUnits': 1.5 });
    reads = 4;
    expect(await units()).toEqual({ 'dynamodb.readUnits': 4 });
  } finally {
    await server.stop();
  }
});
