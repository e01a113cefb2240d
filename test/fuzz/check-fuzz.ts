import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OPERATOR_SCOPES } from '../../infra/cli/client/operator-client.ts';
import { seed } from '../../infra/cli/sample-shop/seed.ts';
import { builtFunctions } from '../../infra/local/lambda/built-functions.ts';
import { startBackend } from '../../infra/local/start-backend.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import { installPython, programsOf } from '../other-clouds/python-environment.ts';

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/entrepot/schemathesis', import.meta.url));

/**
 * No server error, no status, type or shape beside the contract, and no invalid input accepted. Valid input that is
 * refused is no fault: many rules concern several fields, and no schema can say them.
 */
const CHECKS =
  'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,negative_data_rejection';

/**
 * The settings of Schemathesis: the statuses with which invalid input is refused. Its own list lacks 413 and 431, the
 * refusals of too long a body and of too long an address.
 */
const SETTINGS = `[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429, 431, "5xx"]
`;

export interface FuzzOptions {
  /** How long each caller is played. */
  readonly seconds: number;
  /** The seed of the requests; the run prints it. */
  readonly seed?: number;
}

/** The callers of the API: their routes, and the header that admits them. */
interface Caller {
  readonly name: string;
  readonly filter: readonly string[];
  readonly header: string;
}

/**
 * Sends requests that Schemathesis makes of our OpenAPI to a backend on this machine, as a storefront and as an
 * operator.
 * Gives whether no answer was a fault; where Schemathesis can't be had it says so and counts as skipped.
 */
export async function checkFuzz(
  { seconds, seed: chosen = 1 }: FuzzOptions,
  say: (line: string) => void,
): Promise<boolean> {
  const missing = await installPython({ requirements: REQUIREMENTS, folder: CACHE, what: 'Schemathesis' });
  if (missing !== undefined) {
    say(`SKIPPED: ${missing}`);
    return true;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'entrepot-fuzz-'));
  await synthesise();
  const files = await builtFunctions();
  const backend = await startBackend({ port: 0, dataDir, files });
  try {
    const { storefrontKey } = await seed(backend.operator);
    const contract = join(dataDir, 'openapi.json');
    await writeFile(contract, await (await fetch(`${backend.url}/v1/openapi.json`)).text());
    await writeFile(join(dataDir, 'schemathesis.toml'), SETTINGS);
    const token = await backend.cloud.issueToken(OPERATOR_SCOPES);
    const callers: readonly Caller[] = [
      {
        name: 'storefront',
        filter: ['--exclude-path-regex', '^/v1/(admin|hooks)/'],
        header: `x-entrepot-key: ${storefrontKey}`,
      },
      {
        name: 'operator',
        filter: ['--include-path-regex', '^/v1/admin/'],
        header: `authorization: Bearer ${token}`,
      },
    ];
    let isWell = true;
    for (const { name, filter, header } of callers) {
      say(`\n${name}: ${seconds} seconds, seed ${chosen}`);
      const args = ['run', contract, '--url', backend.url, '--checks', CHECKS, '--seed', String(chosen)];
      const limits = ['--max-time', String(seconds), '--continue-on-failure', '--workers', '2'];
      const code = await run([...args, ...limits, ...filter, '--header', header], dataDir);
      isWell = isWell && code === 0;
    }
    return isWell;
  } finally {
    await backend.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Runs Schemathesis in this terminal, and in the folder for its own files. Gives its exit code. */
function run(args: readonly string[], cwd: string): Promise<number | null> {
  const child = spawn(join(programsOf(CACHE), 'st'), [...args], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
