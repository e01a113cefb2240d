import { existsSync, readFileSync } from 'node:fs';
import { createSchedules, editionFiles, type TariffSchedules } from '../duties/schedules/index.ts';

/** The folder of the editions in the project. */
const IN_PROJECT = 'shared/duties/schedules/editions/';

/** Beside a function's code, otherwise in the project that the code or its build is in. */
function folderWith(name: string): URL {
  const beside = new URL('./editions/', import.meta.url);
  if (existsSync(new URL(name, beside))) return beside;
  for (let at = new URL('../', import.meta.url); at.pathname !== '/'; at = new URL('../', at)) {
    const folder = new URL(IN_PROJECT, at);
    if (existsSync(new URL(name, folder))) return folder;
  }
  throw new Error(`the tariff edition ${name} lies neither beside the code nor in the project`);
}

let folder: URL | undefined;

function read(name: string): Uint8Array {
  folder ??= folderWith(name);
  return readFileSync(new URL(name, folder));
}

/** The editions of tariffs that come with the code. A file is read when its tariff is first asked for. */
export const schedulesBeside: TariffSchedules = createSchedules(editionFiles, read);
