// The tools and the reward of a run: from flags into its configuration, and from there opened.
import { parseToolConfig, type ToolConfig, writtenToolConfig } from '../src/env/live/index.ts';
import type { Benchmark } from '../src/env/types.ts';
import { ownCodesOf, type TrainConfig, trainConfig, transportsOf } from '../src/train/config.ts';
import { type OwnCodeFlags, readOwnCodes } from './ownCodeFlags.ts';
import { type CommandTools, openCommandTools, type ToolFlags } from './toolFlags.ts';
import { UserError } from './userError.ts';

/** The configuration with what the flags give in its place: transports, tools from files, a reward from a file. */
export async function withToolFlags(config: TrainConfig, flags: ToolFlags & OwnCodeFlags): Promise<TrainConfig> {
  const [before, own] = [ownCodesOf(config), await readOwnCodes(flags)];
  const transports = flags.tool?.map(writtenToolConfig) ?? transportsOf(config.tools);
  return trainConfig({
    ...config,
    reward: own.reward ?? config.reward,
    tools: [...transports, ...(own.tools.length > 0 ? own.tools : before.tools)],
  });
}

/** As openCommandTools, with what the configuration says. */
export function openRunTools(benchmark: Benchmark, config: TrainConfig, flags: ToolFlags): Promise<CommandTools> {
  const tool = transportsOf(config.tools).map(parsedTool);
  return openCommandTools(benchmark, { ...flags, tool }, { seed: config.seed, codes: ownCodesOf(config) });
}

function parsedTool(text: string): ToolConfig {
  try {
    return parseToolConfig(text);
  } catch (error) {
    throw new UserError(`tools: ${(error as Error).message}`);
  }
}
