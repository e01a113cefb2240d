/** Gives a text to the person as a file. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to save it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A line of CSV (RFC 4180). */
export const csvLine = (cells: readonly (string | number)[]): string =>
  cells
    .map((cell) => {
      const text = String(cell);
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
