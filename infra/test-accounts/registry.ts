import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { callbackKinds } from '../../events/callback.ts';
import { listPlugIns, PLUG_IN_FOLDERS } from '../sandbox/registry.ts';
import type { TestAccountKind } from './test-account.ts';

const kindSchema = z.object({
  kind: z.enum(callbackKinds),
  code: z.string(),
  entry: z.custom<z.ZodType>((value) => value instanceof z.ZodType),
  open: z.custom<TestAccountKind['open']>((value) => typeof value === 'function'),
});

/**
 * Finds the partners of which a test account can be used, by their files in the folders of the plug-ins. Throws an
 * Error that names a file with a wrong export.
 */
export async function findTestAccounts(): Promise<readonly TestAccountKind[]> {
  const files = PLUG_IN_FOLDERS.flatMap(listPlugIns)
    .map((plugIn) => join(plugIn, 'test-account', 'account.ts'))
    .filter((file) => existsSync(file));
  return await Promise.all(files.map(readKind));
}

async function readKind(file: string): Promise<TestAccountKind> {
  const module: { testAccount?: unknown } = await import(pathToFileURL(file).href);
  const read = kindSchema.safeParse(module.testAccount);
  if (!read.success || !dirname(dirname(file)).endsWith(`/${read.data.code}`))
    throw new Error(`${file} exports no testAccount of its folder's code`);
  return read.data;
}
