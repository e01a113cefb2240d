/**
 * One row of the keyword table: an HS 2022 subheading, and the phrases that lead to it. Commas separate the phrases.
 * The words of a phrase must be next to each other in the description. A phrase with `+` needs the words on both
 * sides, in any order.
 */
export type KeywordRow = readonly [hsCode: string, phrases: string];
