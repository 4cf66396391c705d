import { describe, expect, it } from 'vitest';
import { initialParameters, parameterCount, parameterTable } from './parameters.ts';
import { PolicyFileError, readPolicy, writePolicy } from './safetensors.ts';
import type { PolicyShape, PolicyState } from './types.ts';

const shape: PolicyShape = { vocabulary: 11, width: 6, layers: 1, heads: 2, hidden: 7, context: 8, patch: 3 };
const parameters = initialParameters(shape, 3);
const state: PolicyState = { shape, parameters, optimizer: { step: 5, first: parameters.map((x) => x / 2), second: parameters.map((x) => x * x) } };

describe('writePolicy and readPolicy', () => {
  it('keep every number, the optimizer and the metadata', () => {
    expect(readPolicy(writePolicy(state, { update: '12' }))).toEqual({
      ...state,
      metadata: expect.objectContaining({ update: '12', format: 'tapo-policy-1' }),
    });
    const bare = readPolicy(writePolicy({ shape, parameters }));
    expect(bare.optimizer).toBeUndefined();
    expect(bare.parameters).toEqual(parameters);
  });
  it('write what the format says: header length, JSON, tensors by name with shapes and offsets', () => {
    const bytes = writePolicy({ shape, parameters });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
      string,
      { dtype: string; shape: number[]; data_offsets: number[] }
    >;
    expect(header.embedding).toEqual({ dtype: 'F32', shape: [11, 6], data_offsets: [0, 264] });
    expect(Object.keys(header).length).toBe(parameterTable(shape).length + 1);
    expect(bytes.length).toBe(8 + length + 4 * parameterCount(shape));
  });
  it('reads from a view that does not begin at 0', () => {
    const bytes = writePolicy(state);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readPolicy(shifted.subarray(3)).parameters).toEqual(parameters);
  });
  const bytes = writePolicy(state);
  const changed = (change: (header: Record<string, never>) => unknown): Uint8Array => {
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const json = new TextEncoder().encode(JSON.stringify(change(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))))));
    const out = new Uint8Array(8 + json.length + bytes.length - 8 - length);
    new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
    out.set(json, 8);
    out.set(bytes.subarray(8 + length), 8 + json.length);
    return out;
  };
  it.each([
    ['nothing', new Uint8Array(0), /expected a safetensors file, got 0 bytes/],
    ['text', new TextEncoder().encode('hello world, this is no policy'), /the header should take \d+ bytes, but the file has only 30/],
    ['a file cut off', bytes.subarray(0, bytes.length - 4), /should end at byte \d+ of the data, but there are only \d+; the file is cut off/],
    ['no JSON', Uint8Array.from([4, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]), /expected a JSON header/],
    ['a file without a shape', changed(({ __metadata__, ...rest }) => rest), /the header names no shape/],
    ['a wrong shape', changed((h) => ({ ...h, __metadata__: { shape: '{"vocabulary":0}' } })), /shape.vocabulary should be a whole number ≥ 1, got 0/],
    ['a missing tensor', changed(({ position, ...rest }) => rest), /no tensor "position"/],
    ['another type', changed((h) => ({ ...h, gain: { dtype: 'F16', shape: [6], data_offsets: [0, 12] } })), /"gain" should be F32 \[6\], got F16 \[6\]/],
    ['NaN', writePolicy({ shape, parameters: parameters.map((x, i) => (i === 9 ? Number.NaN : x)) }), /number 9 of the parameters is NaN/],
  ])('refuses %s and says why', (_, file, message) => {
    expect(() => readPolicy(file)).toThrow(PolicyFileError);
    expect(() => readPolicy(file)).toThrow(message);
  });
});
