import { existsSync, readFileSync } from 'node:fs';

/** Where a folder of data is: beside a function's code, and in the project that the code or its build is in. */
interface Place {
  readonly beside: URL;
  readonly inProject: string;
}

/**
 * Reads files that lie beside a function's code; where they don't, those of the project that the code or its build is
 * in. Throws where they are in neither place.
 */
export function besideCode({ beside, inProject }: Place): (name: string) => Buffer {
  let folder: URL | undefined;
  return (name) => {
    folder ??= folderWith(name, { beside, inProject });
    return readFileSync(new URL(name, folder));
  };
}

function folderWith(name: string, { beside, inProject }: Place): URL {
  if (existsSync(new URL(name, beside))) return beside;
  for (let at = new URL('../', import.meta.url); at.pathname !== '/'; at = new URL('../', at)) {
    const folder = new URL(inProject, at);
    if (existsSync(new URL(name, folder))) return folder;
  }
  throw new Error(`${name} of ${inProject} lies neither beside the code nor in the project`);
}
