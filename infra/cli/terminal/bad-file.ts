/** A file with something wrong in it: one line a problem, each with its place. */
export class BadFile extends Error {
  override readonly name = 'BadFile';
}

/** The JSON of a text; throws {@link BadFile}. */
export function readJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadFile(`${path}: not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
