#!/usr/bin/env node
// The command `tapo`: runs the TypeScript of main.ts as it stands, without a build.
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
