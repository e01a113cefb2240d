/** A product as the file has it, with its place in the file. It is not checked yet. */
export interface ReadProduct {
  readonly product: Readonly<Record<string, unknown>>;
  /** The line on which the product begins, counted from 1. */
  readonly line: number;
  /** The column or field for a JSON pointer into the product. */
  columnOf(pointer: string): string;
}
