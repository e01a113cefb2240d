import { createSecrets } from '../../aws/secrets.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';

const clock = () => new Date();

/** The dependencies of every function without the table. A function that does not use the table does not load it. */
export const baseDeps = once(() => ({ settings: readSettings(), clock, secrets: createSecrets(clock) }));
