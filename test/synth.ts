import { synthesise } from '../infra/local/synthesise.ts';

// Of the same sources the end to end tests then find the stacks, and do not make them again.
await synthesise();
