// CPython, compiled to wasm (Pyodide), for code that nobody vouches for: allowed names only, a fresh namespace a call, seeded chance, no clock,
// no network, a hard limit of memory. It blocks while it runs, so it belongs into a worker that can be ended.
import type { loadPyodide as LoadPyodide, PyodideAPI } from 'pyodide';
import type { Variables } from '../variables.ts';
import type { PythonOutcome } from './python.ts';

export interface InterpreterOptions {
  /** Pyodide’s own way in, from wherever its module was loaded. */
  readonly loadPyodide: typeof LoadPyodide;
  /** Address of the folder with Pyodide's files, ending in a slash. */
  readonly folder: string;
  /** Bytes of the interpreter's whole memory; it starts with 30 MiB. Default 128 MiB. */
  readonly memory?: number;
}

export interface Interpreter {
  run(code: string, variables: Variables): Exclude<PythonOutcome, { kind: 'time limit' }>;
}

const DEFAULT_MEMORY = 128 * 2 ** 20;

export async function startInterpreter({ loadPyodide, folder, memory = DEFAULT_MEMORY }: InterpreterOptions): Promise<Interpreter> {
  const pyodide = await loadPyodide({
    jsglobals: {}, // nothing of the host is in reach, even for code that got past the list of names
    env: { PYTHONHASHSEED: '0' },
    indexURL: folder,
  });
  limitMemory(pyodide, memory);
  pyodide.runPython(PROGRAM);
  const call = pyodide.globals.get('call') as (code: string, variables: string) => string;
  return { run: (code, variables) => JSON.parse(call(code, JSON.stringify(variables))) };
}

/** Emscripten takes a memory that will not grow for one that is full, which Python reports as a MemoryError. */
function limitMemory(pyodide: PyodideAPI, bytes: number): void {
  const { memory } = (pyodide as unknown as { readonly _module: { readonly memory: WebAssembly.Memory } })._module;
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * PAGE > bytes) throw new RangeError(`python: more than ${bytes} bytes of memory`);
    return grow(pages);
  };
}

/** Bytes of a page of wasm memory. */
const PAGE = 65_536;

/**
 * What runs a program. Names that lead out of it (with a leading underscore, or to frames) are refused before a line is run; of a module
 * it gets what the module lists as public, without what would draw from the host's own chance. What it prints beyond a thousand
 * characters is cut.
 */
const PROGRAM = `
import ast, builtins, contextlib, functools, io, json, math, random, statistics, types

NAMES = """abs all any bool dict divmod enumerate filter float int isinstance iter len list map max min next pow print range repr reversed
round set sorted str sum tuple zip ArithmeticError Exception IndexError KeyError TypeError ValueError ZeroDivisionError""".split()
UNFIT = {"seed", "Random", "SystemRandom", "setstate", "kde_random"}
REFUSED = ("_", "ag_", "co_", "cr_", "f_", "gi_", "tb_", "format")

def public(module):
    names = getattr(module, "__all__", None) or [name for name in dir(module) if not name.startswith("_")]
    return types.SimpleNamespace(**{name: getattr(module, name) for name in names if name not in UNFIT})

MODULES = {module.__name__: public(module) for module in (math, random, statistics)}

def load(name, *rest):
    if name not in MODULES:
        raise ImportError(f"no module named {name!r}")
    return MODULES[name]

SAFE = {name: getattr(builtins, name) for name in NAMES} | {"__import__": load}

def refuse(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            continue
        for _, value in ast.iter_fields(node):
            for name in value if isinstance(value, list) else (value,):
                if isinstance(name, str) and name.startswith(REFUSED):
                    raise NameError(f"name {name!r} is not allowed")

@functools.lru_cache(4096)
def compiled(code):
    tree = ast.parse(code, "<code>")
    refuse(tree)
    return compile(tree, "<code>", "exec")

def call(code, variables):
    random.seed(0)
    out = io.StringIO()
    try:
        scope = {"__builtins__": dict(SAFE), **json.loads(variables)}
        with contextlib.redirect_stdout(out):
            exec(compiled(code), scope)
        return json.dumps({"kind": "printed", "text": out.getvalue()[:1000].strip()})
    except MemoryError:
        return json.dumps({"kind": "memory limit"})
    except BaseException as error:
        return json.dumps({"kind": "exception", "message": f"{type(error).__name__}: {error}"[:200]})
`;
