type Data = Readonly<Record<string, unknown>>;

/** Makes data of one version into data of the next. It leaves the given data as they are. */
type Upcast = (data: Data) => Data;

/** The step from each older version to the next, by the name of the record and its older version. */
export type Upcasts = Readonly<Record<string, Readonly<Record<number, Upcast>>>>;

/**
 * THE REGISTRY of older versions: whoever raises the version of a fact adds its step here, so that what was recorded
 * before can be asked for ever. Every record is still in its first version.
 */
export const upcasts: Upcasts = {};

/**
 * A record's data in the `current` version; undefined where a step is missing, or where the record is newer. A
 * step is given data that nobody has checked, and the result is checked: so a step makes no assumption that throws.
 */
export function inCurrentVersion(
  { name, version, data }: { readonly name: string; readonly version: number; readonly data: Data },
  current: number,
  steps: Upcasts = upcasts,
): Data | undefined {
  if (version > current) return undefined;
  let made = data;
  for (let from = version; from < current; from += 1) {
    const step = steps[name]?.[from];
    if (step === undefined) return undefined;
    made = step(made);
  }
  return made;
}
