/** The error of a file with wrong contents. Its message has one line for each problem, with its place. */
export class BadFile extends Error {
  override readonly name = 'BadFile';
}

/** The JSON of a text. Throws {@link BadFile} if the text is not JSON. */
export function readJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadFile(`${path}: the file is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
