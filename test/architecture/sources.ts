import { readdirSync, readFileSync } from 'node:fs';

export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file under these folders, without generated files. */
export function sourcesUnder(...folders: readonly string[]): Source[] {
  return filesUnder(folders, ['.ts']);
}

/** Every file under these folders whose name ends like one of these. */
export function filesUnder(folders: readonly string[], endings: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
      .map((entry) => `${entry.parentPath}/${entry.name}`)
      .map((path) => ({ path, text: readFileSync(path, 'utf8') })),
  );
}

/** Every page of the documentation and every README of a folder. */
export function markdownFiles(): string[] {
  const folders = ['docs', 'infra', 'shared', 'test', '.github'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => `${entry.parentPath}/${entry.name}`),
  );
  return [...readdirSync('.').filter((name) => name.endsWith('.md')), ...folders];
}
