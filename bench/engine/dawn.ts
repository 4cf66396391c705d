// WebGPU in Node, by Dawn: what a page finds in `navigator.gpu`.
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { create, globals } from 'webgpu';
import { findChromium } from '../../scripts/browser.ts';

/** Dawn lives as long as this does. */
let gpu: GPU | null = null;

/** Defines WebGPU's classes and `navigator.gpu`. Whether there is an adapter. */
export async function startDawn(): Promise<boolean> {
  Object.assign(globalThis, globals);
  gpu ??= create([]);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'Node' }, configurable: true });
  return (await gpu.requestAdapter()) !== null;
}

/** Environment in which Dawn finds the software adapter of the installed Chromium; null if that brings none. */
export function softwareAdapter(): Readonly<Record<string, string>> | null {
  const program = findChromium();
  const folders = program ? [path.dirname(realpathSync(program)), '/usr/lib/chromium', '/opt/google/chrome'] : [];
  const folder = folders.find((each) => existsSync(path.join(each, 'vk_swiftshader_icd.json')));
  return folder ? { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: path.join(folder, 'vk_swiftshader_icd.json') } : null;
}
