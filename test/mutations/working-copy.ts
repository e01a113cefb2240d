import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { type Mutant, withFault } from './mutant.ts';

/** A copy of the project in the temporary folder. Faults are put into it, and never into the project. */
export interface WorkingCopy {
  readonly folder: string;
  /** The text of a file; undefined if there is none. */
  read(file: string): Promise<string | undefined>;
  /** Runs `work` while the copy has the fault, and takes the fault out afterwards. */
  during<T>(mutant: Mutant, work: () => Promise<T>): Promise<T>;
  remove(): Promise<void>;
}

/** Folders of the project that no test of the list reads. */
const LEFT_OUT = new Set(['node_modules', '.git', '.local', 'cdk.out']);

/** Copies the project at `root`. The copy uses the project's installed packages. */
export async function createWorkingCopy(root: string): Promise<WorkingCopy> {
  const project = resolve(root);
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-mutations-'));
  await cp(project, folder, { recursive: true, filter: (from) => !LEFT_OUT.has(relative(project, from)) });
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    read: (file) => readFile(join(folder, file), 'utf8').catch(() => undefined),
    async during(mutant, work) {
      const path = join(folder, mutant.file);
      const text = await readFile(path, 'utf8');
      await writeFile(path, withFault(mutant, text));
      try {
        return await work();
      } finally {
        await writeFile(path, text);
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
