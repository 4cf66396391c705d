// Saves a file that is in the page.

/** The address of the file is kept for a minute: the browser may first ask where to save it. */
export function download(name: string, blob: Blob): void {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
