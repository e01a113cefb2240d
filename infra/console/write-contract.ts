import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = new URL('../../events/generated/openapi.json', import.meta.url);
const folder = new URL('../../node_modules/.cache/entrepot/', import.meta.url);

/**
 * Writes the types of the operators' routes from the contract, for the console's `contract`. The console is checked
 * against them; its bundle has none of them.
 */
export async function writeConsoleContract(): Promise<void> {
  const document = JSON.parse(await readFile(contract, 'utf8')) as { paths: Record<string, unknown> };
  const admin = Object.entries(document.paths).filter(([path]) => path.startsWith('/v1/admin/'));
  const types = astToString(await openapiTS({ ...document, paths: Object.fromEntries(admin) } as never));
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('contract.d.ts', folder), types);
}
