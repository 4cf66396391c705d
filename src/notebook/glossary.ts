// The terms of the field, each in a sentence or two. Text cells mark them, the glossary lists them.

export interface Term {
  readonly term: string;
  /** Other forms under which a text may have it. */
  readonly forms: readonly string[];
  readonly meaning: string;
}

const term = (name: string, meaning: string, ...forms: string[]): Term => ({ term: name, forms, meaning });

/** In the order of the alphabet. */
export const GLOSSARY: readonly Term[] = [
  term(
    'advantage',
    'How much better a rollout fared than the others of its prompt, A: its reward less the group’s mean, over the group’s standard deviation. Positive: its tokens become likelier.',
    'advantages',
  ),
  term('clamp', 'A failing rollout never gets a positive signal: the corrected advantage is cut off at 0.'),
  term('cluster', 'Successful calls of one tool that are alike in their parameters, taken as one action.', 'clusters'),
  term('credit assignment', 'Deciding which steps of a rollout deserve praise or blame for how it ended.'),
  term('credit transfer', 'TAPO’s correction: a failing rollout’s tool call gets back part of its penalty where successful rollouts made the same call.'),
  term('entropy', 'How undecided the policy is about its next token, in nats: 0 when it is sure.'),
  term('group', 'All rollouts of one prompt in one update. Advantages compare them with each other.', 'groups'),
  term('GRPO', 'Group Relative Policy Optimization: rewards become advantages within a group, and a clipped ratio keeps steps small. No value network.'),
  term('GSPO', 'Group Sequence Policy Optimization: like GRPO, with one ratio for the whole sequence instead of one a token.'),
  term('SAPO', 'Soft Adaptive Policy Optimization: a smooth gate takes the place of the hard clip.'),
  term('DAPO', 'Decoupled clip and dynamic sampling: a wider upper clip, a mean over all tokens, and prompts whose rollouts all fare alike are drawn again.'),
  term('intersection over union', 'How alike two boxes are: the area they share over the area that they cover together. 1: the same box, 0: apart.', 'IoU'),
  term(
    'misassignment',
    'A tool call that is punished though successful rollouts made the same call. The rate is the share of such calls among all calls of failing rollouts.',
    'misassigned',
  ),
  term('penalty', 'A negative advantage: it makes the tokens of a step less likely.', 'penalties'),
  term('policy', 'The model that acts: here a transformer small enough to be trained in a page.'),
  term('prompt', 'One question about one scene. Several rollouts answer it.', 'prompts'),
  term('reward', 'What a rollout is given at its end: 1 for the right answer, 0 for any other.', 'rewards'),
  term('rollout', 'One attempt at a prompt, from the question to the answer, with every tool call between.', 'rollouts'),
  term('seed', 'The number from which all draws of a run follow. The same seed makes the same run.', 'seeds'),
  term('similarity', 'How alike two calls of one tool are, from 0 to 1: overlap of boxes for a zoom, shared words for a query.'),
  term('step', 'One turn of a rollout: a thought, then a tool call or the answer.', 'steps'),
  term('support', 'The share of a prompt’s successful rollouts that made a call of the cluster.'),
  term('TAPO', 'Tool-Aware Policy Optimization (arXiv:2606.05784): credit transfer between the rollouts of a prompt.'),
  term('tool call', 'The policy asks the world: a zoom into a picture, a search by image, a search by text.', 'tool calls'),
  term('update', 'One round of training: collect rollouts, assign credit, step the policy.', 'updates'),
  term('witness', 'The successful call that is most like a failing rollout’s call: it testifies that the call was right.', 'witnesses'),
].sort((a, b) => a.term.localeCompare(b.term));
