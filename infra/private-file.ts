import { chmodSync, closeSync, openSync } from 'node:fs';

/**
 * Makes sure that only the user of this process can read the file: it may hold data of real people. Makes the file if
 * it does not exist. SQLite gives the files that it writes beside a database the permissions of the database, so those
 * of an earlier start are changed as well.
 */
export function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      chmodSync(file, 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}
