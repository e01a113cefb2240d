/** A product as a file has it, not checked, with where it is. */
export interface ReadProduct {
  readonly product: Readonly<Record<string, unknown>>;
  /** The line that it begins on, from 1. */
  readonly line: number;
  /** The column or field that a JSON pointer into the product is about. */
  columnOf(pointer: string): string;
}
