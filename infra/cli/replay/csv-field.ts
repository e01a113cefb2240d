/**
 * A cell of a CSV file, with quotes if it needs them. A text that looks like a formula is marked as text for a
 * spreadsheet.
 */
export function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
