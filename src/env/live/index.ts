// Live tools: the list that others may use. The transports behind it are reached by configuration alone.
export { type Cassette, CassetteError, CassetteMismatch, recordCassette, replayCassette } from './cassette.ts';
export { type ChatGroupOptions, type ChatGroups, type ChatPlan, chatTask, playChatGroups, TURN_LIMIT, whyDropped, writeChatRollouts } from './chatGroups.ts';
export { type ChatCheck, checkChat } from './checkChat.ts';
export { type CheckToolOptions, checkTool, type ToolCheck } from './checkTool.ts';
export { createKeyring, type Keyring, keyVariable } from './keyring.ts';
export { createLiveClient, type LiveClient, type LiveClientOptions } from './liveClient.ts';
export { LiveError, type LiveFault } from './liveError.ts';
export { type OpenedTools, type OpenToolsOptions, openTools } from './openTools.ts';
export { proxied } from './proxied.ts';
export { tellFaults } from './tellFaults.ts';
export { checkToolConfig, parseToolConfig, type ToolConfig, ToolConfigError, writtenToolConfig } from './toolConfig.ts';
