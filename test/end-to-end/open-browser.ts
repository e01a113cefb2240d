import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver } from 'playwright-core';

/** A running browser, or the reason why this machine has none. */
export type Opened = { readonly browser: Browser } | { readonly reason: string };

/**
 * Arguments of the package that are left out. The first three turn off checks that a real browser makes. With the
 * last one the browser ends when its first page is closed.
 */
const LEFT_OUT = [
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
  '--single-process',
];

/**
 * Starts the Chromium that the package brings, which is built for Linux x64. Libraries that the machine lacks (nss,
 * nspr, expat) are taken from the package too.
 */
export async function openBrowser(): Promise<Opened> {
  const { platform, arch } = process;
  if (platform !== 'linux' || arch !== 'x64')
    return { reason: `Chromium of the package is built for Linux x64, this is ${platform} ${arch}` };
  try {
    const path = await chromium.executablePath();
    return { browser: await launch(path).catch(() => launch(path, packagedLibraries(dirname(path)))) };
  } catch (error) {
    return { reason: `Chromium does not start: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function launch(executablePath: string, libraries?: string): Promise<Browser> {
  return driver.launch({
    executablePath,
    args: [
      ...chromium.args.filter((arg) => !LEFT_OUT.includes(arg)),
      '--no-sandbox',
      '--disable-background-networking',
    ],
    env: {
      ...environment(),
      ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }),
    },
  });
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Unpacks the libraries of the package below the folder, once. Gives the folder of the libraries. */
function packagedLibraries(folder: string): string {
  const target = join(folder, 'chromium-libraries');
  if (existsSync(join(target, 'lib'))) return join(target, 'lib');
  const packed = join(
    fileURLToPath(import.meta.resolve('@sparticuz/chromium')),
    '../../../bin/al2023.tar.br',
  );
  mkdirSync(target, { recursive: true });
  const { status, stderr } = spawnSync('tar', ['-x', '-C', target], {
    input: brotliDecompressSync(readFileSync(packed)),
  });
  if (status !== 0) throw new Error(`the packaged libraries could not be unpacked: ${stderr}`);
  return join(target, 'lib');
}
