import fc from 'fast-check';

/**
 * Property tests draw the same cases in each run, so that a run that fails fails again for whoever looks at it, and
 * nobody's change is refused for a case that it did not touch. Each test of its own number of runs keeps it.
 * `PROPERTY_SEED=7 npm test` draws other cases. A case that fails there becomes an example in its test.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_261_129) });
