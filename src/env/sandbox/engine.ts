// A JavaScript engine (QuickJS, compiled to wasm) for code that nobody vouches for: no authority but the functions it is given, a memory and a
// stack limit, a deadline a call, and only text in and out. Knows nothing of cells.
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSContext, type QuickJSHandle, Scope } from 'quickjs-emscripten-core';

export interface EngineLimits {
  /** Bytes of the engine's whole memory, 16 MB at least. Default 32 MB. */
  readonly memory?: number;
  /** Bytes of stack. Default 128 kB, some 700 calls: with 256 kB a worker's own stack ran out first in Chromium, which breaks the engine. */
  readonly stack?: number;
}

/** Functions of the host that the program may call: text in, text out. They must not throw. */
export type HostFunctions = Readonly<Record<string, (text: string) => string>>;

/** Code that a call hands over as its first argument: it is evaluated in the engine first, as a strict script. */
export interface EngineCode {
  readonly source: string;
  /** What the code is called in stacks. */
  readonly name: string;
}

/** Why a call did not come back. Stacks name lines as "at f (name:line:column)". */
export type EngineStop =
  | { readonly kind: 'deadline'; readonly stack: string }
  | { readonly kind: 'memory' }
  | { readonly kind: 'thrown'; readonly name: string; readonly message: string; readonly stack: string };

/** What a call came to. spent: work of promises is left that would go on in the next call; the engine must be thrown away. */
export type EngineAnswer = { readonly kind: 'ok'; readonly text: string } | (EngineStop & { readonly spent: boolean });

export interface Engine {
  /**
   * Calls a method of the program with a text, after the code if there is any, and runs what it left to be done by promises. `deadline` in
   * milliseconds. Throws EngineBroken when the engine cannot go on; it must then be thrown away.
   */
  call(method: string, text: string, deadline: number, code?: EngineCode): EngineAnswer;
}

/** The engine itself failed, as on nesting deeper than its own stack: its memory can no longer be trusted. */
export class EngineBroken extends Error {
  override readonly name = 'EngineBroken';
}

/** Bytes of a page of wasm memory, and pages that the binary asks for at the start. */
const PAGE = 65_536;
const LEAST_PAGES = 256;

/** Characters of a host's answer that give a call a millisecond more, for reading them; all answers together at most double its time. */
const READ_IN_MS = 2000;

/** Promise jobs between two looks at the clock. */
const JOBS_AT_ONCE = 64;

/**
 * Starts an engine with a program: the text of an expression whose value is a function, which gets the host's functions and gives an object of
 * methods (text → text). `wasm` is the address of the binary; Node finds its own.
 */
export async function startEngine(program: string, host: HostFunctions, limits: EngineLimits = {}, wasm?: string): Promise<Engine> {
  // QuickJS's own limit does not count what lies in an allocation (on wasm it cannot ask for its size); the wasm memory's maximum is hard
  const wasmMemory = new WebAssembly.Memory({ initial: LEAST_PAGES, maximum: Math.max(LEAST_PAGES, (limits.memory ?? 32 * 2 ** 20) / PAGE) });
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory, ...(wasm === undefined ? {} : { wasmLocation: wasm }) }));
  const runtime = quickjs.newRuntime({ maxStackSizeBytes: limits.stack ?? 128 * 1024 });
  const context = runtime.newContext();
  let end = Number.POSITIVE_INFINITY;
  let latest = Number.POSITIVE_INFINITY;
  let late = false;
  runtime.setInterruptHandler(() => {
    late ||= performance.now() > end;
    return late;
  });

  const tryRoom = context.unwrapResult(context.evalCode('(bytes) => new Uint8Array(bytes).length', 'room', { strict: true }));
  /** Whether a text fits into what memory is left: the library that copies it in would not notice. */
  const fits = (text: string): boolean => {
    if (text.length < 256) return true;
    const size = context.newNumber(4 * text.length); // up to 3 bytes a character on the way in, 2 at the end
    const result = context.callFunction(tryRoom, context.undefined, size);
    size.dispose();
    result.dispose();
    return !result.error;
  };
  const runJobs = (): EngineStop | null => {
    while (runtime.hasPendingJob()) {
      const result = runtime.executePendingJobs(JOBS_AT_ONCE);
      if (result.error) return stopOf(context, result.error, late);
      result.dispose();
      if (performance.now() > end) return { kind: 'deadline', stack: '' };
    }
    return null;
  };
  const call = (method: string, text: string, code?: EngineCode): string | EngineStop =>
    Scope.withScope((scope) => {
      if (!fits(text) || (code && !fits(code.source))) return { kind: 'memory' };
      const given: QuickJSHandle[] = [];
      if (code) {
        const evaluated = context.evalCode(code.source, code.name, { strict: true });
        if (evaluated.error) return stopOf(context, evaluated.error, late);
        given.push(scope.manage(evaluated.value));
      }
      given.push(scope.manage(context.newString(text)));
      const result = context.callMethod(methods, method, given);
      if (result.error) return stopOf(context, result.error, late);
      const value = scope.manage(result.value);
      return runJobs() ?? (context.typeof(value) === 'string' ? context.getString(value) : '');
    });

  const functions = context.newObject();
  for (const [name, work] of Object.entries(host)) {
    const answer = (text: QuickJSHandle): QuickJSHandle => {
      const given = work(context.getString(text));
      end = Math.min(latest, end + given.length / READ_IN_MS);
      if (!fits(given)) throw new Error('out of memory');
      return context.newString(given);
    };
    context.newFunction(name, answer).consume((handle) => context.setProp(functions, name, handle));
  }
  const methods = context.unwrapResult(
    context.unwrapResult(context.evalCode(program, 'program')).consume((start) => context.callFunction(start, context.undefined, functions)),
  );
  functions.dispose();

  return {
    call(method, text, deadline, code) {
      end = performance.now() + deadline;
      latest = end + deadline;
      late = false;
      try {
        const came = call(method, text, code);
        return typeof came === 'string' ? { kind: 'ok', text: came } : { ...came, spent: runtime.hasPendingJob() };
      } catch (error) {
        throw new EngineBroken(`the engine broke: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        end = Number.POSITIVE_INFINITY;
      }
    },
  };
}

/** What was thrown through all of the program's own handlers: an interruption, lack of memory, or code that cannot be read. */
function stopOf(context: QuickJSContext, error: QuickJSHandle, late: boolean): EngineStop {
  if (context.sameValue(error, context.null)) return { kind: 'memory' }; // not even an error could be made
  const part = (name: string): string => context.getProp(error, name).consume((value) => (context.typeof(value) === 'string' ? context.getString(value) : ''));
  const [name, message, stack] = [part('name'), part('message'), part('stack')];
  error.dispose();
  if (late) return { kind: 'deadline', stack };
  return message === 'out of memory' ? { kind: 'memory' } : { kind: 'thrown', name, message, stack };
}
