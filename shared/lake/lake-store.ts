/** An object of the lake's bucket. */
export interface LakeObject {
  readonly key: string;
  readonly bytes: number;
  /** Changes with the content. */
  readonly tag: string;
}

/** The bucket of the lake, or a folder with the same keys. A store that does not answer throws. */
export interface LakeStore {
  /** The objects whose keys begin so, in the order of their keys, and greater than `after` if given. */
  list(prefix: string, after?: string): AsyncIterable<LakeObject>;
  /** The text of an object; undefined if there is none. */
  read(key: string): Promise<string | undefined>;
  write(key: string, text: string): Promise<void>;
  /** Copies an object into a file, whose folder exists. False if there is none. */
  fetch(key: string, file: string): Promise<boolean>;
  /** Stores a file as an object, whole or not at all. */
  store(key: string, file: string): Promise<void>;
  /** Removes an object; nothing happens if there is none. */
  remove(key: string): Promise<void>;
}
