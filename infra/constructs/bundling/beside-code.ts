import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../bundle-settings.ts';

/** A file or folder that a function reads while it runs. It lies in the folder of the function's code. */
export interface BesideCode {
  /**
   * The module that reads it, by `new URL('./<name>', import.meta.url)`. Each function that has this module gets the
   * file or folder, and no other function does.
   */
  readonly reader: string;
  readonly name: string;
  /** The end of the names of a folder's files that are needed; all of them, with its folders, if absent. */
  readonly only?: string;
  /** Where it is in this project: below `shared/` or in a package, as a change there makes the bundles anew. */
  readonly from: string;
}

/**
 * What lies beside the code of functions: in the deployed packages, in the build for this machine, and in the tests
 * that load bundles. The native code of an engine does too, as a package (`native-package.ts`).
 *
 * A folder that lies beside its reader in the sources, under the same name, is found in the sources as well.
 */
export const besideCode: readonly BesideCode[] = [
  // The WebAssembly of HiGHS: the same for every processor.
  {
    reader: 'shared/runtime/solver-code.ts',
    name: 'highs.wasm',
    from: 'node_modules/highs/build/highs.wasm',
  },
  // Fonts for letters that the first one of printed evidence has not: read when a text needs them.
  {
    reader: 'shared/payment/evidence/print/other-letters.ts',
    name: 'letters',
    from: 'shared/payment/evidence/print/letters',
  },
  // The editions of tariffs: a price reads the file of its destination's.
  {
    reader: 'shared/runtime/tariff-files.ts',
    name: 'editions',
    from: 'shared/duties/schedules/editions',
  },
  // The rules of destinations: a price reads the files of its own.
  {
    reader: 'shared/runtime/rule-files.ts',
    name: 'destinations',
    only: '.json',
    from: 'shared/duties/destinations',
  },
];

/** What has to lie beside code that was made of these sources. */
export function besideOf(
  sources: readonly string[],
  entries: readonly BesideCode[] = besideCode,
): readonly BesideCode[] {
  // The build for this machine names a module with the function that has a copy of it in front.
  const isOf = (source: string, reader: string) => source === reader || source.endsWith(`/${reader}`);
  return entries.filter(({ reader }) => sources.some((source) => isOf(source, reader)));
}

/** Copies it into a folder with code. */
export function placeBeside(folder: string, entries: readonly BesideCode[]): void {
  for (const entry of entries)
    for (const file of filesOf(entry)) {
      const to = join(folder, entry.name, file);
      mkdirSync(dirname(to), { recursive: true });
      copyFileSync(join(ROOT, entry.from, file), to);
    }
}

/** The hash of its content: of a folder, of the names and contents of all files in it. */
export function hashBeside(entry: BesideCode): string {
  const hash = createHash('sha256');
  for (const file of filesOf(entry)) {
    const content = readFileSync(join(ROOT, entry.from, file));
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/** What is copied, below `from`; an empty name where that is a file. */
function filesOf({ from, only }: BesideCode): string[] {
  const place = join(ROOT, from);
  if (!statSync(place).isDirectory()) return [''];
  return filesIn(place).filter(
    (file) => only === undefined || (file.endsWith(only) && dirname(file) === '.'),
  );
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
