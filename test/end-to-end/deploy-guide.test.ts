import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPERATOR_SCOPES } from '../../infra/cli/client/operator-client.ts';
import { builtFunctions } from '../../infra/local/lambda/built-functions.ts';
import { type Backend, startBackend } from '../../infra/local/start-backend.ts';
import { synthesise } from '../../infra/local/synthesise.ts';

const commands = [...readFileSync('docs/deploy.md', 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(
  ([, block]) => block ?? '',
);

const folder = mkdtempSync(join(tmpdir(), 'entrepot-guide-'));
let backend: Backend;
beforeAll(async () => {
  const files = await synthesise().then(builtFunctions);
  // Without the sample shop: the reader of the guide starts with an empty table.
  backend = await startBackend({ port: 0, dataDir: join(folder, 'data'), files });
});
afterAll(async () => {
  await backend?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('the commands of the guide open an empty shop, up to its first quote', async () => {
  expect(commands).toHaveLength(7);
  const script = commands.join('\necho "-- next --"\n').replaceAll('npx entrepot', 'node "$ENTREPOT"');
  const env = {
    ...process.env,
    API: backend.url,
    ENTREPOT_TOKEN: await backend.cloud.issueToken(OPERATOR_SCOPES),
    ENTREPOT: resolve('infra/cli/entrepot.ts'),
    RATES: resolve('test/fixtures/rates/eurofxref-daily.xml'),
  };
  const { stdout } = await promisify(execFile)('bash', ['-e', '-c', script], {
    cwd: folder,
    env,
    timeout: 90_000,
  });
  const said = stdout.split('-- next --\n').map((text) => text.trim());
  const [health, , , warehouse, products, , quote] = said;
  expect(health).toContain('"status"');
  expect(warehouse).toBe('"de-hamburg"');
  expect(products).toContain('1 added');
  // 2 x 12.50, and 5.00 for the first 500 g.
  expect(JSON.parse(quote ?? '')).toMatchObject({
    goods: { amount: 2_500, currency: 'EUR' },
    shipping: { amount: 500, currency: 'EUR' },
  });
}, 120_000);
