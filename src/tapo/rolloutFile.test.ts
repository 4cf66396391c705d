import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupRollouts } from './rollout.ts';
import { parseRollout, RolloutFileError, readRollouts, writeRollouts } from './rolloutFile.ts';

const line =
  '{"group":"q","rollout":"q/0","reward":1,"correct":true,"steps":[{"tokens":3,"tool":{"name":"t","kind":"text","arguments":{"query":"a"}}},{"tokens":1}]}';

describe('readRollouts(text)', () => {
  it('reads lines, blank ones and a byte-order mark aside, and keeps unknown fields', () => {
    const [rollout] = readRollouts(`\uFEFF${line.replace('"group"', '"note":"kept","group"')}\r\n\n`);
    expect(rollout).toMatchObject({ group: 'q', rollout: 'q/0', note: 'kept' });
    expect(readRollouts('')).toEqual([]);
  });
  it('writes what it reads', () => {
    const rollouts = readRollouts(line);
    expect(readRollouts(writeRollouts(rollouts))).toEqual(rollouts);
  });
  it.each([
    ['no json', /^line 2: expected one JSON object, got text that is no JSON/],
    ['[1]', /line 2: expected a JSON object, got \[1\]/],
    ['{"group":1}', /line 2: "group" must be a string, got 1/],
    [line.replace('"reward":1', '"reward":"1"').replace('q/0', 'q/1'), /line 2: "reward" must be a finite number, got "1"/],
    [line.replace('"correct":true', '"correct":1').replace('q/0', 'q/1'), /line 2: "correct" must be true, false or absent, got 1/],
    [line.replace('"tokens":3', '"tokens":-1').replace('q/0', 'q/1'), /line 2: steps\[0\]\.tokens must be a whole number ≥ 0, got -1/],
    [
      line.replace('"kind":"text"', '"kind":"voice"').replace('q/0', 'q/1'),
      /line 2: steps\[0\]\.tool\.kind must be one of region, image, text, other, got "voice"/,
    ],
    [
      line.replace('"tokens":1', '"tokens":2,"logProbs":[0]').replace('q/0', 'q/1'),
      /line 2: steps\[1\]\.logProbs must be a list of 2 numbers, one a token, got 1 entries/,
    ],
    [line, /line 2: rollout "q\/0" of group "q" is already on line 1/],
  ])('names the line and the fault of %s', (bad, message) => {
    expect(() => readRollouts(`${line}\n${bad}\n`)).toThrow(message);
  });
  it('throws nothing but RolloutFileError, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          readRollouts(text);
        } catch (error) {
          expect(error).toBeInstanceOf(RolloutFileError);
        }
      }),
      { numRuns: 500 },
    );
  });
  it('takes a missing "arguments" as none, null "tool" as no call, and a number as the name of an image', () => {
    const parsed = parseRollout(
      '{"group":"g","rollout":"0","reward":0,"steps":[{"tokens":1,"tool":{"name":"z","kind":"image","region":{"image":3,"bbox":[0,0,1,1]}}},{"tokens":1,"tool":null}]}',
    );
    expect(parsed.steps[0]?.tool).toEqual({ name: 'z', kind: 'image', arguments: {}, region: { image: '3', bbox: [0, 0, 1, 1] } });
    expect(parsed.steps[1]).toEqual({ tokens: 1 });
  });
});

describe('groupRollouts(rollouts)', () => {
  it('keeps the order of first lines and of rollouts, also interleaved', () => {
    const of = (group: string, rollout: string) => ({ group, rollout });
    expect(groupRollouts([of('b', '0'), of('a', '0'), of('b', '1')])).toEqual([[of('b', '0'), of('b', '1')], [of('a', '0')]]);
  });
});
