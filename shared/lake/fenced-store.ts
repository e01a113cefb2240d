import type { LakeStore } from './lake-store.ts';

/** The right to change the tables is over. */
class LeaseOver extends Error {
  override readonly name = 'LeaseOver';
}

/**
 * The store, which nothing is written into once the right to do so is over: another run may have it by then. A frozen
 * process that is continued later would otherwise put its old tables over new ones. Writing then throws
 * {@link LeaseOver}.
 */
export function fencedStore(store: LakeStore, isOver: () => boolean): LakeStore {
  const check = () => {
    if (isOver()) throw new LeaseOver('the right to change the tables of the lake is over');
  };
  return {
    ...store,
    write: async (key, text) => {
      check();
      await store.write(key, text);
    },
    store: async (key, file) => {
      check();
      await store.store(key, file);
    },
    remove: async (key) => {
      check();
      await store.remove(key);
    },
  };
}
