/** Writes a line to standard output. */
export const say = (line: string): void => console.log(line);
