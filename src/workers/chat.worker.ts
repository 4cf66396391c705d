// The chat worker: lets another's model play, away from the page.
import { expose } from 'comlink';
import { createChatApi } from './chatApi.ts';
import { fetchBenchmark } from './fetchBenchmark.ts';
import './trustedTypes.ts';

expose(createChatApi(fetchBenchmark));
