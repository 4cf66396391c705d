// Policies as safetensors files: u64 header length, JSON header, little-endian float32 numbers. Optimizer state included.
import { parameterCount, parameterTable } from './parameters.ts';
import type { PolicyShape, PolicyState } from './types.ts';

/** A file that is no policy. */
export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError';
}

interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const PREFIXES = { parameters: '', first: 'optimizer.first.', second: 'optimizer.second.' } as const;

/** The file's bytes. `metadata` is free text by name, kept in the header. */
export function writePolicy({ shape, parameters, optimizer }: PolicyState, metadata: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
  const table = parameterTable(shape);
  const parts: { readonly prefix: string; readonly flat: Float32Array }[] = [
    { prefix: PREFIXES.parameters, flat: parameters },
    ...(optimizer
      ? [
          { prefix: PREFIXES.first, flat: optimizer.first },
          { prefix: PREFIXES.second, flat: optimizer.second },
        ]
      : []),
  ];
  const header: Record<string, TensorEntry | Record<string, string>> = {
    __metadata__: { format: 'tapo-policy-1', shape: JSON.stringify(shape), ...(optimizer ? { optimizer_step: String(optimizer.step) } : {}), ...metadata },
  };
  parts.forEach(({ prefix, flat }, part) => {
    for (const { name, shape: dims, offset, size } of table) {
      const start = 4 * (part * flat.length + offset);
      header[`${prefix}${name}`] = { dtype: 'F32', shape: dims, data_offsets: [start, start + 4 * size] };
    }
  });
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8)); // data begins aligned
  const bytes = new Uint8Array(8 + json.length + parts.reduce((total, { flat }) => total + 4 * flat.length, 0));
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  let at = 8 + json.length;
  for (const { flat } of parts)
    for (const value of flat) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  return bytes;
}

/** Reads a policy file. Throws PolicyFileError that says what was expected and what came. */
export function readPolicy(bytes: Uint8Array): PolicyState & { readonly metadata: Readonly<Record<string, string>> } {
  const { header, data } = splitFile(bytes);
  const metadata = (header.__metadata__ ?? {}) as Record<string, string>;
  const shape = parseShape(metadata.shape);
  const flatOf = (prefix: string): Float32Array => readFlat(shape, header, data, prefix);
  const parameters = flatOf(PREFIXES.parameters);
  if (metadata.optimizer_step === undefined) return { shape, parameters, metadata };
  return { shape, parameters, metadata, optimizer: { step: Number(metadata.optimizer_step), first: flatOf(PREFIXES.first), second: flatOf(PREFIXES.second) } };
}

function splitFile(bytes: Uint8Array): { readonly header: Record<string, unknown>; readonly data: DataView } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw new PolicyFileError(`policy file: expected a safetensors file, got ${bytes.length} bytes`);
  const length = Number(view.getBigUint64(0, true));
  if (8 + length > bytes.length)
    throw new PolicyFileError(
      `policy file: the header should take ${length} bytes, but the file has only ${bytes.length}; it is cut off or no safetensors file`,
    );
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch {
    throw new PolicyFileError('policy file: expected a JSON header, got something else; this is no safetensors file');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw new PolicyFileError('policy file: expected a JSON object as the header');
  return { header: header as Record<string, unknown>, data: new DataView(bytes.buffer, bytes.byteOffset + 8 + length, bytes.length - 8 - length) };
}

function readFlat(shape: PolicyShape, header: Record<string, unknown>, data: DataView, prefix: string): Float32Array {
  const flat = new Float32Array(parameterCount(shape));
  for (const { name, shape: dims, offset, size } of parameterTable(shape)) {
    const entry = header[`${prefix}${name}`] as TensorEntry | undefined;
    if (!entry) throw new PolicyFileError(`policy file: no tensor "${prefix}${name}"`);
    if (entry.dtype !== 'F32' || JSON.stringify(entry.shape) !== JSON.stringify(dims))
      throw new PolicyFileError(`policy file: "${prefix}${name}" should be F32 [${dims}], got ${entry.dtype} [${entry.shape}]`);
    const [start, end] = entry.data_offsets;
    if (end - start !== 4 * size || start < 0 || end > data.byteLength)
      throw new PolicyFileError(
        `policy file: "${prefix}${name}" should end at byte ${end} of the data, but there are only ${data.byteLength}; the file is cut off`,
      );
    for (let i = 0; i < size; i++) flat[offset + i] = data.getFloat32(start + 4 * i, true);
  }
  const bad = flat.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new PolicyFileError(`policy file: number ${bad} of ${prefix || 'the parameters'} is ${flat[bad]}, expected finite numbers`);
  return flat;
}

const SHAPE_FIELDS = ['vocabulary', 'width', 'layers', 'heads', 'hidden', 'context', 'patch'] as const;

function parseShape(text: string | undefined): PolicyShape {
  let shape: Record<string, unknown> = {};
  try {
    shape = JSON.parse(text ?? '') as Record<string, unknown>;
  } catch {
    throw new PolicyFileError('policy file: the header names no shape; expected a file written by TAPO Notebook');
  }
  for (const field of SHAPE_FIELDS)
    if (!Number.isInteger(shape[field]) || (shape[field] as number) < 1)
      throw new PolicyFileError(`policy file: shape.${field} should be a whole number ≥ 1, got ${String(shape[field])}`);
  return shape as unknown as PolicyShape;
}
