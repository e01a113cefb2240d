/** A file of a publisher. */
export const text = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) });
