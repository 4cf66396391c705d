import { expect, it } from 'vitest';
import { creditGroups, type Rollout } from '../src/tapo/index.ts';
import { auditSummary } from './auditSummary.ts';

const rollout = (group: string, id: number, correct: boolean, ...queries: readonly string[]): Rollout => ({
  group,
  rollout: `${group}/${id}`,
  reward: correct ? 1 : 0,
  correct,
  steps: queries.map((query) => ({ tokens: 3, tool: { name: query === '' ? 'look' : 'search', kind: query === '' ? 'image' : 'text', arguments: { query } } })),
});

it('auditSummary(groups) is a table by threshold and by tool, with what the shares are of', () => {
  // Failing calls: "a b" (1), look (1), "a c d" (token F1 0.4) and "a c b" (0.8); group h failed as a whole.
  const rollouts = [
    rollout('g', 0, true, 'a b', ''),
    rollout('g', 1, false, 'a b', ''),
    rollout('g', 2, false, 'a c d'),
    rollout('g', 3, false, 'a c b'),
    rollout('h', 0, false, 'a b'),
    rollout('h', 1, false),
  ];
  expect(auditSummary(creditGroups(rollouts, { epsilon: 0 })).split('\n')).toEqual([
    '6 rollouts in 2 groups, 7 steps, 2 clusters of successful calls',
    '',
    'Misassignment: what failing rollouts are punished for although a successful one did it too, by similarity threshold τ',
    '  τ                   0.5      0.6      0.7      0.8      0.9      1.0       of',
    '  actions          75.0 %   75.0 %   75.0 %   75.0 %   50.0 %   50.0 %        4',
    '    search         66.7 %   66.7 %   66.7 %   66.7 %   33.3 %   33.3 %        3',
    '    look          100.0 %  100.0 %  100.0 %  100.0 %  100.0 %  100.0 %        1',
    '  trajectories     66.7 %   66.7 %   66.7 %   66.7 %   33.3 %   33.3 %        3',
    '',
    'The same over every incorrect rollout, also of groups that all failed',
    '  τ                   0.5      0.6      0.7      0.8      0.9      1.0       of',
    '  actions          60.0 %   60.0 %   60.0 %   60.0 %   40.0 %   40.0 %        5',
    '    search         50.0 %   50.0 %   50.0 %   50.0 %   25.0 %   25.0 %        4',
    '    look          100.0 %  100.0 %  100.0 %  100.0 %  100.0 %  100.0 %        1',
    '  trajectories     40.0 %   40.0 %   40.0 %   40.0 %   20.0 %   20.0 %        5',
    '',
    'Steps by what happened to their advantage',
    '  transferred                3',
    '  success                    2',
    '  below-theta                1',
    '  neutral                    1',
    '',
    expect.stringMatching(/^Transferred: mean shift \+0\.\d{4} over 3 steps\.$/),
    '',
  ]);
});
