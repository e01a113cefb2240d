import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The package with the Node of this machine. */
export const NODE = `node_modules/node-${process.platform}-${process.arch}`;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A fresh checkout in a separate folder. It has the launcher and a lock file, and nothing is installed. */
export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), 'entrepot-checkout-'));
  readonly #bin = join(this.folder, '..', `${this.folder.split('/').at(-1)}-bin`);

  constructor() {
    for (const path of [
      'infra/cli/entrepot.mjs',
      'infra/cli/launcher',
      'infra/cli/generated',
      'package.json',
    ])
      cpSync(path, join(this.folder, path), { recursive: true });
    const packages = {
      '': {},
      [NODE]: { version: '24.0.0', optional: true },
      'node_modules/tool': { version: '1.0.0' },
      'node_modules/for-mac': { version: '1.0.0', optional: true },
    };
    writeFileSync(join(this.folder, 'package-lock.json'), JSON.stringify({ packages }));
    mkdirSync(this.#bin);
    this.npm('echo "npm ran"; exit 3');
  }

  /** Replaces npm by a script. */
  npm(script: string): void {
    writeFileSync(join(this.#bin, 'npm'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.#bin, 'npm'), 0o755);
  }

  /** The result of an installation: the list of packages, and the given script as Node. */
  installed(nodeScript: string): string {
    const packages = { [NODE]: { version: '24.0.0' }, 'node_modules/tool': { version: '1.0.0' } };
    return [
      // As npm does it: everything that was there goes first.
      'rm -rf node_modules',
      `mkdir -p ${NODE}/bin node_modules/tool`,
      `echo '${JSON.stringify({ packages })}' > node_modules/.package-lock.json`,
      `cat > ${NODE}/bin/node <<'END'\n#!/bin/sh\n${nodeScript}\nEND`,
      `chmod +x ${NODE}/bin/node`,
    ].join('\n');
  }

  start(...words: readonly string[]): ChildProcess {
    return spawn(process.execPath, [join(this.folder, 'infra/cli/entrepot.mjs'), ...words], {
      cwd: this.folder,
      env: { PATH: `${this.#bin}${delimiter}/usr/bin${delimiter}/bin` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  run(...words: readonly string[]): Promise<Ended> {
    return ended(this.start(...words));
  }

  files(): string[] {
    return readdirSync(this.folder, { recursive: true }).map(String).toSorted();
  }

  remove(): void {
    for (const folder of [this.folder, this.#bin]) rmSync(folder, { recursive: true });
  }
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, out, err };
}
