// A file whose stream comes in chunks of given lengths, for tests.

/** The lengths are taken in turn, again and again; without any the file comes as it does. */
export class CutBlob extends Blob {
  readonly #lengths: readonly number[];
  constructor(parts: BlobPart[], lengths: readonly number[]) {
    super(parts);
    this.#lengths = lengths;
  }
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    if (this.#lengths.length === 0) return super.stream();
    const lengths = this.#lengths;
    const whole = this.arrayBuffer();
    let at = 0;
    let turn = 0;
    return new ReadableStream({
      async pull(controller) {
        const bytes = new Uint8Array(await whole);
        if (at >= bytes.length) return controller.close();
        const length = Math.max(1, lengths[turn++ % lengths.length] as number);
        controller.enqueue(bytes.slice(at, at + length));
        at += length;
      },
    });
  }
}
