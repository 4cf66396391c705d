// The policies that can be played: the base policy, and any that were loaded from a safetensors file.
import { createPolicy } from '../../policy/createPolicy.ts';
import { PolicyFileError, readPolicy } from '../../policy/safetensors.ts';
import type { Policy, PolicyShape, PolicyState } from '../../policy/types.ts';
import { type Codec, PATCH_LENGTH } from '../codec.ts';
import { BASE } from './play.ts';

/** What the page is told of a policy. */
export interface ShelfEntry {
  readonly name: string;
  /** What its file says of it: update, algorithm, credit rule. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Shelf {
  entries(): readonly ShelfEntry[];
  /** Throws RangeError if there is none of that name. */
  get(name: string): Policy;
  /** Adds a policy; one of the same name makes way. Throws PolicyFileError for a file that is no policy of this world. */
  load(bytes: Uint8Array, name: string): ShelfEntry;
  dispose(): void;
}

export function createShelf(base: PolicyState, codec: Codec): Shelf {
  const policies = new Map<string, { readonly policy: Policy; readonly entry: ShelfEntry }>();
  const put = (name: string, { shape, parameters }: PolicyState, metadata: ShelfEntry['metadata']): ShelfEntry => {
    const policy = createPolicy(shape, { unwritable: codec.unwritable });
    policy.load({ shape, parameters });
    policies.get(name)?.policy.dispose();
    const entry = { name, metadata };
    policies.set(name, { policy, entry });
    return entry;
  };
  put(BASE, base, {});
  return {
    entries: () => Array.from(policies.values(), ({ entry }) => entry),
    get(name) {
      const known = policies.get(name);
      if (!known) throw new RangeError(`policies: expected one of ${[...policies.keys()].join(', ')}, got “${name}”; load it first`);
      return known.policy;
    },
    load(bytes, name) {
      if (name.trim() === '' || name === BASE) throw new RangeError(`policies: expected a name other than “${BASE}”, got “${name}”`);
      const { metadata, ...state } = readPolicy(bytes);
      checkShape(state.shape, codec);
      return put(name, state, metadata);
    },
    dispose() {
      for (const { policy } of policies.values()) policy.dispose();
      policies.clear();
    },
  };
}

/** Throws PolicyFileError for a policy that cannot read or write this world's texts and pictures. */
function checkShape({ vocabulary, patch, width, heads }: PolicyShape, codec: Codec): void {
  if (vocabulary !== codec.vocabularySize)
    throw new PolicyFileError(
      `policy file: it knows ${vocabulary} words, this world has ${codec.vocabularySize}; expected a policy that was trained on this benchmark`,
    );
  if (patch !== PATCH_LENGTH) throw new PolicyFileError(`policy file: its image patches have ${patch} numbers, expected ${PATCH_LENGTH}`);
  if (width % heads !== 0) throw new PolicyFileError(`policy file: its width ${width} cannot be shared among ${heads} heads`);
}
